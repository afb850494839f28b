namespace RevOps.Core.Scorecard.Simulation;

/// <summary>A figure that is not known exactly: the least, the likeliest and the most, drawn by the triangular distribution between them.</summary>
public readonly record struct Spread(double Low, double Mode, double High)
{
    public static Spread Exactly(double value) => new(value, value, value);

    public bool IsExact => Low == High;

    /// <summary>The three are finite, and in order.</summary>
    public bool IsValid => double.IsFinite(Low) && double.IsFinite(High) && Low <= Mode && Mode <= High;

    public double Mean => (Low + Mode + High) / 3;

    /// <summary>The value below which a share of all draws lies: the inverse of the distribution.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double At(double share)
    {
        if (IsExact)
            return Low;
        var (width, peak) = (High - Low, (Mode - Low) / (High - Low));
        return share <= peak
            ? Low + Math.Sqrt(share * width * (Mode - Low))
            : High - Math.Sqrt((1 - share) * width * (High - Mode));
    }
}
