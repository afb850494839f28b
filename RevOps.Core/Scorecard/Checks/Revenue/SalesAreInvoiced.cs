using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// A sale is invoiced within 30 days. One that is younger and not invoiced yet is not judged yet. The middle wait of those that were invoiced stands beside
/// the share, and is asked to be no longer than that either.
/// </summary>
public sealed class SalesAreInvoiced : ShareCheck
{
    private const int Days = 30;
    private const long Seconds = Days * 86_400L;

    public override string Id => "R06";

    protected override Bar Bar => new(0.8, 0.95);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(90);
        var waits = await (from booking in scope.Db.Set<Booking>()
                           where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
                           join invoice in scope.Db.Set<Invoice>() on booking.InvoiceId equals invoice.Id
                           where invoice.IssuedAt != null
                           select Instants.SecondsBetween(booking.OccurredAt, invoice.IssuedAt!.Value)).ToListAsync(cancel);
        var share = await ShareAsync(scope, cancel);

        // Where nothing was invoiced there is no wait, and the share says so by itself.
        return waits.Count == 0 ? [share] : [share, new("median", Measure.Hours, Percentile.Of([.. waits.Order().Select(wait => wait / 3_600d)], 0.5), waits.Count, new(2 * Days * 24, Days * 24))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, old) = (scope.Ago(90), scope.Ago(Days));
        return from booking in scope.Db.Set<Booking>()
               where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
               join found in scope.Db.Set<Invoice>() on booking.InvoiceId equals found.Id into invoices
               from invoice in invoices.DefaultIfEmpty()
               where booking.OccurredAt < old || invoice.IssuedAt != null
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Booking,
                   Id = booking.Id,
                   At = booking.OccurredAt,
                   Holds = invoice.IssuedAt != null && Instants.SecondsBetween(booking.OccurredAt, invoice.IssuedAt!.Value) <= Seconds,
                   InvoiceId = booking.InvoiceId,
                   PersonId = booking.PersonId,
                   Label = booking.Reference,
               };
    }
}
