namespace RevOps.Core.Scorecard.Outlook;

/// <summary>What was foreseen so many steps before, beside what came.</summary>
/// <param name="Ahead">Steps between the last one that was known and the one foreseen.</param>
public sealed record ForecastAccuracy(int Ahead, IReadOnlyList<ForeseenPoint> Points)
{
    /// <summary>Mean of the absolute errors as shares of what came, of the steps in which anything did (MAPE); null without any.</summary>
    public double? Mape => Points.Where(point => point.Came != 0).Select(point => Math.Abs((double)(point.Came - point.Step.Mean) / point.Came)).DefaultIfEmpty(double.NaN).Average() is var mean && double.IsNaN(mean) ? null : mean;

    /// <summary>Share of what came that lay within the 80 % interval; null before anything came.</summary>
    public double? Coverage80 => Points.Count == 0 ? null : (double)Points.Count(point => point.Step.Holds80(point.Came)) / Points.Count;

    public double? Coverage95 => Points.Count == 0 ? null : (double)Points.Count(point => point.Step.Holds95(point.Came)) / Points.Count;

    /// <param name="runs">Of one figure and frequency.</param>
    /// <param name="past">What came.</param>
    public static IReadOnlyList<ForecastAccuracy> Of(IReadOnlyCollection<ForeseenRun> runs, FigureSeries past) =>
        [.. past.Frequency.Aheads().Select(ahead => new ForecastAccuracy(ahead, PointsOf(runs, past, ahead)))];

    /// <summary>
    /// The last two whole steps both lay outside the 95 % interval of the last forecast that did not know them: once is what one in twenty does. Usually that
    /// is the one made right before each; where several steps became known at once, it is an earlier one.
    /// </summary>
    public static bool IsOutsideTwice(IReadOnlyCollection<ForeseenRun> runs, FigureSeries past) =>
        past.Values.Count > 1 && new[] { past.Last, past.Frequency.Later(past.Last, -1) }.All(start => runs.Where(run => run.Last < start).OrderByDescending(run => run.Last).ThenBy(run => run.MadeAt).FirstOrDefault() is { } before
            && before.Steps.FirstOrDefault(step => step.Start == start) is { } foreseen && past.At(start) is { } came && !foreseen.Holds95(came));

    private static List<ForeseenPoint> PointsOf(IReadOnlyCollection<ForeseenRun> runs, FigureSeries past, int ahead) =>
    [
        // Of the nights of one week, the first forecast is the one that knew least of it.
        .. from run in runs.OrderBy(run => run.MadeAt).DistinctBy(run => run.Last)
           let start = past.Frequency.Later(run.Last, ahead)
           let step = run.Steps.FirstOrDefault(step => step.Start == start)
           let came = past.At(start)
           where step is not null && came is not null
           orderby start
           select new ForeseenPoint(step, came.Value, run.MadeAt),
    ];
}

/// <param name="Last">First day of the last step that it knew.</param>
public sealed record ForeseenRun(DateTimeOffset MadeAt, DateOnly Last, IReadOnlyList<ForecastStep> Steps);

/// <param name="Step">What was foreseen.</param>
/// <param name="Came">What came.</param>
/// <param name="MadeAt">When it was foreseen.</param>
public sealed record ForeseenPoint(ForecastStep Step, long Came, DateTimeOffset MadeAt);
