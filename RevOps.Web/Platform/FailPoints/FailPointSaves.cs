using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RevOps.Web.Platform.FailPoints;

/// <summary>Passes the fail-point before and after each save. What is saved in an open transaction counts when that commits.</summary>
internal sealed class FailPointSaves(FailPoint point) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, List<string>> uncommitted = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db)
        {
            // Named now: once saved, nothing is marked as changed.
            string[] names = [.. db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified).SelectMany(NamesOf)];
            point.Pass(FailMoment.BeforeSave, names);
            uncommitted.GetOrCreateValue(db).AddRange(names);
        }

        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { Database.CurrentTransaction: null } db)
            Committed(db);
        return ValueTask.FromResult(result);
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db)
            uncommitted.Remove(db);
        return Task.CompletedTask;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db)
            Committed(db);
        return Task.CompletedTask;
    }

    private void Committed(DbContext db)
    {
        if (uncommitted.TryGetValue(db, out var names) && uncommitted.Remove(db))
            point.Pass(FailMoment.AfterSave, names);
    }

    /// <summary>"Invoice", and for each value that is written "Invoice.Status=Approved".</summary>
    private static IEnumerable<string> NamesOf(EntityEntry entry)
    {
        var kind = entry.Metadata.ClrType.Name;
        var written = entry.Properties.Where(property => entry.State == EntityState.Added || property.IsModified);
        return written.Select(property => FormattableString.Invariant($"{kind}.{property.Metadata.Name}={property.CurrentValue}")).Prepend(kind);
    }
}
