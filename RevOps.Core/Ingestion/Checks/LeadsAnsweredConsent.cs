using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A lead of the last 30 days was asked, themselves or on one of their browsers: the answer is dated, says which text was shown, and has its proof.</summary>
public sealed class LeadsAnsweredConsent : ShareCheck
{
    public override string Id => "M02";

    /// <summary>It asks how everything stands.</summary>
    public override bool IsState => true;

    protected override Bar Bar => new(0.9, 1);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        var answers = db.Set<ConsentRecord>().Where(answer => answer.TextVersion != "" && answer.SealedProof != null);
        var own = from answer in answers join member in db.Set<Person>() on answer.PersonId equals member.Id select member.CanonicalId;
        var onBrowsers = from answer in answers
                         join seen in ConsentState.Browsers(db) on answer.PersonId equals seen.Speaker
                         join member in db.Set<Person>() on seen.Member equals member.Id
                         select member.CanonicalId;
        return from lead in Heard.Leads(scope, 30)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Person,
                   Id = lead.Person,
                   At = lead.Session.StartedAt,
                   Holds = own.Any(person => person == lead.Person) || onBrowsers.Any(person => person == lead.Person),
                   Label = lead.Session.SessionId,
               };
    }
}
