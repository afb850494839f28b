using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A won sale of the last 30 days went back to an ad platform with its amount and currency, as booked or as paid: of all that were won, and not only of those that were told.</summary>
public sealed class SalesAreToldWithValue : ShareCheck
{
    public override string Id => "M17";

    protected override Bar Bar => new(0.6, 0.9);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        // What was won within the hour may still be on its way.
        var (since, young, db) = (scope.Ago(30), scope.Now.AddHours(-1), scope.Db);
        return from booking in db.Set<Booking>()
               where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since && booking.OccurredAt < young
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Booking,
                   Id = booking.Id,
                   At = booking.OccurredAt,
                   Holds = db.Set<Conversion>().Any(conversion => (conversion.SubjectId == booking.Id || conversion.SubjectId == booking.InvoiceId) && conversion.Mode == scope.Mode && (conversion.Stage == ConversionStage.Booked || conversion.Stage == ConversionStage.Paid)
                       && conversion.SentAt != null && conversion.Status != ConversionStatus.Rejected && conversion.ValueMinor != null && conversion.Currency != null),
                   InvoiceId = booking.InvoiceId,
                   PersonId = booking.PersonId,
                   Label = booking.Reference,
               };
    }
}
