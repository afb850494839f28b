namespace RevOps.Core.Scorecard.Checks;

/// <summary>Of values in ascending order.</summary>
public static class Percentile
{
    /// <summary>The nearest rank; null of nothing.</summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double? Of(IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
