using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A conversation that began on the website names the visitor, so that visits and words are one person's.</summary>
public sealed class CallsAreStitched : ShareCheck
{
    public override string Id => "M13";

    protected override Bar Bar => new(0.5, 0.8);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        return from call in Heard.Calls(scope, 30)
               where Heard.Visits(scope).Any(visit => visit.Person == call.Person && visit.Touch.OccurredAt <= call.Session.StartedAt)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Person,
                   Id = call.Person,
                   At = call.Session.StartedAt,
                   Holds = Heard.Keys(db).Any(key => key.Member == call.Session.PersonId && key.Kind == IdentityKeyKind.Visitor),
                   Label = call.Session.SessionId,
               };
    }
}
