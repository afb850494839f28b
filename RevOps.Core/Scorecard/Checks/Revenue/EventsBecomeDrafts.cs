using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>A confirmed booking of the last week became exactly one draft, however often it was sent, and nineteen of twenty within a minute.</summary>
public sealed class EventsBecomeDrafts : ShareCheck
{
    public override string Id => "R12";

    protected override Bar Bar => new(0.95, 0.99);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var seconds = await FirstDrafts.SecondsAsync(scope.Db, Sold(scope), cancel);
        seconds.Sort();
        return [await ShareAsync(scope, cancel), new("p95", Measure.Seconds, Percentile.Of(seconds, 0.95), seconds.Count, new(300, 60)), await DoublesAsync(scope, cancel)];
    }

    /// <summary>Sales that stand on two invoices at once: neither is called off, nor stands in for the other.</summary>
    private static async Task<Part> DoublesAsync(CheckScope scope, CancellationToken cancel)
    {
        var (since, db) = (scope.Ago(7), scope.Db);
        var standing = await (from line in db.Set<InvoiceLine>()
                              join invoice in db.Set<Invoice>() on new { line.InvoiceId, line.DraftVersion } equals new { InvoiceId = invoice.Id, invoice.DraftVersion }
                              where line.BookingId != null && invoice.Mode == scope.Mode && invoice.Origin == InvoiceOrigin.Sale && invoice.OccurredAt >= since
                                  && invoice.Status != InvoiceStatus.Cancelled && invoice.Status != InvoiceStatus.Rejected && invoice.Status != InvoiceStatus.Void && invoice.Status != InvoiceStatus.Credited && invoice.Status != InvoiceStatus.Shadow
                                  && !db.Set<Invoice>().Any(next => next.ReplacesId == invoice.Id)
                              select new { BookingId = line.BookingId!.Value, invoice.Id }).Distinct().ToListAsync(cancel);
        var sales = standing.GroupBy(one => one.BookingId).ToList();
        return new("doubles", Measure.Count, sales.Count(sale => sale.Count() > 1), sales.Count, new(1, 0));
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, db) = (scope.Ago(7), scope.Db);
        return from booking in db.Set<Booking>()
               where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Booking,
                   Id = booking.Id,
                   At = booking.OccurredAt,
                   Holds = booking.InvoiceId != null && db.Set<Invoice>().Any(invoice => invoice.Id == booking.InvoiceId && invoice.DraftedAt != null),
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
