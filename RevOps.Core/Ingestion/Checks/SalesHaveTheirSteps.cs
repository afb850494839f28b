using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A sale of the last 30 days has its meeting, and before that its lead: a conversation or a stage of the CRM; each is dated, and none after the one that follows it. Who is in no report has none that may be looked for.</summary>
public sealed class SalesHaveTheirSteps : ShareCheck
{
    private const string Lead = "lead";
    private const string Qualified = "qualified";
    private const string Meeting = "meeting";

    public override string Id => "M06";

    protected override Bar Bar => new(0.7, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, db, stages, calls) = (scope.Ago(30), scope.Db, Heard.Stages(scope), Heard.Calls(scope, null));
        return from booking in db.Set<Booking>()
               join member in Heard.Reported(db) on booking.PersonId equals member.Id
               where booking.Mode == scope.Mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Booking,
                   Id = booking.Id,
                   At = booking.OccurredAt,
                   Holds = stages.Any(meeting => meeting.Person == member.CanonicalId && meeting.Name == Meeting && meeting.At <= booking.OccurredAt
                       && (calls.Any(call => call.Person == member.CanonicalId && call.Session.StartedAt <= meeting.At)
                           || stages.Any(lead => lead.Person == member.CanonicalId && (lead.Name == Lead || lead.Name == Qualified) && lead.At <= meeting.At))),
                   InvoiceId = booking.InvoiceId,
                   PersonId = booking.PersonId,
                   Label = booking.Reference,
               };
    }
}
