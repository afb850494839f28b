using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>
/// How many calls were refused, by connector and day: a number, and nothing of the calls. Counted in memory and written when somebody looks,
/// every few seconds and when the process ends, so that a flood of forged calls is no flood of writes. What was counted in the last seconds dies with a
/// process that is killed.
/// </summary>
public sealed class RefusedHooks(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, TimeProvider clock, ILogger<RefusedHooks> log) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(string Connector, DateOnly Day), long> waiting = new();
    private readonly CancellationTokenSource ended = new();
    private long writtenAt;
    private int waits;
    private Task writing = Task.CompletedTask;

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

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await writing;
        await TryWriteAsync();
        ended.Dispose();
    }

    private async Task TryCountAsync(string connector, CancellationToken cancel)
    {
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        waiting.AddOrUpdate((connector, today), 1, (_, count) => count + 1);
        var last = Interlocked.Read(ref writtenAt);
        if (TimeProvider.System.GetElapsedTime(last) > Pause && Interlocked.CompareExchange(ref writtenAt, TimeProvider.System.GetTimestamp(), last) == last)
            await WriteAsync(cancel);
        else if (Interlocked.Exchange(ref waits, 1) == 0)
            writing = Task.Run(WriteLaterAsync, CancellationToken.None);
    }

    private async Task WriteLaterAsync()
    {
        try
        {
            await Task.Delay(Pause, TimeProvider.System, ended.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // Whoever ends it writes.
            return;
        }

        // From here on what is counted asks for the next writing.
        Interlocked.Exchange(ref waits, 0);
        await TryWriteAsync();
    }

    private async Task TryWriteAsync()
    {
        try
        {
            await WriteAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // A number less is no reason to fail.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogWarning(error, "Refused calls could not be written down yet");
        }
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
