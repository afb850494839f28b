using System.Diagnostics;
using System.Globalization;
using RevOps.Core.Identity;

namespace RevOps.Bench;

/// <summary>
/// Receivables over 100,000 invoices, six in a hundred open, 250,000 payments and as many bank lines: the signed-in GET of the page by a reader
/// alone, the app in a process of its own. Bounds: p95 ≤ 150 ms for today, ≤ 400 ms for a past day. Its neighbours are measured beside it.
/// </summary>
internal static class ReceivablesBench
{
    private const int Warmup = 8;
    private const int Times = 60;

    /// <param name="args">Parts of the paths to be measured, or "match" for the matching alone; all of it when left out.</param>
    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        var pages = args is ["match"] || await PagesAsync(args);
        return (args.Count > 0 && args is not ["match"]) || await MatchingBench.RunAsync() ? pages : false;
    }

    private static async Task<bool> PagesAsync(IReadOnlyList<string> args)
    {
        await using var app = await AppProcess.StartAsync(await SeededFolder.Ledger.CopyAsync());
        using var reader = await Visitor.SignInAsync(app.Address, Roles.Finance);
        Console.WriteLine($"{"page",-44} {"first ms",9} {"p50 ms",8} {"p95 ms",8} {"bound",6} {"CPU ms",7} {"KB",6}");
        var good = true;
        foreach (var (path, bound) in Pages.Where(page => args.Count == 0 || args.Any(word => page.Path.Contains(word, StringComparison.Ordinal))))
        {
            var begun = Stopwatch.GetTimestamp();
            var bytes = (await reader.GetAsync(path)).Length;
            var first = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;

            // On a machine that others use as well, the processor's time says what a page costs whatever the waiting was.
            var cpu = app.ProcessorTime;
            var (p50, p95) = await MeasureAsync(reader, path);
            var each = (app.ProcessorTime - cpu).TotalMilliseconds / (Warmup + Times);
            good &= bound is null || p95 <= bound;
            Console.WriteLine($"{path,-44} {first,9:N0} {p50,8:N1} {p95,8:N1} {bound?.ToString(CultureInfo.InvariantCulture) ?? "–",6} {each,7:N1} {bytes / 1024,6:N0}{(p95 > bound ? "  over" : "")}");
        }

        Console.WriteLine(good ? "Every bound holds." : "A bound is missed.");
        return good;
    }

    private static IReadOnlyList<(string Path, int? Bound)> Pages
    {
        get
        {
            var past = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-100).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return
            [
                ("/receivables", 150),
                ($"/receivables?on={past}", 400),
                ($"/receivables?with={past}", null),
                ("/receivables/open", null),
                ("/receivables/issued", null),
                ("/receivables/cash", null),
                ("/receivables/payouts", null),
                ("/", null),
            ];
        }
    }

    private static async Task<(double P50, double P95)> MeasureAsync(Visitor reader, string path)
    {
        for (var time = 0; time < Warmup; time++)
            await reader.GetAsync(path);
        var times = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            var begun = Stopwatch.GetTimestamp();
            await reader.GetAsync(path);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 95 / 100]);
    }
}
