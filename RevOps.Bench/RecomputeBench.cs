using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;

namespace RevOps.Bench;

/// <summary>
/// A million touches of two hundred thousand people: how long the app, in a process of its own, takes to work all journeys out anew, what memory it
/// takes, and what a reader waits for a page meanwhile. Then, in this process, how long answers from the snapshot take. Bounds: 15 s of work, and 150 ms for
/// the 95th of 100 readings of the page meanwhile.
/// </summary>
internal static class RecomputeBench
{
    private const double MostSeconds = 15;
    private const double MostMs = 150;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        var page = args.Count > 0 ? args[0] : "/attribution";
        var folder = await SeededFolder.Touches.CopyAsync();
        await using var app = await AppProcess.StartAsync(folder);
        using var reader = await Visitor.SignInAsync(app.Address, Roles.Marketing);
        await using var services = SeededFolder.Over(folder, whole: true);
        var (desk, queries) = (services.GetRequiredService<SnapshotDesk>(), services.GetRequiredService<AttributionQueries>());

        // Pages answer from the snapshot before: without one they would have nothing to do.
        await desk.AskAsync("user:bench", CancellationToken.None);
        SnapshotView? before;
        for (var waited = Stopwatch.StartNew(); (before = (await queries.StateAsync()).Last) is null; await WaitsAsync(reader, page, 1))
        {
            if (waited.Elapsed > Longest)
                throw new TimeoutException("After ten minutes no snapshot was there.");
        }

        // Its intervals are worked out behind the pages: read until a page costs what it usually does.
        var settling = Stopwatch.StartNew();
        while (P95(await WaitsAsync(reader, page, 20)) > MostMs && settling.Elapsed < TimeSpan.FromMinutes(1))
            await WaitsAsync(reader, page, 1);
        var begun = app.ProcessorTime;
        var quiet = await WaitsAsync(reader, page, 20);
        var (memory, processor, ofAPage) = (app.WorkingSet, app.ProcessorTime, (app.ProcessorTime - begun).TotalSeconds / quiet.Count);
        await desk.AskAsync("user:bench", CancellationToken.None);

        var (clock, pages, peak) = (Stopwatch.StartNew(), new List<double>(), memory);
        while ((await queries.StateAsync()).Last?.Id == before.Id)
        {
            pages.AddRange(await WaitsAsync(reader, page, 1));
            peak = Math.Max(peak, app.WorkingSet);
            await Task.Delay(100);
            if (clock.Elapsed > Longest)
                throw new TimeoutException("After ten minutes no other snapshot was there.");
        }

        var last = (await queries.StateAsync()).Last!;
        var seconds = last.Duration.TotalSeconds;

        // On a machine that others use as well, the processor's time beside it says what it takes by itself: it is one thread's work.
        var all = (app.ProcessorTime - processor).TotalSeconds;
        var alone = Math.Max(0, all - (ofAPage * pages.Count));
        Console.WriteLine($"{last.Touches,12:N0} touches of {last.People:N0} people, {last.Conversions:N0} conversions, {last.Bytes / 1_048_576.0:N1} MB of blocks");
        Console.WriteLine($"{seconds,12:N1} s of work by the clock (bound {MostSeconds} s), {clock.Elapsed.TotalSeconds:N1} s from asking to the answer");
        Console.WriteLine($"{alone,12:N1} s of the processor, about, with the {pages.Count} pages answered meanwhile {all:N1} s");
        Console.WriteLine($"{peak / 1_048_576.0,12:N0} MB working set at most, {memory / 1_048_576.0:N0} MB before");
        Console.WriteLine($"{P95(pages),12:N0} ms p95 of {page} meanwhile over {pages.Count} readings (bound {MostMs} ms), {P95(quiet):N0} ms while nothing happens");
        await AnswersAsync(services, queries);
        return seconds <= MostSeconds && P95(pages) <= MostMs;
    }

    private static async Task AnswersAsync(ServiceProvider services, AttributionQueries queries)
    {
        var company = await services.GetRequiredService<CompanyProfile>().CurrentAsync();
        var today = company.DayOf(DateTimeOffset.UtcNow);
        var question = new AttributionQuestion { Period = Period.Ending(today, 90) };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"answer",-44} {"first ms",9} {"again ms",9}"));
        await TimeAsync("load the snapshot, one question", () => queries.LagsAsync(question));
        await TimeAsync("all models, 90 days", () => queries.CompareAsync(question));
        await TimeAsync("all models, a year, 30 days' look-back", () => queries.CompareAsync(question with { Period = Period.Ending(today, 365), LookBackDays = 30 }));
        await TimeAsync("campaigns of a channel, linear", () => queries.CampaignsAsync(question with { Model = AttributionModel.Linear }, "paid_search"));
        await TimeAsync("journeys of a channel, Markov", () => queries.JourneysAsync(question with { Model = AttributionModel.Markov2 }, new() { Channel = "paid_search" }));
        await TimeAsync("paths", () => queries.PathsAsync(question, new()));
        await TimeAsync("stages", () => queries.StagesAsync(question));
        await TimeAsync("why this number", () => queries.WhyAsync(question, "paid_social"));

        var pending = Stopwatch.StartNew();
        while ((await queries.CompareAsync(question))!.IntervalsPending && pending.Elapsed < TimeSpan.FromMinutes(5))
            await Task.Delay(200);
        Console.WriteLine($"{pending.Elapsed.TotalSeconds,12:N1} s more until the intervals of all models were there, behind the pages");
    }

    private static async Task TimeAsync<T>(string name, Func<Task<T>> ask)
    {
        var times = new List<double>();
        for (var time = 0; time < 5; time++)
        {
            var begun = Stopwatch.GetTimestamp();
            await ask();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {times[0],9:N0} {times.Skip(1).Min(),9:N1}"));
    }

    private static async Task<List<double>> WaitsAsync(Visitor reader, string page, int times)
    {
        var waits = new List<double>();
        for (; times > 0; times--)
        {
            var begun = Stopwatch.GetTimestamp();
            await reader.GetAsync(page);
            waits.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return waits;
    }

    private static double P95(List<double> waits)
    {
        waits.Sort();
        return waits.Count == 0 ? 0 : waits[waits.Count * 95 / 100];
    }
}
