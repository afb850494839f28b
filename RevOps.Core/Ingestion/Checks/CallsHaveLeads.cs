using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A qualified conversation of the last 30 days belongs to a lead who can be named: a reference, an e-mail address or a telephone number.</summary>
public sealed class CallsHaveLeads : ShareCheck
{
    public override string Id => "M04";

    protected override Bar Bar => new(0.8, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        return from call in Heard.Calls(scope, 30)
               where call.Session.Qualified
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Person,
                   Id = call.Person,
                   At = call.Session.StartedAt,
                   Holds = Heard.Keys(db).Any(key => key.Person == call.Person && (key.Kind == IdentityKeyKind.Ref || key.Kind == IdentityKeyKind.Email || key.Kind == IdentityKeyKind.Phone)),
                   Label = call.Session.SessionId,
               };
    }
}
