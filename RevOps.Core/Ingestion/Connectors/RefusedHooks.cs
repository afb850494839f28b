using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>
/// How many calls were refused, by connector and day: a number, and nothing of the calls. Counted in memory and written when somebody looks or
/// every few seconds, so that a flood of forged calls is no flood of writes.
/// </summary>
public sealed class RefusedHooks(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, TimeProvider clock, ILogger<RefusedHooks> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(string Connector, DateOnly Day), long> waiting = new();
    private long writtenAt;

    /// <summary>Counting never changes the answer: what cannot be written now is written with a later one.</summary>
    public async Task CountAsync(string connector, CancellationToken cancel)
    {
        try
        {
            await TryCountAsync(connector, cancel);
        }
#pragma warning disable CA1031 // Two counted at once, the database is busy or away, the caller has hung up: none of it is a reason for another answer.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogWarning(error, "A refused call could not be counted yet");
        }
    }

    private async Task TryCountAsync(string connector, CancellationToken cancel)
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
            var isWritten = false;
            try
            {
                await AddAsync(key.Connector, key.Day, count, cancel);
                isWritten = true;
            }
            finally
            {
                if (!isWritten)
                    waiting.AddOrUpdate(key, count, (_, counted) => counted + count);
            }
        }
    }

    private async Task AddAsync(string connector, DateOnly day, long count, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<HookRefusal>().SingleOrDefaultAsync(row => row.Connector == connector && row.Day == day, cancel) is { } known)
            known.Count += count;
        else
            db.Add(new HookRefusal { Id = Guid.CreateVersion7(), Connector = connector, Day = day, Count = count });
        await db.SaveChangesAsync(cancel);
    }
}
