using RevOps.Core.Forecasting;

namespace RevOps.Bench;

/// <summary>Learns networks and the widths of intervals from series, as they stood some forecasts before their end.</summary>
internal static class ForecastLearning
{
    private const int Members = 4, Hidden = 64, LeastPast = 10;

    // How many forecasts before what is learnt for, the widths are measured at: one is few for as wide an interval.
    private const int WidthOrigins = 2;

    /// <param name="series">Of one frequency.</param>
    /// <param name="before">How many forecasts before the end nothing is known any more.</param>
    public static LearnedPeriod Learn(IReadOnlyList<FiledSeries> series, int before)
    {
        var (period, steps) = (series[0].Series.Period, series[0].Steps);
        var shape = new NetworkShape(period, period switch { 12 => 24, 4 => 8, _ => 26 }, steps, Hidden);
        var misses = Enumerable.Range(0, steps).Select(_ => new List<double>()).ToList();
        for (var origin = before + 1; origin <= before + WidthOrigins; origin++)
        {
            // By networks that know nothing of what the widths are measured by.
            var past = new Learned([new(period, Train(series, origin, shape), IntervalWidths.Normal)]);
            foreach (var miss in series.Where(one => Reaches(one, origin)).AsParallel().AsOrdered().Select(one => MissesOf(one, origin, past)))
            {
                for (var step = 0; step < miss.Length; step++)
                    misses[step].Add(miss[step]);
            }
        }

        return new(period, Train(series, before, shape), IntervalWidths.Of(misses));
    }

    /// <summary>Whether there is a past to forecast from so many forecasts before the end.</summary>
    public static bool Reaches(FiledSeries series, int origin) => series.Series.Length - (origin * series.Steps) >= Math.Max(LeastPast, series.Series.Period > 24 ? 0 : 2 * series.Series.Period);

    private static Networks Train(IReadOnlyList<FiledSeries> series, int before, NetworkShape shape) =>
        new(shape, shape.SeesYear ? 2.0 / 3 : 0.5, NetworkTraining.Train([.. series.Where(one => Reaches(one, before)).Select(one => one.Series.First(one.Series.Length - (before * one.Steps)))], shape, Members));

    private static double[] MissesOf(FiledSeries filed, int origin, Learned learned)
    {
        var end = filed.Series.Length - (origin * filed.Steps);
        var models = new ModelForecasts(filed.Series.First(end), filed.Steps, learned);
        var (mean, deviations) = (models.Of(ForecastModel.Combined), models.Deviations());
        return [.. mean.Select((value, step) => deviations[step] <= 0 ? 0 : Math.Abs(filed.Series.Values[end + step] - value) / deviations[step])];
    }
}
