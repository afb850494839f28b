using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>What came in on the bank's statements of the last 30 days is accounted for, or set aside as none of ours.</summary>
public sealed class CreditsAreBooked : ShareCheck
{
    public override string Id => "R07";

    protected override Bar Bar => new(0.7, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Today.AddDays(-30);
        return from line in scope.Db.Set<BankLine>()
               where line.Mode == scope.Mode && line.AmountMinor > 0 && line.BookedOn >= since
               select new EvidenceRow { Kind = EvidenceKind.BankLine, Id = line.Id, At = scope.Now, Holds = line.State == BankLineState.Matched || line.State == BankLineState.SetAside };
    }
}
