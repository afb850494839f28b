namespace RevOps.Core.Scorecard.Claims;

public enum ClaimVerdict
{
    /// <summary>The whole interval lies where the claim holds.</summary>
    Confirmed = 0,

    /// <summary>It lies on both sides, nothing is known yet, or no figure is claimed.</summary>
    Inconclusive = 1,

    /// <summary>The whole interval lies where it does not.</summary>
    Contradicted = 2,
}

/// <summary>What was measured here, by the claim's method.</summary>
/// <param name="Value">Null: nothing to measure yet.</param>
/// <param name="Low">Of the 95 % interval.</param>
/// <param name="High">Of the 95 % interval.</param>
/// <param name="N">Of how many.</param>
/// <param name="Since">The lever's first live effect, where there is a before and an after.</param>
/// <param name="Needs">How many would settle it, where its measure says so itself; else <see cref="EnoughFor"/> does.</param>
public sealed record ClaimFinding(double? Value, double? Low, double? High, long N, DateTimeOffset? Since, long? Needs)
{
    /// <summary>It is said of all, and of one it is not so.</summary>
    public bool IsRefuted { get; init; }

    /// <summary>Part of it is not decided: nothing confirms or contradicts it yet.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Of waits, in seconds: half took no longer.</summary>
    public double? P50 { get; init; }

    /// <summary>Of waits, in seconds: nineteen of twenty took no longer.</summary>
    public double? P95 { get; init; }

    public static ClaimFinding Nothing { get; } = new(null, null, null, 0, null, null);

    public ClaimVerdict Of(Claim claim)
    {
        if (IsRefuted)
            return ClaimVerdict.Contradicted;
        if (claim.From is not { } from || Low is not { } low || High is not { } high)
            return ClaimVerdict.Inconclusive;
        var (holds, fails) = claim.MoreIsTrue ? (low >= from, high < from) : (high < from, low >= from);
        return IsOpen ? ClaimVerdict.Inconclusive : holds ? ClaimVerdict.Confirmed : fails ? ClaimVerdict.Contradicted : ClaimVerdict.Inconclusive;
    }
}
