using RevOps.Core.Attribution;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>The last visit before a lead spoke came by a channel that is known; directly, or by none that the rules recognise, came one in ten at most.</summary>
public sealed class ChannelsAreKnown : ShareCheck
{
    public override string Id => "M08";

    protected override Bar Bar => new(0.7, 0.9);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        return from call in Heard.Calls(scope, 30)
               where Heard.Visits(db).Any(visit => visit.Person == call.Person && visit.Touch.OccurredAt <= call.Session.StartedAt)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Person,
                   Id = call.Person,
                   At = call.Session.StartedAt,
                   Holds = Heard.Visits(db).Where(visit => visit.Person == call.Person && visit.Touch.OccurredAt <= call.Session.StartedAt).OrderByDescending(visit => visit.Touch.OccurredAt).Select(visit => visit.Touch.Channel).FirstOrDefault() != Channel.Other
                       && Heard.Visits(db).Where(visit => visit.Person == call.Person && visit.Touch.OccurredAt <= call.Session.StartedAt).OrderByDescending(visit => visit.Touch.OccurredAt).Select(visit => visit.Touch.Channel).FirstOrDefault() != Channel.Direct,
                   Label = call.Session.SessionId,
               };
    }
}
