using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A sale of the last 30 days has its lead, dated before it: a conversation or a stage of the CRM, in an order that time allows; and
/// a meeting that was told of did not first come after the sale.</summary>
public sealed class SalesHaveTheirSteps : ShareCheck
{
    private const string Meeting = "meeting";

    public override string Id => "M06";

    protected override Bar Bar => new(0.7, 0.95);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (since, db) = (scope.Ago(30), scope.Db);
        var sales = from booking in db.Set<Booking>()
                    join member in db.Set<Person>() on booking.PersonId equals member.Id
                    where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
                    select new
                    {
                        InOrder = !db.Set<LeadStageRecord>().Any(stage => stage.Stage == Meeting && db.Set<Person>().Any(other => other.Id == stage.PersonId && other.CanonicalId == member.CanonicalId))
                            || db.Set<LeadStageRecord>().Any(stage => stage.Stage == Meeting && stage.OccurredAt <= booking.OccurredAt && db.Set<Person>().Any(other => other.Id == stage.PersonId && other.CanonicalId == member.CanonicalId)),
                    };
        return [await ShareAsync(scope, cancel), Part.Share("order", await sales.LongCountAsync(sale => sale.InOrder, cancel), await sales.LongCountAsync(cancel), Bar)];
    }

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
