namespace RevOps.Core.Scorecard.Checks;

public enum CheckState
{
    Passed = 0,

    /// <summary>Between its floor and its target: it counts in part.</summary>
    Partial = 1,

    Failed = 2,

    /// <summary>Counts nothing, and is drawn as what may still be won.</summary>
    Unknown = 3,

    /// <summary>Its evidence is older than it may be: counts nothing.</summary>
    Stale = 4,

    /// <summary>Set aside by somebody, with a reason and an end: it proves nothing and counts nothing, and nobody is asked to mend it until then.</summary>
    Exempt = 5,
}

/// <summary>What becomes of a check: its state, and from 0 to 1 what it counts.</summary>
public readonly record struct Verdict(CheckState State, double Result)
{
    /// <param name="rule">What is asked.</param>
    /// <param name="finding">The newest; null where it was never measured.</param>
    /// <param name="exemptUntil">When the exemption ends; null without one.</param>
    /// <param name="now">The business clock's.</param>
    public static Verdict Of(CheckRule rule, Finding? finding, DateTimeOffset? exemptUntil, DateTimeOffset now)
    {
        if (exemptUntil > now)
            return new(CheckState.Exempt, 0);
        if (finding?.Result is not { } result)
            return new(CheckState.Unknown, 0);
        if (now - finding.EvidenceAt > TimeSpan.FromDays(rule.TtlDays))
            return new(CheckState.Stale, 0);
        return result switch
        {
            >= 1 => new(CheckState.Passed, 1),
            > 0 => new(CheckState.Partial, result),
            _ => new(CheckState.Failed, 0),
        };
    }

    /// <summary>It proves nothing now and may count tomorrow: the hatched part of a score.</summary>
    public bool IsOpen => State is CheckState.Unknown or CheckState.Stale;
}
