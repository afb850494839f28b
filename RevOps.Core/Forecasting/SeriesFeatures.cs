namespace RevOps.Core.Forecasting;

/// <summary>
/// What a series is like, in a handful of numbers without a unit: how each value follows the one before, how restless it is, how far it ranges, how much
/// its steps return after a season, and how far its last value lies off those before. Features that tell when a series stood (its length, its trend)
/// are left out: what they taught of one year did not hold in the next.
/// </summary>
public static class SeriesFeatures
{
    private const int LeastRecent = 6;

    // Nothing has no logarithm.
    private const double Least = 1e-4;

    /// <param name="series">Its past.</param>
    /// <param name="adjusted">Without seasons.</param>
    public static double[] Of(Series series, double[] adjusted)
    {
        var (values, period) = (series.Values, series.Period);
        var level = Math.Max(1e-9, adjusted.TakeLast(Math.Max(4, series.HasLongSeason ? period / 4 : period)).Average(Math.Abs));
        var restless = Math.Sqrt(Statistics.Variance(Steps(adjusted)));
        var recent = adjusted.TakeLast(series.HasLongSeason ? period / 4 : Math.Max(LeastRecent, period / 2)).Average();
        return
        [
            Statistics.Autocorrelations(adjusted, 1)[1],
            Log(restless / level),
            Log(Math.Sqrt(Statistics.Variance(adjusted)) / level),
            values.Length > 2 * period ? Statistics.Autocorrelations(Steps(values), period)[period] : 0,
            Log(Math.Abs(adjusted[^1] - recent) / Math.Max(1e-9 * level, restless)),
        ];
    }

    private static double[] Steps(double[] values)
    {
        var steps = new double[values.Length - 1];
        for (var at = 0; at < steps.Length; at++)
            steps[at] = values[at + 1] - values[at];
        return steps;
    }

    private static double Log(double value) => Math.Log(Math.Clamp(value, Least, 1 / Least));
}
