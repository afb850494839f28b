namespace RevOps.Core.Scorecard.Checks;

/// <summary>Why a check has no result.</summary>
public enum UnknownReason
{
    /// <summary>There is nothing to count yet.</summary>
    NoData = 0,

    /// <summary>Its query failed; the log says with what.</summary>
    Failed = 1,

    /// <summary>Nobody has measured it yet.</summary>
    NotMeasured = 2,
}

/// <summary>What a check found, and when.</summary>
/// <param name="At">When it was looked at, on the business clock.</param>
/// <param name="Parts">The figures that are asked; empty where the reading failed.</param>
/// <param name="Unknown">Why there is no result; null where there is one.</param>
public sealed record Finding(DateTimeOffset At, IReadOnlyList<Part> Parts, UnknownReason? Unknown)
{
    public static Finding Of(DateTimeOffset at, IReadOnlyList<Part> parts) => new(at, parts, parts.Count == 0 || parts.Any(part => part.Value is null) ? UnknownReason.NoData : null);

    /// <summary>From when its oldest part is, by the newest of what that counts: its time to live counts from here, and not from the look.</summary>
    public DateTimeOffset EvidenceAt => Parts.Min(part => part.At) is { } at && at < At ? at : At;

    /// <summary>From 0 to 1, of the worst part; null where one of them is not known.</summary>
    public double? Result => Unknown is null ? Parts.Min(part => part.Result) : null;
}
