namespace RevOps.Core.Forecasting;

/// <summary>
/// How many of <see cref="ModelForecasts.Deviations"/> an interval reaches to each side, step by step: as many as it took to hold 80 and 95 % of what came in
/// series that were forecast from their past (split conformal prediction, Vovk, Gammerman and Shafer 2005), each weighed by how much a past of its length tells
/// (locally weighted, Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018).
/// </summary>
public sealed record IntervalWidths(IReadOnlyList<double> Of80, IReadOnlyList<double> Of95, PastLength Length)
{
    /// <summary>What a normal distribution says, where nothing was learnt.</summary>
    public static readonly IntervalWidths Normal = new([1.2816], [1.96], PastLength.Alike);

    /// <param name="step">From 0.</param>
    /// <param name="past">Steps that are known.</param>
    public (double Of80, double Of95) At(int step, int past) =>
        Length.Of(past) is var factor ? (factor * Of80[Math.Min(step, Of80.Count - 1)], factor * Of95[Math.Min(step, Of95.Count - 1)]) : default;

    /// <param name="misses">By step: of each series how many steps of it were known, and how far off it was, in deviations.</param>
    public static IntervalWidths Of(IReadOnlyList<IReadOnlyList<(int Past, double Off)>> misses)
    {
        var length = PastLength.Of(misses);
        double[] Widths(double share)
        {
            var each = misses.Select(one => Statistics.Quantile([.. one.Select(miss => miss.Off / length.Of(miss.Past)).Order()], share)).ToArray();

            // A line through the steps: a quantile of a few hundred series jumps from one step to the next.
            var (start, slope) = Statistics.Line(each);
            return [.. each.Select((_, step) => Math.Max(0.1, start + (slope * (step + 1))))];
        }

        var of80 = Widths(0.80);
        return new(of80, [.. Widths(0.95).Zip(of80, Math.Max)], length);
    }
}

/// <summary>
/// The shorter a past is, the better a model fits it by chance and the further off it is of what comes. By which power of the length misses
/// fall is learnt by a line through their logarithms; nothing is said of lengths that were not seen.
/// </summary>
/// <param name="Power">0 or less: a longer past never tells less.</param>
/// <param name="Least">Steps of the shortest past that it was learnt from.</param>
/// <param name="Most">Of the longest.</param>
public readonly record struct PastLength(double Power, int Least, int Most)
{
    public static readonly PastLength Alike = new(0, 1, 1);

    // Nothing is off by nothing, and its logarithm would outweigh all others.
    private const double LeastOff = 1e-6;

    /// <summary>By what a width is multiplied.</summary>
    /// <param name="past">Steps that are known.</param>
    public double Of(int past) => Math.Pow(Math.Clamp(past, Least, Most), Power);

    /// <param name="misses">By step, each not empty.</param>
    public static PastLength Of(IReadOnlyList<IReadOnlyList<(int Past, double Off)>> misses)
    {
        var (over, under) = (0.0, 0.0);
        foreach (var step in misses)
        {
            var (length, off) = (step.Average(miss => Math.Log(miss.Past)), step.Average(miss => Math.Log(Math.Max(miss.Off, LeastOff))));
            foreach (var miss in step)
            {
                over += (Math.Log(miss.Past) - length) * (Math.Log(Math.Max(miss.Off, LeastOff)) - off);
                under += (Math.Log(miss.Past) - length) * (Math.Log(miss.Past) - length);
            }
        }

        return new(under > 0 ? Math.Clamp(over / under, -1, 0) : 0, misses.Min(step => step.Min(miss => miss.Past)), misses.Max(step => step.Max(miss => miss.Past)));
    }
}
