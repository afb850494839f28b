using System.Diagnostics;
using System.Globalization;
using RevOps.Core.Forecasting;

namespace RevOps.Bench;

/// <summary>
/// Forecasts files of series: <c>-- forecast --train FILE[,FILE]</c> measures every model by rolling origin inside the files, networks and intervals
/// learnt anew from what lies before; with <c>--out FILE</c> it forecasts from the end with what ships; <c>--learn FILE</c> writes what ships.
/// Bounds on OWA, 95 % coverage and time are those of the product's targets.
/// </summary>
internal static class ForecastBench
{
    private const double LeastCoverage = 0.92, MostCoverage = 0.98, MostMilliseconds = 100, MostSeconds = 60;

    private static readonly Dictionary<int, double> MostOwa = new() { [12] = 0.84, [4] = 0.915, [52] = 0.93 };

    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        if (Option(args, "--train") is not { } train)
        {
            await Console.Error.WriteLineAsync("Usage: forecast --train FILE[,FILE] [--out FILE | --learn FILE]");
            return false;
        }

        var files = train.Split(',').Select(FiledSeries.Read).ToList();
        if (Option(args, "--learn") is { } learnt)
        {
            await using var stream = File.Create(learnt);
            new Learned([.. files.Select(file => ForecastLearning.Learn(file, 0))]).Write(stream);
            return true;
        }

        if (Option(args, "--out") is { } output)
        {
            await File.WriteAllLinesAsync(output, files.SelectMany(file => file).SelectMany(Lines).Prepend("id,step,mean,lo80,hi80,lo95,hi95"));
            return true;
        }

        return files.ConvertAll(Judge).TrueForAll(held => held);
    }

    private static IEnumerable<string> Lines(FiledSeries filed)
    {
        var forecast = Forecaster.Of(filed.Series, filed.Steps);
        for (var step = 0; step < filed.Steps; step++)
            yield return string.Create(CultureInfo.InvariantCulture, $"{filed.Id},{step + 1},{forecast.Mean[step]:R},{forecast.Low80[step]:R},{forecast.High80[step]:R},{forecast.Low95[step]:R},{forecast.High95[step]:R}");
    }

    /// <summary>From one forecast before the end, with nothing learnt of what came after.</summary>
    private static bool Judge(List<FiledSeries> file)
    {
        var (period, learned) = (file[0].Series.Period, new Learned([ForecastLearning.Learn(file, 1)]));
        var tallies = ForecastErrorTally.Each();
        var times = tallies.ToDictionary(tally => tally.Model, _ => new List<double>());
        var clock = Stopwatch.StartNew();
        foreach (var (_, steps, series) in file.Where(one => ForecastLearning.Reaches(one, 1)))
        {
            var past = series.First(series.Length - steps);
            foreach (var tally in tallies)
            {
                // Each from the beginning, so that the time is its own.
                var begun = Stopwatch.GetTimestamp();
                var forecast = Forecaster.Of(past, steps, tally.Model, learned);
                times[tally.Model].Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                tally.Add(past, series.Values.AsSpan(series.Length - steps), forecast);
            }
        }

        Console.WriteLine($"{tallies[0].Forecasts} series of period {period}, {file[0].Steps} steps");
        Console.WriteLine("  model             OWA  sMAPE   MASE   80 %   95 %   MSIS  ms mean   ms p95");
        foreach (var tally in tallies)
        {
            var (row, spent) = (tally.Row(tallies[0]), times[tally.Model]);
            spent.Sort();
            Console.WriteLine($"  {tally.Model,-14} {row.Owa,6:F3} {row.Smape,6:F2} {row.Mase,6:F3} {row.Coverage80,6:P1} {row.Coverage95,6:P1} {tally.Msis,6:F1} {spent.Average(),8:F2} {spent[spent.Count * 95 / 100],8:F2}");
        }

        var chosen = tallies.Single(tally => tally.Model == ForecastModel.Combined);
        var (judged, slow) = (chosen.Row(tallies[0]), times[ForecastModel.Combined]);
        var whole = slow.Sum() / 1_000;
        Console.WriteLine($"  choice: {chosen.Model}, OWA {judged.Owa:F3} (bound {MostOwa.GetValueOrDefault(period, 1):F3}), 95 % interval held {judged.Coverage95:P1} (bound {LeastCoverage:P0} to {MostCoverage:P0}), {whole:F1} s for all (bound {MostSeconds:F0})");
        return judged.Owa <= MostOwa.GetValueOrDefault(period, 1) && judged.Coverage95 is >= LeastCoverage and <= MostCoverage && slow[slow.Count * 95 / 100] <= MostMilliseconds && whole <= MostSeconds;
    }

    private static string? Option(IReadOnlyList<string> args, string name)
    {
        for (var at = 0; at + 1 < args.Count; at++)
        {
            if (args[at] == name)
                return args[at + 1];
        }

        return null;
    }
}
