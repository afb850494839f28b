using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>Asks for a new computation by hand.</summary>
public sealed class SnapshotDesk(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, TimeProvider clock)
{
    /// <summary>False where one is under way or waits for its turn already.</summary>
    public async Task<bool> AskAsync(string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await Waiting(db).AnyAsync(cancel))
            return false;
        var row = Ask(db, clock.GetUtcNow());
        await audit.WriteAsync(db, new(actor, "attribution.recomputed", nameof(OutboxRow), row.Id.ToString()), cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>
    /// Asks for the first of a new version: pages read none of the version before. False where there is nothing to be replaced, where the last one is of
    /// this version, or where this was asked for before.
    /// </summary>
    public async Task<bool> AskIfOutdatedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var last = await db.Set<AttributionSnapshot>().Where(snapshot => snapshot.FinishedAt != null).OrderByDescending(snapshot => snapshot.StartedAt).Select(snapshot => new { snapshot.Id, snapshot.Engine }).FirstOrDefaultAsync(cancel);
        if (last is null || last.Engine == AttributionSnapshot.CurrentEngine || await Waiting(db).AnyAsync(cancel))
            return false;
        var now = clock.GetUtcNow();
        return await db.AskOnceAsync<RecomputeJourneys>(now.ToString("O", CultureInfo.InvariantCulture), now, $"version/{AttributionSnapshot.CurrentEngine}/{last.Id:N}", cancel);
    }

    internal static OutboxRow Ask(RevOpsDb db, DateTimeOffset now)
    {
        var asked = now.ToString("O", CultureInfo.InvariantCulture);
        return db.Enqueue<RecomputeJourneys>(asked, now, key: $"asked/{asked}");
    }

    /// <summary>The one that is under way or waits for its turn.</summary>
    internal static IQueryable<OutboxRow> Waiting(RevOpsDb db) =>
        db.Set<OutboxRow>().Where(row => row.Job == nameof(RecomputeJourneys) && (row.State == OutboxState.Waiting || row.State == OutboxState.Running));
}
