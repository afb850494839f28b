using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>A confirmed booking of the last week became exactly one draft, and nineteen of twenty within a minute.</summary>
public sealed class EventsBecomeDrafts : ShareCheck
{
    public override string Id => "R12";

    protected override Bar Bar => new(0.95, 0.99);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var waits = await (from invoice in Sold(scope)
                           where invoice.DraftedAt != null
                           select new { invoice.RecordedAt, invoice.DraftedAt }).ToListAsync(cancel);
        var seconds = waits.ConvertAll(wait => (wait.DraftedAt!.Value - wait.RecordedAt).TotalSeconds);
        seconds.Sort();
        return [await ShareAsync(scope, cancel), new("p95", Measure.Seconds, Percentile.Of(seconds, 0.95), seconds.Count, new(300, 60))];
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
