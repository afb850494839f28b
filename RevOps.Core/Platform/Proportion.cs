namespace RevOps.Core.Platform;

/// <summary>So many of so many, with the 95 % interval of Wilson (1927), which holds for few cases and for none.</summary>
public sealed record Proportion(long Hits, long Of)
{
    // Of the normal distribution for 95 %.
    private const double Z = 1.959964;

    /// <summary>Null where there is nothing to count.</summary>
    public double? Value => Of == 0 ? null : (double)Hits / Of;

    public (double Low, double High)? Interval
    {
        get
        {
            if (Of == 0)
                return null;
            var (n, p) = ((double)Of, (double)Hits / Of);
            var (centre, spread, whole) = (p + (Z * Z / (2 * n)), Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n))), 1 + (Z * Z / n));
            return (Math.Max(0, (centre - spread) / whole), Math.Min(1, (centre + spread) / whole));
        }
    }
}
