using RevOps.Core.Attribution;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>Before a lead of the last 30 days spoke, a visit said where they came from: a source and a medium, or a channel that the rules recognise.</summary>
public sealed class LeadsHaveSources : ShareCheck
{
    public override string Id => "M01";

    protected override Bar Bar => new(0.6, 0.9);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        return from call in Heard.Calls(scope, 30)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Person,
                   Id = call.Person,
                   At = call.Session.StartedAt,
                   Holds = Heard.Visits(db).Any(visit => visit.Person == call.Person && visit.Touch.OccurredAt <= call.Session.StartedAt && (visit.Touch.Channel != Channel.Other || (visit.Touch.Source != null && visit.Touch.Medium != null))),
                   Label = call.Session.SessionId,
               };
    }
}
