using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>Deposits that were asked for before a deal is invoiced: the invoice deducts what was issued, net of what was credited.</summary>
internal static class Deposits
{
    /// <summary>What an invoice deducts, and whether a deposit of the same deal is still on its way.</summary>
    public static async Task<(IReadOnlyList<BookingLine> Lines, bool Pending)> OfAsync(RevOpsDb db, Invoice invoice, IReadOnlyList<BilledBooking> bookings, bool taxInclusive, CancellationToken cancel)
    {
        if (bookings.Count == 0 || invoice.Origin == InvoiceOrigin.Deposit)
            return ([], false);
        var names = bookings.SelectMany(sale => new[] { sale.Booking.BookingId, sale.Booking.DealId }).OfType<string>().ToList();
        var deposits = await db.Set<Invoice>().AsNoTracking().Where(deposit => deposit.Origin == InvoiceOrigin.Deposit && deposit.DepositFor != null && names.Contains(deposit.DepositFor)
            && deposit.Mode == invoice.Mode && deposit.Currency == invoice.Currency && deposit.Status != InvoiceStatus.Rejected && deposit.Status != InvoiceStatus.Cancelled && deposit.Status != InvoiceStatus.Void)
            .OrderBy(deposit => deposit.OccurredAt).ToListAsync(cancel);
        var lines = new List<BookingLine>();
        foreach (var deposit in deposits.Where(deposit => deposit.IsIssued))
            lines.AddRange(await DeductAsync(db, deposit, taxInclusive, cancel));
        return (lines, deposits.Any(deposit => !deposit.IsIssued));
    }

    /// <summary>Why no invoice would ever deduct a deposit as it is asked for. A deal that has not come yet may still come.</summary>
    public static async Task<IReadOnlyList<EditFault>> FaultsAsync(RevOpsDb db, string name, Guid? customerId, string currency, CancellationToken cancel)
    {
        var deal = await (from booking in db.Set<Booking>()
                          join invoice in db.Set<Invoice>() on booking.InvoiceId equals invoice.Id
                          where booking.BookingId == name || booking.DealId == name
                          select new { booking.CustomerId, booking.Currency, invoice }).AsNoTracking().FirstOrDefaultAsync(cancel);
        var faults = new List<EditFault>();
        if (deal is null)
            return faults;
        if (deal.invoice.IsIssued || deal.invoice.Status == InvoiceStatus.Approved)
            faults.Add(new("depositFor", "deal.issued"));
        if (customerId is { } customer && deal.CustomerId != customer)
            faults.Add(new("customer", "customer.deal"));
        if (deal.Currency != currency)
            faults.Add(new("currency", "currency.deal"));
        return faults;
    }

    /// <summary>Has the deal's draft made anew when something becomes of a deposit of it: it comes, is issued, credited or refused. The caller saves.</summary>
    /// <param name="db">Holds the drafts.</param>
    /// <param name="deposit">Of any other invoice nothing follows.</param>
    /// <param name="now">On the business clock.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task RedraftDealAsync(RevOpsDb db, Invoice deposit, DateTimeOffset now, CancellationToken cancel)
    {
        if (deposit is not { Origin: InvoiceOrigin.Deposit, DepositFor: { } name })
            return;
        var drafts = db.Set<Booking>().Where(row => (row.BookingId == name || row.DealId == name) && row.InvoiceId != null).Select(row => row.InvoiceId!.Value);
        foreach (var waiting in await db.Set<Invoice>().Where(row => drafts.Contains(row.Id)).Where(Invoice.MayBeRedrafted).ToListAsync(cancel))
            DraftInvoice.Again(db, waiting, now);
    }

    /// <summary>One line per VAT rate.</summary>
    private static async Task<IEnumerable<BookingLine>> DeductAsync(RevOpsDb db, Invoice deposit, bool taxInclusive, CancellationToken cancel)
    {
        var asked = await db.Set<InvoiceLine>().Where(line => line.InvoiceId == deposit.Id && line.DraftVersion == deposit.DraftVersion)
            .Select(line => new { line.RateBasisPoints, line.NetMinor, line.TaxMinor }).ToListAsync(cancel);
        var credited = await (from note in db.Set<CreditNote>()
                              join line in db.Set<CreditNoteLine>() on note.Id equals line.CreditNoteId
                              where note.InvoiceId == deposit.Id && (note.Status == CreditNoteStatus.Issued || note.Status == CreditNoteStatus.Approved)
                              select new { line.RateBasisPoints, NetMinor = -line.NetMinor, TaxMinor = -line.TaxMinor }).ToListAsync(cancel);
        return from line in asked.Concat(credited)
               group line by line.RateBasisPoints into rate
               let minor = rate.Sum(line => line.NetMinor + (taxInclusive ? line.TaxMinor : 0))
               where minor > 0
               select new BookingLine
               {
                   Key = $"deposit:{deposit.Number}:{rate.Key}",
                   Description = $"Acompte déjà facturé, facture {deposit.Number}",
                   Quantity = 1,
                   UnitAmount = -new Money(minor, deposit.Currency).Amount,
                   TaxRateBasisPoints = rate.Key,
               };
    }
}
