namespace RevOps.Core.Scorecard.Checks;

/// <summary>Adds verdicts up to scores.</summary>
public static class ScoreSum
{
    /// <summary>What is proven: weight times result.</summary>
    public static Score Verified(IReadOnlyCollection<(CheckRule Rule, Verdict Verdict)> checks) => Of(checks, (rule, verdict) => rule.Weight * verdict.Result);

    /// <summary>What nobody can speak of yet.</summary>
    public static Score Open(IReadOnlyCollection<(CheckRule Rule, Verdict Verdict)> checks) => Of(checks, (rule, verdict) => verdict.IsOpen ? rule.Weight : 0);

    /// <summary>What somebody set aside: neither proven nor open.</summary>
    public static Score Exempt(IReadOnlyCollection<(CheckRule Rule, Verdict Verdict)> checks) => Of(checks, (rule, verdict) => verdict.State == CheckState.Exempt ? rule.Weight : 0);

    /// <summary>
    /// What the score would be if the checks up to a column of the source document passed that do not yet; what counts beyond it today
    /// is kept.
    /// </summary>
    public static Score Projected(IReadOnlyCollection<(CheckRule Rule, Verdict Verdict)> checks, SeedState column) =>
        Of(checks, (rule, verdict) => rule.Weight * (rule.From <= column ? 1 : verdict.Result));

    private static Score Of(IReadOnlyCollection<(CheckRule Rule, Verdict Verdict)> checks, Func<CheckRule, Verdict, double> points)
    {
        double Sum(Discipline discipline) => checks.Where(check => check.Rule.Discipline == discipline).Sum(check => points(check.Rule, check.Verdict));
        return Score.Of(Sum(Discipline.RevEng), Sum(Discipline.MarEng));
    }
}
