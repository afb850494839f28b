using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Platform.Outbox;

/// <summary>Claims due rows, one conditional update each, runs their jobs, and writes down how each run ended.</summary>
public sealed class OutboxRelay(
    IDbContextFactory<RevOpsDb> databases, OutboxJobs jobs, OutboxWake wake, IServiceScopeFactory scopes, ChangeFeed feed, TimeProvider clock,
    ILogger<OutboxRelay> log)
{
    /// <summary>Runs side by side in one process: enough to hide a slow platform, few enough for one database writer.</summary>
    public const int Workers = 4;

    private const int Page = 16;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>This process, among those that may share the database.</summary>
    private readonly Guid node = Guid.NewGuid();
    private readonly HashSet<string> busyLanes = [];

    /// <summary>Runs what is due, and what that makes due, until nothing is left; how many runs it took.</summary>
    public async Task<int> DrainAsync(CancellationToken cancel = default)
    {
        var total = 0;
        while (true)
        {
            var runs = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancel)));
            if (runs.Sum() == 0)
                return total;
            total += runs.Sum();
        }
    }

    /// <summary>One worker: claims and runs row after row until nothing is due; how many it ran.</summary>
    public async Task<int> WorkAsync(CancellationToken cancel)
    {
        var runs = 0;
        while (await ClaimNextAsync(cancel) is { } row)
        {
            // Where one row was due there may be more: wake a colleague.
            wake.Ring();
            try
            {
                await RunAsync(row, cancel);
                runs++;
            }
            finally
            {
                Leave(row.Lane);
            }
        }

        return runs;
    }

    /// <summary>
    /// Gives back what a process that is gone had claimed. Only where no other process can hold the database: elsewhere the lease decides.
    /// </summary>
    public async Task ReleaseAllAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.WriteAsync(() => db.Set<OutboxRow>().Where(row => row.State == OutboxState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OutboxState.Waiting), cancel), cancel);
    }

    private async Task<OutboxRow?> ClaimNextAsync(CancellationToken cancel)
    {
        foreach (var candidate in await DueAsync(cancel))
        {
            if (!Enter(candidate.Lane))
                continue;
            OutboxRow? row = null;
            try
            {
                row = await ClaimAsync(candidate, cancel);
                if (row is not null)
                    return row;
            }
            finally
            {
                if (row is null)
                    Leave(candidate.Lane);
            }
        }

        return null;
    }

    private async Task<List<OutboxRow>> DueAsync(CancellationToken cancel)
    {
        string[] busy;
        lock (busyLanes)
            busy = [.. busyLanes];

        await using var db = await databases.CreateDbContextAsync(cancel);
        var (now, leaseNow) = (clock.GetUtcNow(), TimeProvider.System.GetUtcNow());
        return await db.Set<OutboxRow>().AsNoTracking()
            .Where(row => (row.State == OutboxState.Waiting && row.NotBefore <= now) || (row.State == OutboxState.Running && row.LeaseUntil < leaseNow))
            .Where(row => row.Lane == null || !busy.Contains(row.Lane))
            .OrderBy(row => row.NotBefore).ThenBy(row => row.RecordedAt)
            .Take(Page).ToListAsync(cancel);
    }

    private async Task<OutboxRow?> ClaimAsync(OutboxRow candidate, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (now, leaseNow) = (clock.GetUtcNow(), TimeProvider.System.GetUtcNow());
        var all = db.Set<OutboxRow>();
        var mine = all.Where(row => row.Id == candidate.Id
            && ((row.State == OutboxState.Waiting && row.NotBefore <= now) || (row.State == OutboxState.Running && row.LeaseUntil < leaseNow))
            && (row.Lane == null || !all.Any(other => other.Lane == row.Lane && other.Id != row.Id && other.State == OutboxState.Running && other.LeaseUntil >= leaseNow)));

        var claimed = await db.WriteAsync(() => mine.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, OutboxState.Running)
            .SetProperty(row => row.ClaimedBy, node)
            .SetProperty(row => row.LeaseUntil, leaseNow + Lease)
            .SetProperty(row => row.Attempts, row => row.Attempts + 1), cancel), cancel);
        if (claimed == 0)
            return null;

        feed.Publish(nameof(OutboxRow));
        return await all.AsNoTracking().SingleAsync(row => row.Id == candidate.Id, cancel);
    }

    private async Task RunAsync(OutboxRow row, CancellationToken cancel)
    {
        using var renewal = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var renewing = RenewAsync(row.Id, renewal.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var job = (IOutboxJob)scope.ServiceProvider.GetRequiredService(jobs.TypeOf(row.Job));
            var result = await job.RunAsync(row, cancel);
            await EndAsync(row, result, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The host stops: the row is given back for the next start instead of waiting for its lease.
            await EndAsync(row, OutboxResult.Wait("stopped with the host", TimeSpan.Zero), CancellationToken.None);
            throw;
        }
        catch (Exception parked) when (parked is IParksWork)
        {
            await EndAsync(row, OutboxResult.Wait(parked.Message, TimeSpan.FromSeconds(Math.Max(1, (((IParksWork)parked).RetryAt - TimeProvider.System.GetUtcNow()).TotalSeconds))), cancel);
        }
#pragma warning disable CA1031 // Whatever a job throws is its outcome: stored, shown and tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogWarning(error, "Job {Job} {Key} failed on attempt {Attempt}", row.Job, row.Key, row.Attempts);
            await EndAsync(row, OutboxResult.Retry($"{error.GetType().Name}: {error.Message}", BackOff(row.Attempts)), cancel);
        }
        finally
        {
            await renewal.CancelAsync();
            await renewing;
        }
    }

    private async Task EndAsync(OutboxRow row, OutboxResult result, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var mine = db.Set<OutboxRow>().Where(r => r.Id == row.Id && r.State == OutboxState.Running && r.ClaimedBy == node);
        var reason = result.Reason is { Length: > 1_000 } long_ ? long_[..1_000] : result.Reason;
        var (state, endedAt) = result.IsDone ? (OutboxState.Done, TimeProvider.System.GetUtcNow()) : (OutboxState.Waiting, (DateTimeOffset?)null);
        var next = clock.GetUtcNow() + result.Again;

        await db.WriteAsync(() => mine.ExecuteUpdateAsync(set => set
            .SetProperty(r => r.State, state)
            .SetProperty(r => r.EndedAt, endedAt)
            .SetProperty(r => r.NotBefore, r => state == OutboxState.Done ? r.NotBefore : next)
            .SetProperty(r => r.LastError, reason)
            .SetProperty(r => r.Held, result.Held), cancel), cancel);
        feed.Publish(nameof(OutboxRow));
    }

    private async Task RenewAsync(Guid id, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Lease / 3, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                await using var db = await databases.CreateDbContextAsync(cancel);
                var until = TimeProvider.System.GetUtcNow() + Lease;
                await db.WriteAsync(() => db.Set<OutboxRow>().Where(row => row.Id == id && row.ClaimedBy == node)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancel), cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (DbException error)
        {
            log.LogWarning(error, "The lease of a running job could not be renewed; it may be run a second time");
        }
    }

    /// <summary>Full jitter between 1 second and 2^attempts seconds, at most 10 minutes: failing work spreads out by itself.</summary>
    private static TimeSpan BackOff(int attempts) =>
        TimeSpan.FromSeconds(1 + Random.Shared.NextDouble() * Math.Min(60, Math.Pow(2, Math.Min(attempts, 10))));

    private bool Enter(string? lane)
    {
        if (lane is null)
            return true;
        lock (busyLanes)
            return busyLanes.Add(lane);
    }

    private void Leave(string? lane)
    {
        if (lane is null)
            return;
        lock (busyLanes)
            busyLanes.Remove(lane);
    }
}
