using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Platform.Outbox;

/// <summary>Retry and cancel by hand, from the Jobs page, one row or many; each row is audited.</summary>
public sealed class OutboxDesk(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, OutboxWake wake, TimeProvider clock)
{
    /// <summary>Makes waiting and cancelled rows due now; how many, since what runs, is done or gone stays as it is.</summary>
    public Task<int> RetryAsync(IReadOnlyCollection<Guid> ids, string actor, CancellationToken cancel) => ChangeAsync(ids, actor, "job.retried", row =>
    {
        if (row.State is not (OutboxState.Waiting or OutboxState.Cancelled))
            return false;
        (row.State, row.NotBefore, row.EndedAt) = (OutboxState.Waiting, clock.GetUtcNow(), null);
        return true;
    }, cancel);

    /// <summary>Gives waiting rows up; how many, since what runs, has ended or is gone stays as it is.</summary>
    public Task<int> CancelAsync(IReadOnlyCollection<Guid> ids, string actor, CancellationToken cancel) => ChangeAsync(ids, actor, "job.cancelled", row =>
    {
        if (row.State != OutboxState.Waiting)
            return false;
        (row.State, row.EndedAt) = (OutboxState.Cancelled, TimeProvider.System.GetUtcNow());
        return true;
    }, cancel);

    private async Task<int> ChangeAsync(IReadOnlyCollection<Guid> ids, string actor, string action, Func<OutboxRow, bool> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var changed = 0;
        foreach (var row in await db.Set<OutboxRow>().Where(row => ids.Contains(row.Id)).OrderBy(row => row.NotBefore).ThenBy(row => row.Id).ToListAsync(cancel))
        {
            var before = new { row.State, row.NotBefore, row.LastError };
            if (!change(row))
                continue;
            await audit.WriteAsync(db, new(actor, action, nameof(OutboxRow), row.Id.ToString()) { Before = before, After = new { row.State, row.Job, row.Key } }, cancel);
            changed++;
        }

        await db.SaveChangesAsync(cancel);
        if (changed > 0)
            wake.Ring();
        return changed;
    }
}
