using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>Who clicked an ad in the week before they spoke brings the click's id into the conversation.</summary>
public sealed class ClicksReachCalls : ShareCheck
{
    public override string Id => "M12";

    protected override Bar Bar => new(0.8, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        return from call in Heard.Calls(scope, 30)
               where Heard.Visits(db).Any(visit => visit.Person == call.Person && visit.Touch.ClickIdKinds != null && visit.Touch.OccurredAt <= call.Session.StartedAt && Instants.SecondsBetween(visit.Touch.OccurredAt, call.Session.StartedAt) <= 7 * 86_400)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Person,
                   Id = call.Person,
                   At = call.Session.StartedAt,
                   Holds = Heard.Keys(db).Any(key => key.Member == call.Session.PersonId && key.Kind == IdentityKeyKind.Click),
                   Label = call.Session.SessionId,
               };
    }
}
