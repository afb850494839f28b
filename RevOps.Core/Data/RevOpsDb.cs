using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Data;

/// <summary>
/// The one context. Entities map themselves and features say <c>db.Set&lt;T&gt;()</c>; a context lives for one operation.
/// Saving chains the audit entries, raises version counters and goes through the provider's writer gate.
/// </summary>
public abstract class RevOpsDb(DbContextOptions options, WriterGate gate) : IdentityDbContext<User, Role, Guid>(options)
{
    private IDisposable? heldGate;

    /// <summary>Entity type names saved in an open transaction, to be published when it commits.</summary>
    internal HashSet<string> SavedKinds { get; } = [];

    /// <summary>
    /// On SQLite, holds the writer gate until the context is disposed, so that what is read now is still true when it is saved. On SQL
    /// Server nothing is held: unique indexes and version counters refuse whoever came second, and the caller tries again.
    /// Nothing may be waited for meanwhile but this database.
    /// </summary>
    public async Task BeginWorkAsync(CancellationToken cancel) => heldGate ??= await gate.EnterAsync(cancel);

    /// <summary>
    /// Lets others write, for work in many commits on one connection, which keeps the pages that it has read: nothing of what was read or changed so far is
    /// remembered.
    /// </summary>
    public void EndWork()
    {
        ChangeTracker.Clear();
        heldGate?.Dispose();
        heldGate = null;
    }

    /// <summary>Whoever reads on another connection while this one writes waits for nobody, and sees what was committed last.</summary>
    public virtual bool CanReadAside => false;

    /// <summary>Somebody else waits to write.</summary>
    public bool IsAwaited => gate.IsAwaited;

    /// <summary>
    /// A transaction of work that is done again where it was lost, since what it started from is stored: its commit need not be on the disk before the
    /// next begins. Whatever follows from it is on the disk no earlier.
    /// </summary>
    public virtual Task<IDbContextTransaction> BeginRedoableAsync(CancellationToken cancel) => Database.BeginTransactionAsync(cancel);

    /// <summary>Brings what was committed from the log into the database's file, beside whoever reads and writes: else some commit would have to.</summary>
    public virtual Task FoldLogAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Runs a bulk update or delete in its turn.</summary>
    public async Task<int> WriteAsync(Func<Task<int>> write, CancellationToken cancel)
    {
        if (heldGate is not null)
            return await write();
        using var turn = await gate.EnterAsync(cancel);
        return await write();
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        using var turn = heldGate is null ? await gate.EnterAsync(cancellationToken) : null;
        RaiseVersions();
        await ChainAuditAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously: a thread that waits for the writer gate serves nobody.");

    public override void Dispose()
    {
        base.Dispose();
        heldGate?.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        heldGate?.Dispose();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(RevOpsDb).Assembly);
    }

    private void RaiseVersions()
    {
        foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State == EntityState.Modified))
        {
            if (entry.Metadata.FindProperty("Version") is { IsConcurrencyToken: true } version)
                entry.Property(version).CurrentValue = (int)entry.Property(version).OriginalValue! + 1;
        }
    }

    private async Task ChainAuditAsync(CancellationToken cancel)
    {
        var added = ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
        if (added.Count == 0)
            return;

        var last = await Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Sequence)
            .Select(entry => new { entry.Sequence, entry.Hash }).FirstOrDefaultAsync(cancel);
        var (sequence, hash) = (last?.Sequence ?? 0, last?.Hash ?? []);
        foreach (var entry in added.OrderBy(entry => entry.Id))
        {
            entry.Chain(++sequence, hash);
            hash = entry.Hash;
        }
    }
}
