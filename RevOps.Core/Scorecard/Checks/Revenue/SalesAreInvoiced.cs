using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>A sale is invoiced within 30 days. One that is younger and not invoiced yet is not judged yet.</summary>
public sealed class SalesAreInvoiced : ShareCheck
{
    private const int Days = 30;
    private const long Seconds = Days * 86_400L;

    public override string Id => "R06";

    protected override Bar Bar => new(0.8, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, old) = (scope.Ago(90), scope.Ago(Days));
        return from booking in scope.Db.Set<Booking>()
               where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
               join found in scope.Db.Set<Invoice>() on booking.InvoiceId equals found.Id into invoices
               from invoice in invoices.DefaultIfEmpty()
               where booking.OccurredAt < old || invoice.IssuedAt != null
               select new EvidenceRow { Kind = EvidenceKind.Booking, Id = booking.Id, At = booking.OccurredAt, Holds = invoice.IssuedAt != null && Instants.SecondsBetween(booking.OccurredAt, invoice.IssuedAt!.Value) <= Seconds, Label = booking.Reference };
    }
}
