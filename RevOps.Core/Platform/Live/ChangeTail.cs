using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Platform.Live;

/// <summary>Where several nodes may share a database: this one's id, and whether it has to tell the others.</summary>
/// <param name="Shared">True on SQL Server, or by the setting <c>Live:Tail</c>.</param>
public sealed record Node(Guid Id, bool Shared);

/// <summary>Reads what other nodes have committed and says it on this node's feed.</summary>
public sealed class ChangeTail(IDbContextFactory<RevOpsDb> databases, Node node, ChangeFeed feed, OutboxWake wake, ILogger<ChangeTail> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!node.Shared)
            return;

        var last = await NewestAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                last = await ReadAsync(last, stoppingToken);
            }
#pragma warning disable CA1031 // A database that cannot be reached for a moment must not end the tail.
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogWarning(error, "Reading the changes of other nodes failed; it goes on");
            }
        }
    }

    private async Task<long> NewestAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ChangeRow>().MaxAsync(change => (long?)change.Id, cancel) ?? 0;
    }

    private async Task<long> ReadAsync(long last, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var changes = await db.Set<ChangeRow>().AsNoTracking().Where(change => change.Id > last).OrderBy(change => change.Id).ToListAsync(cancel);
        var kinds = changes.Where(change => change.Node != node.Id).SelectMany(change => change.Kinds.Split(',')).Distinct(StringComparer.Ordinal).ToArray();
        feed.Publish(kinds);
        if (kinds.Contains(nameof(OutboxRow)))
            wake.Ring();

        var old = TimeProvider.System.GetUtcNow() - Kept;
        if (changes.Count > 0)
            await db.WriteAsync(() => db.Set<ChangeRow>().Where(change => change.RecordedAt < old).ExecuteDeleteAsync(cancel), cancel);
        return changes.Count == 0 ? last : changes[^1].Id;
    }
}
