using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Has Stripe read now for what other programs made, when somebody has just connected it.</summary>
public sealed class LookForForeign(IDbContextFactory<RevOpsDb> databases, TimeProvider clock)
{
    /// <summary>Once, however often it is asked for while it waits.</summary>
    public async Task AskAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(FindForeignInvoices) && row.Key.StartsWith("asked/") && (row.State == OutboxState.Waiting || row.State == OutboxState.Running), cancel))
            return;
        db.Enqueue<FindForeignInvoices>("stripe", clock.GetUtcNow(), key: $"asked/{Guid.CreateVersion7()}");
        await db.SaveChangesAsync(cancel);
    }
}
