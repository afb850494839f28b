namespace RevOps.Core.Forecasting;

/// <summary>
/// How every model would have done on the series' own past: forecast from several earlier ends (rolling origin), each time knowing nothing of what
/// came after, and laid beside what came.
/// </summary>
public static class Backtest
{
    // Two models this near each other in OWA are equal on so few points: then the one that is best over many series stays.
    private const double Tie = 0.05;

    private const int LeastPast = 10, Origins = 6, WeeksOfPast = 26, LongSeason = 24;

    /// <param name="series">Its past.</param>
    /// <param name="steps">How far each forecast reaches.</param>
    public static BacktestReport Of(Series series, int steps) => Of(series, steps, Origins, Learned.Shipped);

    public static BacktestReport Of(Series series, int steps, int origins, Learned learned)
    {
        var least = Math.Max(LeastPast, series.Period > LongSeason ? WeeksOfPast : 2 * series.Period);
        var (stride, tallies, used) = (Math.Max(1, steps / 3), ForecastErrorTally.Each(), 0);
        for (var end = series.Length - steps; end >= least && used < origins; end -= stride, used++)
        {
            var past = series.First(end);
            var models = new ModelForecasts(past, steps, learned);
            var actual = series.Values.AsSpan(end, steps);
            foreach (var tally in tallies.Where(tally => tally.Model is not (ForecastModel.Network or ForecastModel.Combined) || models.HasNetwork))
                tally.Add(past, actual, Forecaster.Of(past, steps, models, tally.Model, learned));
        }

        var naive = tallies[0];
        var rows = tallies.Where(tally => tally.Forecasts > 0).Select(tally => tally.Row(naive)).ToList();
        return new(used, steps, rows, used == 0 ? series.IsShort ? ForecastModel.DampedTrend : ForecastModel.Combined : Choose(rows));
    }

    private static ForecastModel Choose(List<BacktestRow> rows)
    {
        var best = rows.MinBy(row => row.Owa)!;
        var usual = rows.Find(row => row.Model == ForecastModel.Combined) ?? rows.Find(row => row.Model == ForecastModel.Ensemble)!;
        var chosen = usual.Owa <= best.Owa + Tie ? usual : best;
        return chosen.Owa >= 1 ? ForecastModel.Naive2 : chosen.Model;
    }
}

/// <param name="Origins">From how many ends it was forecast; 0: history too short to test anything.</param>
/// <param name="Steps">How far each reached.</param>
/// <param name="Rows">One per model that could take part.</param>
/// <param name="Chosen">What the series is forecast with: nothing but Naive2 where no model beats it.</param>
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
