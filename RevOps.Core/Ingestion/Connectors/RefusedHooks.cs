using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>
/// How many calls were refused, by connector and day: a number, and nothing of the calls. Counted in memory and written when somebody looks or
/// every few seconds, so that a flood of forged calls is no flood of writes.
/// </summary>
public sealed class RefusedHooks(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(string Connector, DateOnly Day), long> waiting = new();
    private long writtenAt;

    public async Task CountAsync(string connector, CancellationToken cancel)
    {
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        waiting.AddOrUpdate((connector, today), 1, (_, count) => count + 1);
        var last = Interlocked.Read(ref writtenAt);
        if (TimeProvider.System.GetElapsedTime(last) > Pause && Interlocked.CompareExchange(ref writtenAt, TimeProvider.System.GetTimestamp(), last) == last)
            await WriteAsync(cancel);
    }

    /// <summary>By connector, of today.</summary>
    public async Task<IReadOnlyDictionary<string, long>> TodayAsync(CancellationToken cancel)
    {
        await WriteAsync(cancel);
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<HookRefusal>().Where(row => row.Day == today).ToDictionaryAsync(row => row.Connector, row => row.Count, StringComparer.Ordinal, cancel);
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        foreach (var key in waiting.Keys)
        {
            if (!waiting.TryRemove(key, out var count))
                continue;
            await using var db = await databases.CreateDbContextAsync(cancel);
            await db.BeginWorkAsync(cancel);
            if (await db.Set<HookRefusal>().SingleOrDefaultAsync(row => row.Connector == key.Connector && row.Day == key.Day, cancel) is { } known)
                known.Count += count;
            else
                db.Add(new HookRefusal { Id = Guid.CreateVersion7(), Connector = key.Connector, Day = key.Day, Count = count });
            await db.SaveChangesAsync(cancel);
        }
    }
}
