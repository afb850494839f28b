namespace RevOps.Core.Forecasting;

/// <summary>
/// How every model would have done on the series' own past: forecast from several earlier ends (rolling origin), each time knowing nothing of what
/// came after, and laid beside what came.
/// </summary>
public static class Backtest
{
    // The best over many series first; each takes the place of the one before where that does not fit.
    private static readonly ForecastModel[] Preferred = [Forecaster.Usual, ForecastModel.Ensemble, ForecastModel.DampedTrend];

    private const int LeastPast = 10, MostOrigins = 6, WeeksOfPast = 26;

    /// <param name="series">Its past.</param>
    /// <param name="steps">How far each forecast reaches, 1 or more.</param>
    public static BacktestReport Of(Series series, int steps) => Of(series, steps, Learned.Shipped);

    /// <param name="series">Its past.</param>
    /// <param name="steps">How far each forecast reaches, 1 or more.</param>
    /// <param name="learned">Of other series; nothing of this one.</param>
    public static BacktestReport Of(Series series, int steps, Learned learned)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var tallies = ForecastErrorTally.Each();
        var origins = JudgedOf(series, steps);
        foreach (var end in origins)
        {
            var past = series.First(end);
            var models = new ModelForecasts(past, steps, learned);
            foreach (var tally in tallies)
                tally.Add(past, series.Values.AsSpan(end, steps), Forecaster.Of(past, models, tally.Model, learned));
        }

        if (origins.Count == 0)
            return new(0, steps, [], new ModelForecasts(series, steps, learned).MadeWith(Forecaster.Usual));

        // Whoever needs another model to take its place from the end, or in the trial, does not compete.
        var whole = new ModelForecasts(series, steps, learned);
        var rows = tallies.Where(tally => whole.MadeWith(tally.Model) == tally.Model && tally.IsItself).Select(tally => tally.Row(tallies[0])).ToList();
        return new(origins.Count, steps, rows, Choose(rows));
    }

    /// <summary>
    /// The model that is best over many series, of those that could take part: on so few points as one series has, whichever won there would have won by luck,
    /// and errs more on what comes. Naive2 where it does not beat that.
    /// </summary>
    /// <param name="rows">Naive2 among them.</param>
    public static ForecastModel Choose(IReadOnlyList<BacktestRow> rows) =>
        BestOverMany(rows) is { Owa: < 1 } usual ? usual.Model : ForecastModel.Naive2;

    /// <summary>Of the models that took part the one that is best over many series, whether it beat Naive2 here or not; null where none but Naive2 did.</summary>
    public static BacktestRow? BestOverMany(IReadOnlyList<BacktestRow> rows) => Preferred.Select(model => rows.FirstOrDefault(row => row.Model == model)).FirstOrDefault(row => row is not null);

    /// <summary>
    /// Where the whole series is more than a short, flat or yearless one, a past that was not yet would be forecast as another is: it judges only where no
    /// other can.
    /// </summary>
    private static List<int> JudgedOf(Series series, int steps)
    {
        var all = OriginsOf(series, steps).Take(MostOrigins).ToList();
        var like = all.Where(end => series.First(end) is var past && past.IsShort == series.IsShort && past.IsFlat == series.IsFlat && past.ShowsLongSeason == series.ShowsLongSeason).ToList();
        return like.Count > 0 ? like : all;
    }

    /// <summary>Steps of each past, the longest first; what came after was observed without a gap.</summary>
    private static IEnumerable<int> OriginsOf(Series series, int steps)
    {
        var least = Math.Max(LeastPast, series.HasLongSeason ? WeeksOfPast : 2 * series.Period);
        for (var end = series.Length - steps; end >= least; end -= Math.Max(1, steps / 3))
        {
            if (Enumerable.Range(end, steps).All(series.IsObserved))
                yield return end;
        }
    }
}

/// <param name="Origins">From how many ends it was forecast; 0: history too short to test anything.</param>
/// <param name="Steps">How far each reached.</param>
/// <param name="Rows">One per model that could take part.</param>
/// <param name="Chosen">What the series is forecast with: the model that is best over many series, or Naive2 where that does not beat it, even if others do.</param>
public sealed record BacktestReport(int Origins, int Steps, IReadOnlyList<BacktestRow> Rows, ForecastModel Chosen)
{
    /// <summary>The smallest OWA; null without a test.</summary>
    public BacktestRow? Winner => Rows.MinBy(row => row.Owa);

    public BacktestRow? OfChosen => Rows.FirstOrDefault(row => row.Model == Chosen);
}

/// <param name="Model">Which.</param>
/// <param name="Owa">Overall weighted average: its errors as a share of Naive2's, half by sMAPE, half by MASE; below 1 it is worth something.</param>
/// <param name="Smape">0 to 200.</param>
/// <param name="Mase">Multiple of last season's error.</param>
/// <param name="Coverage80">Share of what came that lay within the 80 % interval, 0 to 1.</param>
/// <param name="Coverage95">Within the 95 % interval.</param>
/// <param name="Points">How many points were compared.</param>
public sealed record BacktestRow(ForecastModel Model, double Owa, double Smape, double Mase, double Coverage80, double Coverage95, int Points);
