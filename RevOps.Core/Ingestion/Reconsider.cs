using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>What follows when people are in another group than before, or allow something else: conversions that were held are looked at again, and payments are credited anew.</summary>
internal static class Reconsider
{
    public static async Task PeopleAsync(Reception reception, IReadOnlyCollection<Guid> members)
    {
        // What follows asks the database who belongs to whom.
        var db = reception.Db;
        await db.SaveChangesAsync(reception.Cancel);
        await ConversionPlan.LookAgainAsync(reception, members);
        var payments = await (from payment in db.Set<Payment>()
                              join invoice in db.Set<Invoice>() on payment.InvoiceId equals invoice.Id
                              where EF.Parameter(members).Contains(invoice.PersonId)
                              select payment.Id).ToListAsync(reception.Cancel);
        foreach (var payment in payments)
        {
            var key = $"{payment}/{reception.Event.Id}";
            if (!await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(CreditTouches) && row.Key == key, reception.Cancel))
                db.Enqueue<CreditTouches>(payment.ToString(), reception.Now, key: key);
        }

        await db.SaveChangesAsync(reception.Cancel);
    }
}
