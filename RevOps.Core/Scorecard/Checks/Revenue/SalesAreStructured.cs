using RevOps.Core.Bookings;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>A sale of the last 30 days names its amount, currency, client and time.</summary>
public sealed class SalesAreStructured : ShareCheck
{
    public override string Id => "R01";

    protected override Bar Bar => new(0.9, 1);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(30);
        return from booking in scope.Db.Set<Booking>()
               where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Booking,
                   Id = booking.Id,
                   At = booking.OccurredAt,
                   Holds = booking.AmountMinor > 0 && booking.Currency != "" && scope.Db.Set<Customer>().Any(customer => customer.Id == booking.CustomerId),
                   InvoiceId = booking.InvoiceId,
                   PersonId = booking.PersonId,
                   Label = booking.Reference,
               };
    }
}
