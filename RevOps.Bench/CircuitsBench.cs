using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Spend;
using RevOps.Web.Shared;

namespace RevOps.Bench;

/// <summary>
/// Two hundred people before the Overview while a sale and its ad spend come in every second: how long it takes from the sending of the
/// events until the new spend stands on each screen, and what an open page costs in memory. Screens and senders share the machine with the app.
/// </summary>
internal static class CircuitsBench
{
    private const int Pages = 200;
    private const int Seconds = 60;
    private const double MostMs = 1_000;
    private const double MostBytes = 1024 * 1024;
    private static readonly string[] Readers = [Roles.Finance, Roles.Marketing, Roles.Management, Roles.Admin];

    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        await using var app = await AppProcess.StartAsync(await SeededFolder.Year.CopyAsync());
        var (spent, culture) = (await SpentAsync(app.DataFolder), CultureInfo.GetCultureInfo(Culture.FormatsOf("en")));
        var visitors = await Task.WhenAll(Readers.Select(role => Visitor.SignInAsync(app.Address, role)));

        // What the first page needs for all others does not belong to any one of them.
        await using (await OpenAsync(visitors[0]))
            await Task.Delay(TimeSpan.FromSeconds(3));

        var before = await app.MemoryAsync();
        var circuits = new List<Circuit>();
        for (var number = 0; number < Pages; number++)
            circuits.Add(await OpenAsync(visitors[number % visitors.Length]));
        await Task.Delay(TimeSpan.FromSeconds(5));
        var open = await app.MemoryAsync();

        var times = new List<double>();
        var (commits, missed, cpu, watch) = (new List<double>(), 0, app.ProcessorTime, Stopwatch.StartNew());
        using (var flow = new EventFlow(app))
        using (var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)))
        {
            for (var second = 1; second <= Seconds && await timer.WaitForNextTickAsync(); second++)
            {
                var screens = circuits.ConvertAll(circuit => circuit.SeesAsync(Culture.Text(new Money(spent + second, "EUR"), culture)));
                var (sent, committed) = await flow.SendAsync();
                commits.Add(Stopwatch.GetElapsedTime(sent, committed).TotalMilliseconds);
                await Task.WhenAny(Task.WhenAll(screens), Task.Delay(TimeSpan.FromSeconds(10)));

                // A page that has failed will see nothing more: say why.
                if (screens.Find(screen => screen.IsFaulted) is { } failed)
                    await failed;
                missed += screens.Count(screen => !screen.IsCompletedSuccessfully);
                times.AddRange(screens.Where(screen => screen.IsCompletedSuccessfully).Select(screen => Stopwatch.GetElapsedTime(sent, screen.Result).TotalMilliseconds));
            }
        }

        var (used, took) = (app.ProcessorTime - cpu, watch.Elapsed);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var after = await app.MemoryAsync();
        var good = Print(times, commits, missed, (used, took), (before, open, after), circuits);
        foreach (var circuit in circuits)
            await circuit.DisposeAsync();
        foreach (var visitor in visitors)
            visitor.Dispose();
        return good;
    }

    private static bool Print(List<double> times, List<double> commits, int missed, (TimeSpan Used, TimeSpan Took) cpu, (Memory Before, Memory Open, Memory After) memory, List<Circuit> circuits)
    {
        times.Sort();
        commits.Sort();
        var (heap, busy) = ((double)(memory.Open.Heap - memory.Before.Heap) / Pages, (double)(memory.After.Heap - memory.Before.Heap) / Pages);
        Console.WriteLine($"{Pages} open Overviews, {Seconds} seconds with a sale and its ad spend each, {circuits.Sum(circuit => (long)circuit.Batches)} batches of {circuits.Sum(circuit => circuit.Bytes) / 1024} KB");
        Console.WriteLine($"event sent to committed        p50 {commits[commits.Count / 2],8:N0} ms   p95 {commits[commits.Count * 95 / 100],8:N0} ms");
        Console.WriteLine($"event sent to on the screen    p50 {At(times, 50),8:N0} ms   p95 {At(times, 95),8:N0} ms   aim ≤ {MostMs:N0} ms   never seen {missed}");
        Console.WriteLine($"app                            {cpu.Used / cpu.Took:N2} cores, {cpu.Used.TotalMilliseconds / Seconds:N0} ms of CPU for each event and its {Pages} pages");
        Console.WriteLine($"managed heap after collection  {memory.Before.Heap / 1e6,8:N1} MB without, {memory.Open.Heap / 1e6:N1} MB open, {memory.After.Heap / 1e6:N1} MB after the events");
        Console.WriteLine($"  per page                     {heap / 1024,8:N0} KB open, {busy / 1024:N0} KB after the events   aim ≤ {MostBytes / 1024:N0} KB");
        Console.WriteLine($"working set after collection   {memory.Before.WorkingSet / 1e6,8:N1} MB without, {memory.Open.WorkingSet / 1e6:N1} MB open, {memory.After.WorkingSet / 1e6:N1} MB after the events");
        Console.WriteLine($"  per page                     {(memory.Open.WorkingSet - memory.Before.WorkingSet) / 1024d / Pages,8:N0} KB open, {(memory.After.WorkingSet - memory.Before.WorkingSet) / 1024d / Pages:N0} KB after the events");
        return missed == 0 && At(times, 95) <= MostMs && Math.Max(heap, busy) <= MostBytes;
    }

    private static double At(List<double> sorted, int percent) => sorted.Count == 0 ? double.PositiveInfinity : sorted[sorted.Count * percent / 100];

    /// <summary>A page counts as open once nothing new has come for a moment.</summary>
    private static async Task<Circuit> OpenAsync(Visitor visitor)
    {
        var circuit = await Circuit.OpenAsync(visitor, "/");
        for (var tries = 0; tries < 300 && (circuit.Batches == 0 || Stopwatch.GetElapsedTime(circuit.LastAt) < TimeSpan.FromMilliseconds(60)); tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        return circuit.Batches > 0 ? circuit : throw new TimeoutException("The page did not become live.");
    }

    /// <summary>The ad spend that the Overview shows before the first event.</summary>
    private static async Task<long> SpentAsync(string folder)
    {
        await using var services = SeededFolder.Over(folder);
        var today = (await services.GetRequiredService<CompanyProfile>().CurrentAsync()).DayOf(DateTimeOffset.UtcNow);
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        var first = Period.Ending(today, 30).From;
        return await db.Set<AdSpend>().Where(row => row.Day >= first && row.Day <= today).SumAsync(row => row.CostMinor);
    }
}
