using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Bench;

/// <summary>
/// A hundred thousand conversions from due rows to stored outcomes, both platforms counted together: how many a second the app sends, in a
/// process of its own, the platforms' stand-ins in another. Then again with one event in twenty bad, one answer in ten a refusal for haste, and
/// one in ten lost: whether every good one was counted once by its event id, and every bad one is named. Bounds: 5,000 a second where nothing
/// goes wrong, and a gigabyte of memory in either run.
/// </summary>
internal static class ConversionsBench
{
    private const double Least = 5_000;
    private const long MostBytes = 1L << 30;
    private const int OfOnePerson = 4;
    private const int PeopleAtOnce = 10_000;

    /// <summary>Sent before the clock starts, so that the runtime has compiled what it will run.</summary>
    private const int Warmup = 6_000;

    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddDays(1);

    /// <summary>Where much goes wrong most calls are made to find the bad ones.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <param name="args">Conversions of the calm run, a hundred thousand when left out, and of the stormy one, as many; 0 leaves it out.</param>
    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        var count = args.Count > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var stormy = args.Count > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : count;
        var calm = await MeasureAsync(count, badPercent: 0, []);
        var storm = stormy == 0 ? calm : await MeasureAsync(stormy, badPercent: 5, Storm());
        return calm.Rate >= Least && calm is { IsWhole: true, PeakBytes: <= MostBytes } && storm is { IsWhole: true, PeakBytes: <= MostBytes };
    }

    private static JsonArray Storm() =>
    [
        new JsonObject { ["route"] = "POST /*", ["kind"] = "429", ["count"] = -1, ["probability"] = 0.1, ["seed"] = 1, ["retryAfterSeconds"] = 0 },
        new JsonObject { ["route"] = "POST /*", ["kind"] = "drop", ["count"] = -1, ["probability"] = 0.1, ["seed"] = 2 },
    ];

    private static async Task<Outcome> MeasureAsync(int count, int badPercent, JsonArray faults)
    {
        var (folder, sandboxFolder) = (Directory.CreateTempSubdirectory("revops-bench-").FullName, Directory.CreateTempSubdirectory("revops-bench-").FullName);
        await using var sandbox = OnceProcess.Start("RevOps.Sandbox", ["--folder", sandboxFolder, "--stripe-port", "0", "--meta-port", "0", "--google-port", "0", "--google-result-delay", "0:00:01"], new Dictionary<string, string>(StringComparer.Ordinal));
        var addresses = JsonNode.Parse(await sandbox.FirstLineAsync())!;
        using var meta = new HttpClient { BaseAddress = new((string)addresses["meta"]!) };
        using var google = new HttpClient { BaseAddress = new((string)addresses["google"]!) };
        var (good, bad) = await SeedAsync(folder, count, badPercent);
        await using (var app = await AppProcess.StartAsync(folder, Connections(addresses, sandboxFolder)))
        {
            if (badPercent == 0)
            {
                await SendAsync(app, folder);
                await MakeDueAsync(folder);
            }

            using var armed = await meta.PutAsJsonAsync(new Uri("/_sandbox/faults", UriKind.Relative), faults);
            armed.EnsureSuccessStatusCode();
            var before = sandbox.ProcessorTime;
            var run = await SendAsync(app, folder);
            Print(count, badPercent, run, sandbox.ProcessorTime - before);
            var isWhole = await CompareAsync(folder, good, bad, [(AdPlatform.Meta, meta), (AdPlatform.Google, google)]);
            return new(count / run.Told.TotalSeconds, run.PeakBytes, isWhole);
        }
    }

    private static Dictionary<string, string> Connections(JsonNode addresses, string sandboxFolder) => new(StringComparer.Ordinal)
    {
        ["Meta__DatasetId"] = "1234567890",
        ["Meta__AccessToken"] = "bench",
        ["Meta__ApiBase"] = (string)addresses["meta"]!,
        ["Google__CustomerId"] = "1234567890",
        ["Google__ServiceAccountKeyFile"] = Path.Combine(sandboxFolder, "google-service-account.json"),
        ["Google__ApiBase"] = (string)addresses["google"]!,
        ["Google__ConversionActions__Lead"] = "1001",
        ["Google__ConversionActions__Booked"] = "1003",
    };

    private static async Task<(HashSet<(AdPlatform, string)> Good, HashSet<(AdPlatform, string)> Bad)> SeedAsync(string folder, int count, int badPercent)
    {
        await using var services = SeededFolder.Over(folder, whole: true);
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        var (vault, databases) = (services.GetRequiredService<Vault>(), services.GetRequiredService<IDbContextFactory<RevOpsDb>>());
        byte[] key;
        await using (var db = await databases.CreateDbContextAsync())
        {
            key = await vault.KeyAsync(db, DataKey.Company);
            await db.SaveChangesAsync();
        }

        var (good, bad, people) = (new HashSet<(AdPlatform, string)>(), new HashSet<(AdPlatform, string)>(), (count + (badPercent == 0 ? Warmup : 0)) / OfOnePerson);
        var world = new ConversionWorld(vault, await services.GetRequiredService<CompanyProfile>().CurrentAsync(), key, DateTimeOffset.UtcNow);
        for (var from = 0; from < people; from += PeopleAtOnce)
        {
            world.Add(from, Math.Min(PeopleAtOnce, people - from), badPercent);

            // Those that come first warm up the app; the others are not due until it is warm.
            if (badPercent == 0)
                world.Conversions.Skip(from == 0 ? Warmup : 0).ToList().ForEach(conversion => conversion.Queue(Later));
            await using var db = await databases.CreateDbContextAsync();
            await db.BeginWorkAsync(CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync();
            await world.InsertAsync(db, withCustomer: from == 0);
            await transaction.CommitAsync();
            bad.UnionWith(world.Bad);
            good.UnionWith(world.Conversions.Select(conversion => (conversion.Platform, conversion.EventId)).Where(id => !world.Bad.Contains(id)));
            world.Conversions.Clear();
        }

        SqliteConnection.ClearAllPools();
        return (good, bad);
    }

    /// <summary>From the asking on: the app's own sweep finds it within a second, as it finds what another node asked for.</summary>
    private static async Task<Run> SendAsync(AppProcess app, string folder)
    {
        await using var services = SeededFolder.Over(folder, whole: true);
        var (databases, start) = (services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), DateTimeOffset.UtcNow);
        await using (var db = await databases.CreateDbContextAsync())
        {
            foreach (var platform in Enum.GetValues<AdPlatform>())
                await ConversionQueue.AskAsync(db, platform, start, CancellationToken.None);
            await db.SaveChangesAsync();
        }

        var (clock, cpu, peak, told) = (Stopwatch.StartNew(), app.ProcessorTime, 0L, (TimeSpan?)null);
        while (true)
        {
            await Task.Delay(250);
            peak = Math.Max(peak, app.WorkingSet);
            await using var db = await databases.CreateDbContextAsync();
            if (await db.Set<Conversion>().Where(row => row.Platform == AdPlatform.Meta && row.DueAt < Later).Take(1).CountAsync() + await db.Set<Conversion>().Where(row => row.Platform == AdPlatform.Google && row.DueAt < Later).Take(1).CountAsync() == 0)
            {
                told ??= clock.Elapsed;
                if (await db.Set<Conversion>().Where(row => row.Status == ConversionStatus.Received).Take(1).CountAsync() == 0)
                    return new(clock.Elapsed, told.Value, app.ProcessorTime - cpu, peak, await db.Set<ConversionBatch>().CountAsync(batch => batch.SentAt > start), await db.Set<ConversionBatch>().Where(batch => batch.SentAt > start).SumAsync(batch => batch.Attempts));
            }

            if (clock.Elapsed > Patience)
                throw new TimeoutException($"After {Patience.TotalMinutes:N0} minutes some conversions had no outcome.");
        }
    }

    /// <summary>What was seeded for later is due now.</summary>
    private static async Task MakeDueAsync(string folder)
    {
        await using var services = SeededFolder.Over(folder, whole: true);
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        await db.WriteAsync(() => db.Set<Conversion>().Where(row => row.DueAt >= Later).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, row => row.OccurredAt)), CancellationToken.None);
    }

    private static void Print(int count, int badPercent, Run run, TimeSpan sandbox)
    {
        Console.WriteLine(badPercent == 0 ? $"{count,12:N0} conversions, half of them each platform's" : $"{count,12:N0} conversions, {badPercent} % of them bad, 10 % of answers 429, 10 % lost");
        Console.WriteLine($"{count / run.Told.TotalSeconds,12:N0} a second until each was told and its answer stored ({run.Told.TotalSeconds:N1} s{(badPercent == 0 ? $"; bound {Least:N0}" : "")})");
        Console.WriteLine($"{count / run.All.TotalSeconds,12:N0} a second until Google’s results were stored as well, the first wait of 3 s included ({run.All.TotalSeconds:N1} s)");
        Console.WriteLine($"{run.Processor.TotalSeconds,12:N1} s of processor in the app, {run.Processor.TotalSeconds * 1_000_000 / count:N0} µs each; {sandbox.TotalSeconds:N1} s in the stand-ins on the same cores");
        Console.WriteLine($"{run.PeakBytes / 1_048_576.0,12:N0} MB working set at most (bound {MostBytes / 1_048_576.0:N0})");
        Console.WriteLine($"{run.Attempts,12:N0} calls of {run.Requests:N0} requests");
    }

    private static async Task<bool> CompareAsync(string folder, HashSet<(AdPlatform, string)> good, HashSet<(AdPlatform, string)> bad, IReadOnlyList<(AdPlatform Platform, HttpClient Server)> servers)
    {
        var counted = new List<(AdPlatform, string)>();
        var again = 0L;
        foreach (var (platform, server) in servers)
        {
            // "dataset|name|event id" and "account|action|transaction id": of these stages the transaction id is the event id.
            var received = (await server.GetFromJsonAsync<Dictionary<string, long>>(new Uri("/_sandbox/received", UriKind.Relative)))!;
            counted.AddRange(received.Keys.Select(id => (platform, id[(id.LastIndexOf('|') + 1)..])));
            again += received.Values.Sum() - received.Count;
        }

        await using var services = SeededFolder.Over(folder, whole: true);
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        var stored = (await db.Set<Conversion>().Select(row => new { row.Platform, row.EventId, row.Status, row.Reason }).ToListAsync()).ToDictionary(row => (row.Platform, row.EventId), row => (row.Status, row.Reason));
        var once = counted.GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
        var lost = good.Count(id => once.GetValueOrDefault(id) == 0);
        var twice = once.Count(id => id.Value > 1);
        var stray = once.Keys.Count(id => !good.Contains(id));
        var unsaid = good.Count(id => stored[id].Status != ConversionStatus.Delivered);
        var unnamed = bad.Count(id => stored[id] is not { Status: ConversionStatus.Rejected, Reason: { Length: > 0 } });
        Console.WriteLine($"{good.Count,12:N0} good: {lost:N0} lost, {twice:N0} counted twice, {unsaid:N0} not known as delivered; {again:N0} came once more and were counted once");
        Console.WriteLine($"{bad.Count,12:N0} bad: {unnamed:N0} not named, {stray:N0} counted");
        Console.WriteLine();
        return lost + twice + stray + unsaid + unnamed == 0;
    }

    /// <param name="Rate">Told a second.</param>
    private sealed record Outcome(double Rate, long PeakBytes, bool IsWhole);

    /// <param name="All">Until everything was judged.</param>
    /// <param name="Told">Until everything was told.</param>
    private sealed record Run(TimeSpan All, TimeSpan Told, TimeSpan Processor, long PeakBytes, int Requests, int Attempts);
}
