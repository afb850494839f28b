using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>What of an invoice is one sale's: all of it, or where several were gathered its own lines, less what was credited of them.</summary>
internal sealed class SharesOfInvoices
{
    private const int AtOnce = 500;

    private readonly ILookup<Guid, Line> lines;
    private readonly IReadOnlyDictionary<Guid, long> seen;
    private readonly IReadOnlyDictionary<Guid, DateOnly> paidOn;

    private SharesOfInvoices(ILookup<Guid, Line> lines, IReadOnlyDictionary<Guid, long> seen, IReadOnlyDictionary<Guid, DateOnly> paidOn) => (this.lines, this.seen, this.paidOn) = (lines, seen, paidOn);

    /// <param name="seen">Of each invoice what was paid and seen at the bank.</param>
    public static async Task<SharesOfInvoices> LoadAsync(RevOpsDb db, IReadOnlyCollection<Invoice> invoices, IReadOnlyDictionary<Guid, long> seen, CompanyVersion owner, CancellationToken cancel)
    {
        var (found, versions) = (new List<Line>(), invoices.ToDictionary(invoice => invoice.Id, invoice => invoice.DraftVersion));
        foreach (var some in versions.Keys.Chunk(AtOnce))
        {
            var rows = await db.Set<InvoiceLine>().AsNoTracking().Where(line => some.Contains(line.InvoiceId)).Select(line => new { line.Id, line.InvoiceId, line.DraftVersion, line.BookingId, line.NetMinor, line.TaxMinor }).ToListAsync(cancel);
            var credited = (await (from line in db.Set<CreditNoteLine>()
                                   join note in db.Set<CreditNote>() on line.CreditNoteId equals note.Id
                                   where some.Contains(note.InvoiceId) && note.Status == CreditNoteStatus.Issued
                                   select new { line.InvoiceLineId, line.NetMinor, Gross = line.NetMinor + line.TaxMinor }).ToListAsync(cancel)).ToLookup(part => part.InvoiceLineId);
            found.AddRange(rows.Where(line => line.DraftVersion == versions[line.InvoiceId]).Select(line => new Line(line.InvoiceId, line.BookingId, line.NetMinor - credited[line.Id].Sum(part => part.NetMinor), line.NetMinor + line.TaxMinor - credited[line.Id].Sum(part => part.Gross))));
        }

        return new(found.ToLookup(line => line.InvoiceId), seen, await PaidOnAsync(db, [.. versions.Keys], owner, cancel));
    }

    public SoldInvoice Of(Booking booking, Invoice invoice)
    {
        var all = lines[invoice.Id].ToList();
        var isAlone = all.TrueForAll(line => line.BookingId is null || line.BookingId == booking.Id);
        var own = isAlone ? all : all.FindAll(line => line.BookingId == booking.Id);
        var (net, gross, whole) = (own.Sum(line => line.NetMinor), own.Sum(line => line.GrossMinor), invoice.GrossMinor - invoice.CreditedMinor);
        return new(booking.Id, invoice.Id, invoice.Number ?? invoice.Reference, invoice.Status.ToString().ToLowerInvariant(), invoice.IsIssued, IsElsewhere: false, net, gross,
            Share(invoice.PaidMinor), Share(Math.Min(invoice.PaidMinor, seen.GetValueOrDefault(invoice.Id))), paidOn.TryGetValue(invoice.Id, out var day) ? day : null);

        // What was paid of a gathered invoice is each sale's by what it owes.
        long Share(long minor) => isAlone || whole <= 0 ? minor : new Money(minor, invoice.Currency).Split([Math.Max(0, gross), Math.Max(0, whole - gross)])[0].Minor;
    }

    /// <summary>The day of the last money that came in for each; what was kept for a client before is none.</summary>
    public static async Task<Dictionary<Guid, DateOnly>> PaidOnAsync(RevOpsDb db, IReadOnlyCollection<Guid> invoices, CompanyVersion owner, CancellationToken cancel)
    {
        var found = new Dictionary<Guid, DateOnly>();
        foreach (var some in invoices.Chunk(AtOnce))
        {
            foreach (var paid in await db.Set<Payment>().Where(payment => some.Contains(payment.InvoiceId) && payment.Kind == PaymentKind.Payment).Select(payment => new { payment.InvoiceId, payment.OccurredAt }).ToListAsync(cancel))
                found[paid.InvoiceId] = owner.DayOf(paid.OccurredAt) is var day && found.TryGetValue(paid.InvoiceId, out var known) && known > day ? known : day;
        }

        return found;
    }

    /// <summary>Of each invoice what was credited, without tax.</summary>
    public static async Task<Dictionary<Guid, long>> CreditedAsync(RevOpsDb db, IReadOnlyCollection<Guid> invoices, CancellationToken cancel) =>
        await db.Set<CreditNote>().Where(note => invoices.Contains(note.InvoiceId) && note.Status == CreditNoteStatus.Issued).GroupBy(note => note.InvoiceId).Select(group => new { group.Key, Minor = group.Sum(note => note.NetMinor) }).ToDictionaryAsync(row => row.Key, row => row.Minor, cancel);

    /// <summary>After credit notes.</summary>
    private sealed record Line(Guid InvoiceId, Guid? BookingId, long NetMinor, long GrossMinor);
}
