using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>What of an invoice is one sale's: all of it, or where several were gathered its own lines, less what was credited of them.</summary>
/// <param name="seen">Of each invoice what was paid and seen at the bank.</param>
internal sealed class SharesOfInvoices(RevOpsDb db, IReadOnlyDictionary<Guid, long> seen)
{
    private readonly Dictionary<Guid, List<Line>> lines = [];

    public async Task<SoldInvoice> OfAsync(Booking booking, Invoice invoice, CancellationToken cancel)
    {
        var all = await LinesAsync(invoice, cancel);
        var isAlone = all.TrueForAll(line => line.BookingId is null || line.BookingId == booking.Id);
        var own = isAlone ? all : all.FindAll(line => line.BookingId == booking.Id);
        var (net, gross) = (own.Sum(line => line.NetMinor - line.CreditedNet), own.Sum(line => line.GrossMinor - line.CreditedGross));
        var whole = invoice.GrossMinor - invoice.CreditedMinor;
        var (paid, there) = (invoice.PaidMinor, Math.Min(invoice.PaidMinor, seen.GetValueOrDefault(invoice.Id)));
        return new(booking.Id, invoice.Id, invoice.Number ?? invoice.Reference, PageWord(invoice.Status), invoice.IsIssued, IsElsewhere: false, net, gross, Share(paid), Share(there));

        // What was paid of a gathered invoice is each sale's by what it owes.
        long Share(long minor) => isAlone || whole <= 0 ? minor : new Money(minor, invoice.Currency).Split([Math.Max(0, gross), Math.Max(0, whole - gross)])[0].Minor;
    }

    /// <summary>Of each invoice what was credited, without tax.</summary>
    public static async Task<Dictionary<Guid, long>> CreditedAsync(RevOpsDb db, IReadOnlyCollection<Guid> invoices, CancellationToken cancel) =>
        await db.Set<CreditNote>().Where(note => invoices.Contains(note.InvoiceId) && note.Status == CreditNoteStatus.Issued).GroupBy(note => note.InvoiceId).Select(group => new { group.Key, Minor = group.Sum(note => note.NetMinor) }).ToDictionaryAsync(row => row.Key, row => row.Minor, cancel);

    private async Task<List<Line>> LinesAsync(Invoice invoice, CancellationToken cancel)
    {
        if (lines.TryGetValue(invoice.Id, out var known))
            return known;
        var found = await db.Set<InvoiceLine>().AsNoTracking().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).Select(line => new { line.Id, line.BookingId, line.NetMinor, line.TaxMinor }).ToListAsync(cancel);
        var credited = invoice.CreditedMinor == 0 ? [] : await (from line in db.Set<CreditNoteLine>()
                                                               join note in db.Set<CreditNote>() on line.CreditNoteId equals note.Id
                                                               where note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Issued
                                                               select new { line.InvoiceLineId, line.NetMinor, Gross = line.NetMinor + line.TaxMinor }).ToListAsync(cancel);
        return lines[invoice.Id] = [.. found.Select(line => new Line(line.BookingId, line.NetMinor, line.NetMinor + line.TaxMinor,
            credited.Where(part => part.InvoiceLineId == line.Id).Sum(part => part.NetMinor), credited.Where(part => part.InvoiceLineId == line.Id).Sum(part => part.Gross)))];
    }

    private static string PageWord(InvoiceStatus status) => status.ToString().ToLowerInvariant();

    private sealed record Line(Guid? BookingId, long NetMinor, long GrossMinor, long CreditedNet, long CreditedGross);
}
