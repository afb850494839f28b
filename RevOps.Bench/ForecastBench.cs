using System.Diagnostics;
using System.Globalization;
using RevOps.Core.Forecasting;

namespace RevOps.Bench;

/// <summary>
/// Forecasts files of series: <c>-- forecast --train FILE[,FILE]</c> measures every model by rolling origin inside the files, networks and intervals
/// learnt anew from what lies before each origin; with <c>--out FILE</c> it forecasts from the end with what ships; <c>--learn FILE</c> writes what ships.
/// Bounds: OWA and 95 % coverage by frequency; on one core dynamic Theta 5 ms and ETS 50 ms a series, the choice 100 ms (p95), all series 60 s.
/// </summary>
internal static class ForecastBench
{
    private const double LeastCoverage = 0.92, MostCoverage = 0.98, MostSeconds = 60;
    private const int Origins = 2;

    private static readonly Dictionary<int, double> MostOwa = new() { [12] = 0.84, [4] = 0.915, [52] = 0.93 };
    private static readonly Dictionary<ForecastModel, double> MostMilliseconds = new() { [ForecastModel.DynamicTheta] = 5, [ForecastModel.Ets] = 50, [ForecastModel.Combined] = 100 };

    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1), StringComparer.Ordinal);
        if (options.GetValueOrDefault("--train") is not { } train || options.Any(option => option.Key is not ("--train" or "--out" or "--learn") || option.Value is null) || options.Count > 2)
        {
            await Console.Error.WriteLineAsync("Usage: forecast --train FILE[,FILE] [--out FILE | --learn FILE]");
            return false;
        }

        var groups = FiledSeries.Read(train.Split(','));
        if (options.TryGetValue("--learn", out var learnt))
        {
            await using var stream = File.Create(learnt!);
            new Learned([.. groups.Select(group => new ForecastLearning(group).Learn(0))]).Write(stream);
            return true;
        }

        if (options.TryGetValue("--out", out var output))
        {
            await File.WriteAllLinesAsync(output!, groups.SelectMany(group => group).SelectMany(Lines).Prepend("id,step,mean,lo80,hi80,lo95,hi95"));
            return true;
        }

        var (held, whole) = (true, TimeSpan.Zero);
        foreach (var group in groups)
        {
            var (isHeld, spent) = Judge(group);
            (held, whole) = (held && isHeld, whole + spent);
        }

        Console.WriteLine($"{whole.TotalSeconds:F1} s of one core for the choice of all series (bound {MostSeconds:F0} s)");
        return held && whole.TotalSeconds <= MostSeconds;
    }

    private static IEnumerable<string> Lines(FiledSeries filed)
    {
        var forecast = Forecaster.Of(filed.Series, filed.Steps);
        for (var step = 0; step < filed.Steps; step++)
            yield return string.Create(CultureInfo.InvariantCulture, $"{filed.Id},{step + 1},{forecast.Mean[step]:R},{forecast.Low80[step]:R},{forecast.High80[step]:R},{forecast.Low95[step]:R},{forecast.High95[step]:R}");
    }

    /// <summary>The choice is the same for all series, and what <c>--out</c> writes. Beside it stands what the product shows, with the time of its trial: Naive2 where a series' own back-test does not speak for the choice.</summary>
    private static (bool Held, TimeSpan Spent) Judge(IReadOnlyList<FiledSeries> group)
    {
        var (period, learning, tallies, own) = (group[0].Series.Period, new ForecastLearning(group), ForecastErrorTally.Each(), new ForecastErrorTally(ForecastModel.Combined));
        var choosing = new List<double>();
        var times = tallies.ToDictionary(tally => tally.Model, _ => new List<double>());
        for (var origin = 1; origin <= Origins; origin++)
        {
            var learned = new Learned([learning.Learn(origin)]);
            foreach (var filed in group.Where(one => ForecastLearning.Reaches(one, origin)))
            {
                var end = ForecastLearning.PastOf(filed, origin);
                var (past, actual) = (filed.Series.First(end), filed.Series.Values[end..(end + filed.Steps)]);
                foreach (var tally in tallies)
                {
                    // Each from the beginning, so that the time is its own.
                    var begun = Stopwatch.GetTimestamp();
                    var models = new ModelForecasts(past, filed.Steps, learned);
                    _ = models.Of(tally.Model);
                    times[tally.Model].Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                    tally.Add(past, actual, Forecaster.Of(past, models, tally.Model, learned));
                }

                var tried = Stopwatch.GetTimestamp();
                var chosen = Backtest.Of(past, filed.Steps, learned).Chosen;
                choosing.Add(Stopwatch.GetElapsedTime(tried).TotalMilliseconds);
                own.Add(past, actual, Forecaster.Of(past, new ModelForecasts(past, filed.Steps, learned), chosen, learned));
            }
        }

        Console.WriteLine($"period {period}: {group.Count} series, {tallies[0].Forecasts} forecasts of {group[0].Steps} steps from {Origins} origins");
        Console.WriteLine("  model              OWA  sMAPE   MASE   80 %   95 %   MSIS  ms mean   ms p95");
        foreach (var tally in tallies)
            Console.WriteLine(Line(tally.Model.ToString(), tally, tallies[0], $"{times[tally.Model].Average(),8:F2} {P95(times[tally.Model]),8:F2}"));
        Console.WriteLine(Line("(in the product)", own, tallies[0], $"{choosing.Average(),8:F2} {P95(choosing),8:F2}"));

        var judged = tallies.Single(tally => tally.Model == Forecaster.Usual).Row(tallies[0]);
        Console.WriteLine($"  choice: {judged.Model}, {times[judged.Model].Average():F2} ms a series, OWA {judged.Owa:F3} (bound {MostOwa.GetValueOrDefault(period, 1):F3}), 95 % interval held {judged.Coverage95:P1} (bound {LeastCoverage:P0} to {MostCoverage:P0})");
        var isFast = MostMilliseconds.All(bound => period != 12 || (bound.Key == ForecastModel.Combined ? P95(times[bound.Key]) : times[bound.Key].Average()) <= bound.Value);
        return (judged.Owa <= MostOwa.GetValueOrDefault(period, 1) && judged.Coverage95 is >= LeastCoverage and <= MostCoverage && isFast, TimeSpan.FromMilliseconds(times[ForecastModel.Combined].Sum() / Origins));
    }

    private static string Line(string name, ForecastErrorTally tally, ForecastErrorTally naive, string spent)
    {
        var row = tally.Row(naive);
        return $"  {name,-16} {row.Owa,5:F3} {row.Smape,6:F2} {row.Mase,6:F3} {row.Coverage80,6:P1} {row.Coverage95,6:P1} {tally.Msis,6:F1} {spent}";
    }

    private static double P95(List<double> spent) => spent.Order().ElementAt(spent.Count * 95 / 100);
}
