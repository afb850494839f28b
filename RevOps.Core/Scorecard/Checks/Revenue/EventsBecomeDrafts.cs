using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>A confirmed booking of the last week became exactly one draft, however often it was sent, and nineteen of twenty within a minute.</summary>
public sealed class EventsBecomeDrafts : ShareCheck
{
    private const string Doubles = "doubles";

    public override string Id => "R12";

    protected override Bar Bar => new(0.95, 0.99);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var seconds = await FirstDrafts.SecondsAsync(scope.Db, Sold(scope), cancel);
        seconds.Sort();
        var sales = await StandingAsync(scope, cancel);
        return [await ShareAsync(scope, cancel), new("p95", Measure.Seconds, Percentile.Of(seconds, 0.95), seconds.Count, new(300, 60)), new(Doubles, Measure.Count, sales.Count(sale => sale.Count() > 1), sales.Count, new(1, 0))];
    }

    public override async Task<IReadOnlyList<EvidenceRow>> FaultsAsync(CheckScope scope, CancellationToken cancel) => [.. (await StandingAsync(scope, cancel)).Where(sale => sale.Count() > 1).SelectMany(sale => sale)];

    /// <summary>The invoices that each sale stands on: one, or of some more at once, of which none is called off, nor stands in for another.</summary>
    private static async Task<List<IGrouping<Guid?, EvidenceRow>>> StandingAsync(CheckScope scope, CancellationToken cancel)
    {
        var (since, db) = (scope.Ago(7), scope.Db);
        var standing = await (from line in db.Set<InvoiceLine>()
                              join invoice in db.Set<Invoice>() on new { line.InvoiceId, line.DraftVersion } equals new { InvoiceId = invoice.Id, invoice.DraftVersion }
                              where line.BookingId != null && invoice.Mode == scope.Mode && invoice.Origin == InvoiceOrigin.Sale && invoice.OccurredAt >= since
                                  && invoice.Status != InvoiceStatus.Cancelled && invoice.Status != InvoiceStatus.Rejected && invoice.Status != InvoiceStatus.Void && invoice.Status != InvoiceStatus.Credited && invoice.Status != InvoiceStatus.Shadow
                                  && !db.Set<Invoice>().Any(next => next.ReplacesId == invoice.Id)
                              select new { line.BookingId, invoice.Id, invoice.OccurredAt, Label = invoice.Number ?? invoice.Reference }).Distinct().ToListAsync(cancel);
        return [.. standing.Select(one => new EvidenceRow { Kind = EvidenceKind.Invoice, Id = one.Id, Part = one.BookingId, At = one.OccurredAt, Holds = false, Label = one.Label, Of = Doubles }).GroupBy(row => row.Part)];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        // What came a moment ago has its minute yet.
        var (since, minute, db) = (scope.Ago(7), scope.Now.AddMinutes(-1), scope.Db);
        return from booking in db.Set<Booking>()
               where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
                   && (booking.OccurredAt <= minute || db.Set<Invoice>().Any(invoice => invoice.Id == booking.InvoiceId && invoice.DraftedAt != null))
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Booking,
                   Id = booking.Id,
                   At = booking.OccurredAt,
                   Holds = booking.InvoiceId != null && db.Set<Invoice>().Any(invoice => invoice.Id == booking.InvoiceId && invoice.DraftedAt != null),
                   InvoiceId = booking.InvoiceId,
                   PersonId = booking.PersonId,
                   Label = booking.Reference,
               };
    }

    // What is gathered waits for its day on purpose.
    private static IQueryable<Invoice> Sold(CheckScope scope)
    {
        var since = scope.Ago(7);
        return scope.Db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.Origin == InvoiceOrigin.Sale && invoice.GatherKey == null && invoice.OccurredAt >= since);
    }
}
