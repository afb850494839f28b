using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Receivables;

/// <summary>Once, after an update: gives the company's days to what was issued before invoices kept them.</summary>
public sealed class DateInvoices(IDbContextFactory<RevOpsDb> databases, CompanyProfile company) : IOutboxJob
{
    private const int AtOnce = 200;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        while (await SomeAsync(owner, cancel))
        {
            // The next ones.
        }

        return OutboxResult.Done;
    }

    private async Task<bool> SomeAsync(CompanyVersion owner, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var invoices = await db.Set<Invoice>().Where(invoice => invoice.IssuedAt != null && invoice.IssuedOn == null).OrderBy(invoice => invoice.Id).Take(AtOnce).ToListAsync(cancel);
        var ids = invoices.ConvertAll(invoice => invoice.Id);
        var paid = await db.Set<Payment>().Where(payment => ids.Contains(payment.InvoiceId)).Select(payment => new { payment.InvoiceId, At = payment.OccurredAt }).ToListAsync(cancel);
        var credited = await db.Set<CreditNote>().Where(note => ids.Contains(note.InvoiceId) && note.IssuedAt != null).Select(note => new { note.InvoiceId, At = note.IssuedAt!.Value }).ToListAsync(cancel);
        var moves = paid.Concat(credited).ToLookup(move => move.InvoiceId, move => move.At);
        foreach (var invoice in invoices)
        {
            invoice.IssuedOn = owner.DayOf(invoice.IssuedAt!.Value);
            foreach (var at in moves[invoice.Id].Append(invoice.IssuedAt.Value))
                invoice.Moved(owner.DayOf(at));
        }

        await db.SaveChangesAsync(cancel);
        return invoices.Count > 0;
    }
}
