namespace RevOps.Core.Scorecard.Claims;

/// <summary>How many it takes to settle a claim, if what was measured so far goes on as it is.</summary>
public static class EnoughFor
{
    // Of the normal distribution for 95 %, as Wilson's interval has it.
    private const double Z = 1.959964;

    // So near to the claim that no sample tells them apart.
    private const double Most = 1e9;

    /// <summary>Null where it is settled, or nobody can say.</summary>
    public static long? Of(Claim claim, ClaimFinding found)
    {
        if (found.Of(claim) != ClaimVerdict.Inconclusive || claim.From is not { } from)
            return null;
        if (found.Needs is { } said)
            return said;
        if (found is not { Value: { } value, Low: { } low, High: { } high, N: > 0 })
            return null;
        return claim.Method switch
        {
            ClaimMethod.WilsonProportion => Proportion(value, from),
            ClaimMethod.CohortsByIssueDay or ClaimMethod.Holdout or ClaimMethod.Kappa => Scaled(found.N, value - from, value >= from ? value - low : high - value),
            _ => null,
        };
    }

    /// <summary>From when on Wilson's interval around a share holds another one no more.</summary>
    /// <param name="value">The share that was measured.</param>
    /// <param name="from">The one that is claimed.</param>
    public static long? Proportion(double value, double from) => Whole(Z * Z * from * (1 - from) / ((value - from) * (value - from)));

    /// <summary>An interval narrows with the root of how many there are.</summary>
    /// <param name="n">How many there are.</param>
    /// <param name="apart">How far what was measured lies from what is claimed.</param>
    /// <param name="half">How far the interval reaches to that side.</param>
    public static long? Scaled(long n, double apart, double half) => Whole(n * half * half / (apart * apart));

    private static long? Whole(double n) => n <= Most ? (long)Math.Ceiling(n) : null;
}
