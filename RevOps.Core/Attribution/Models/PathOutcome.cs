namespace RevOps.Core.Attribution.Models;

/// <summary>How the journeys of one path ended. Outcomes add up, and what was counted can be taken back: after a refund, or when two people prove to be one.</summary>
/// <param name="Conversions">Journeys that ended in a conversion.</param>
/// <param name="Nulls">Journeys that ended in nothing.</param>
/// <param name="ValueMinor">Of the conversions, in minor units of one currency.</param>
public readonly record struct PathOutcome(long Conversions, long Nulls, long ValueMinor)
{
    public long Journeys => Conversions + Nulls;

    public bool IsNone => this == default;

    public static PathOutcome Converted(long valueMinor) => new(1, 0, valueMinor);

    public static PathOutcome Null => new(0, 1, 0);

    public static PathOutcome operator +(PathOutcome left, PathOutcome right) =>
        checked(new(left.Conversions + right.Conversions, left.Nulls + right.Nulls, left.ValueMinor + right.ValueMinor));

    public static PathOutcome operator -(PathOutcome outcome) => new(-outcome.Conversions, -outcome.Nulls, -outcome.ValueMinor);
}
