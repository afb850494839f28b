using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Bench;

/// <summary>
/// A million touches of two hundred thousand people, stored and not joined yet, as after a weekend without the joiner: how long the app, in a process
/// of its own, takes to put them on their people's journeys, how much memory it takes, and what a reader waits for pages meanwhile. Then who was
/// joined is laid beside who is who. Bounds: 60 s, precision 99.9 %.
/// </summary>
internal static class IdentityBench
{
    private const double MostSeconds = 60;
    private const double LeastPrecision = 0.999;

    // As five people would who each look at a page for some seconds.
    private static readonly TimeSpan ReaderComesBack = TimeSpan.FromSeconds(1);

    /// <param name="args">Touches and people; a million and two hundred thousand when left out.</param>
    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        var touches = args.Count > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var people = args.Count > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : touches / 5;
        var world = new IdentityWorld(people, touches);
        var folder = Directory.CreateTempSubdirectory("revops-bench-").FullName;
        await StoreAsync(folder, world, touches);

        var (seconds, pages, peak, (precision, right, wrong, recall, recallOfKnown)) = await JoinAsync(folder, world);

        pages.Sort();
        Console.WriteLine($"{touches,12:N0} touches of {people:N0} people");
        Console.WriteLine($"{seconds,12:N1} s until all were joined (bound {MostSeconds} s), {touches / seconds:N0} a second");
        Console.WriteLine($"{peak / 1_048_576.0,12:N0} MB working set at most");
        Console.WriteLine($"{pages.Count,12:N0} pages answered meanwhile: p50 {pages[pages.Count / 2]:N0} ms, p95 {pages[pages.Count * 95 / 100]:N0} ms, slowest {pages[^1]:N0} ms");
        Console.WriteLine($"{right + wrong,12:N0} pairs of browsers joined, {wrong:N0} of them of two people: precision {precision:P3} (bound {LeastPrecision:P1})");
        Console.WriteLine($"{recall,12:P1} recall over all pairs of one person's browsers; {recallOfKnown:P1} of those whose owner ever says who they are");
        return seconds <= MostSeconds && precision >= LeastPrecision;
    }

    /// <summary>Through the one door, without the engine that would join them.</summary>
    private static async Task StoreAsync(string folder, IdentityWorld world, int touches)
    {
        await using var services = SeededFolder.Over(folder, whole: true);
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        var (receiver, clock, stored) = (services.GetRequiredService<EventReceiver>(), Stopwatch.StartNew(), 0);
        foreach (var batch in world.Events().Chunk(1_000))
        {
            var results = await receiver.ReceiveAsync(batch, dryRun: false, CancellationToken.None);
            stored += results.Count(result => result.Status == "accepted");
        }

        if (stored != touches)
            throw new InvalidOperationException($"{stored} of {touches} touches were taken.");
        using var self = Process.GetCurrentProcess();
        await Console.Error.WriteLineAsync($"{touches:N0} touches stored in {clock.Elapsed.TotalSeconds:N0} s, {self.TotalProcessorTime.TotalSeconds:N0} s of a processor.");
        SqliteConnection.ClearAllPools();
    }

    private static async Task<(double Seconds, List<double> Pages, long PeakBytes, Likeness Likeness)> JoinAsync(string folder, IdentityWorld world)
    {
        await using var app = await AppProcess.StartAsync(folder);
        using var reader = await Visitor.SignInAsync(app.Address, Roles.Marketing);
        var started = app.Age;
        await using var services = SeededFolder.Over(folder);
        var (pages, peak) = (new List<double>(), 0L);
        while (await LeftAsync(services) > 0)
        {
            var begun = Stopwatch.GetTimestamp();
            await reader.GetAsync("/journeys");
            pages.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            peak = Math.Max(peak, app.WorkingSet);
            await Task.Delay(ReaderComesBack);
            if (app.Age > TimeSpan.FromMinutes(15))
                throw new TimeoutException("After a quarter of an hour some touches stood on no journey.");
        }

        // The app joins from its first second on; its start is measured with it.
        var seconds = app.Age.TotalSeconds;
        await Console.Error.WriteLineAsync($"The app was up after {started.TotalSeconds:N1} s; it took {app.ProcessorTime.TotalSeconds:N0} s of a processor.");
        return (seconds, pages, peak, await CompareAsync(folder, world));
    }

    private static async Task<int> LeftAsync(ServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        return await db.Set<ReceivedEvent>().Where(row => row.Type == TouchReceived.Type && row.Status == EventStatus.Stored).Take(1).CountAsync();
    }

    private static async Task<Likeness> CompareAsync(string folder, IdentityWorld world)
    {
        await using var services = SeededFolder.Over(folder);
        var vault = services.GetRequiredService<Vault>();
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        var groupOf = (await (from key in db.Set<IdentityKey>() join person in db.Set<Person>() on key.PersonId equals person.Id where key.Kind == IdentityKeyKind.Visitor select new { key.Hash, person.CanonicalId }).ToListAsync())
            .ToDictionary(row => new KeyHash(row.Hash), row => row.CanonicalId);

        var groups = new Dictionary<Guid, List<int>>();
        var (truePairs, found, knownPairs, knownFound) = (0L, 0L, 0L, 0L);
        for (var person = 0; person < world.People; person++)
        {
            var devices = Enumerable.Range(0, IdentityWorld.DevicesOf(person)).Select(device => new KeyHash(vault.LookupHash(nameof(IdentityKeyKind.Visitor), IdentityWorld.VisitorOf(person, device))))
                .Where(groupOf.ContainsKey).Select(hash => groupOf[hash]).ToList();
            devices.ForEach(group => (groups.TryGetValue(group, out var owners) ? owners : groups[group] = []).Add(person));
            var pairs = devices.SelectMany((one, index) => devices.Skip(index + 1).Select(other => one == other)).ToList();
            (truePairs, found) = (truePairs + pairs.Count, found + pairs.Count(joined => joined));
            if (IdentityWorld.IsKnown(person))
                (knownPairs, knownFound) = (knownPairs + pairs.Count, knownFound + pairs.Count(joined => joined));
        }

        var joined = groups.Values.Where(owners => owners.Count > 1).Sum(owners => Pairs(owners.Count));
        var right = groups.Values.Where(owners => owners.Count > 1).Sum(owners => owners.GroupBy(owner => owner).Sum(group => Pairs(group.Count())));
        return new(joined == 0 ? 1 : right / (double)joined, right, joined - right, found / (double)truePairs, knownFound / (double)knownPairs);
    }

    /// <summary>Of pairs of browsers: which were joined, and which should have been.</summary>
    private readonly record struct Likeness(double Precision, long Right, long Wrong, double Recall, double RecallOfKnown);

    private static long Pairs(int count) => count * (count - 1L) / 2;
}
