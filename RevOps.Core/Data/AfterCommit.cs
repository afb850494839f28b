using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Data;

/// <summary>After a commit, and only then: tells open pages which kinds of rows changed, and wakes the outbox when work was added.</summary>
public sealed class AfterCommit(ChangeFeed feed, OutboxWake wake, Node node) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is RevOpsDb db)
        {
            var changed = db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);
            db.SavedKinds.UnionWith(changed.Select(entry => entry.Metadata.ClrType.Name));
            if (node.Shared && db.SavedKinds.Count > 0)
                db.Add(new ChangeRow { Node = node.Id, Kinds = string.Join(',', db.SavedKinds), RecordedAt = TimeProvider.System.GetUtcNow() });
        }

        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // In a transaction of the caller's nothing is committed yet: TransactionCommitted follows.
        if (eventData.Context is RevOpsDb { Database.CurrentTransaction: null } db)
            Publish(db);
        return ValueTask.FromResult(result);
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as RevOpsDb)?.SavedKinds.Clear();
        return Task.CompletedTask;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is RevOpsDb db)
            Publish(db);
        return Task.CompletedTask;
    }

    private void Publish(RevOpsDb db)
    {
        if (db.SavedKinds.Count == 0)
            return;
        string[] kinds = [.. db.SavedKinds];
        db.SavedKinds.Clear();
        feed.Publish(kinds);
        if (kinds.Contains(nameof(OutboxRow)))
            wake.Ring();
    }
}
