using RevOps.Core.Attribution;
using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A sale of the last 30 days has its lead, dated before it: a conversation or a stage of the CRM, in an order that time allows.</summary>
public sealed class SalesHaveTheirSteps : ShareCheck
{
    public override string Id => "M06";

    protected override Bar Bar => new(0.7, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, db) = (scope.Ago(30), scope.Db);
        return from booking in db.Set<Booking>()
               join member in db.Set<Person>() on booking.PersonId equals member.Id
               where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Booking,
                   Id = booking.Id,
                   At = booking.OccurredAt,
                   Holds = db.Set<VoiceSession>().Any(session => db.Set<Person>().Any(other => other.Id == session.PersonId && other.CanonicalId == member.CanonicalId) && session.StartedAt <= booking.OccurredAt)
                       || db.Set<LeadStageRecord>().Any(stage => db.Set<Person>().Any(other => other.Id == stage.PersonId && other.CanonicalId == member.CanonicalId) && stage.OccurredAt <= booking.OccurredAt),
                   Label = booking.Reference,
               };
    }
}
