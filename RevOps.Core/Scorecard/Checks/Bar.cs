namespace RevOps.Core.Scorecard.Checks;

/// <summary>Where a figure begins to count and where it counts in full; a floor above the target says that less is better.</summary>
/// <param name="Floor">Here and worse it counts nothing.</param>
/// <param name="Target">Here and better it counts in full.</param>
public readonly record struct Bar(double Floor, double Target)
{
    /// <summary>All or nothing.</summary>
    public static Bar Exactly(double target) => new(target, target);

    /// <returns>From 0 to 1, linear between the two.</returns>
    public double ResultOf(double value)
    {
        if (Floor == Target)
            return value >= Target ? 1 : 0;
        return Math.Clamp((value - Floor) / (Target - Floor), 0, 1);
    }
}
