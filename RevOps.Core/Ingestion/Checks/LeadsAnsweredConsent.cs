using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A lead of the last 30 days was asked: the answer is dated, says which text was shown, and has its proof.</summary>
public sealed class LeadsAnsweredConsent : ShareCheck
{
    public override string Id => "M02";

    /// <summary>It asks how everything stands.</summary>
    public override bool IsState => true;

    protected override Bar Bar => new(0.9, 1);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        return from lead in Heard.Leads(scope, 30)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Person,
                   Id = lead.Person,
                   At = lead.Session.StartedAt,
                   Holds = db.Set<ConsentRecord>().Any(answer => db.Set<Person>().Any(member => member.Id == answer.PersonId && member.CanonicalId == lead.Person) && answer.TextVersion != "" && answer.SealedProof != null),
                   Label = lead.Session.SessionId,
               };
    }
}
