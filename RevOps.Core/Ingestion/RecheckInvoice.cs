using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Has an invoice read at Stripe now, when somebody wants to see it proved.</summary>
public sealed class RecheckInvoice(IDbContextFactory<RevOpsDb> databases, TimeProvider clock)
{
    private const string Asked = "/asked/";

    /// <summary>Once, however often it is asked for while it waits; false for what was never made at Stripe.</summary>
    public async Task<bool> AskAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invoiceId, cancel) is not { StripeInvoiceId: { } stripeId } invoice)
            return false;
        if (await IsAskedAsync(db, invoice, cancel))
            return true;
        db.Enqueue<RefreshInvoice>(stripeId, clock.GetUtcNow(), key: $"{stripeId}{Asked}{Guid.CreateVersion7()}", lane: $"stripe:{stripeId}");
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Somebody did, and it has not been read yet.</summary>
    public static async Task<bool> IsAskedAsync(RevOpsDb db, Invoice invoice, CancellationToken cancel)
    {
        var begins = invoice.StripeInvoiceId + Asked;
        return invoice.StripeInvoiceId is not null
            && await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(RefreshInvoice) && row.Key.StartsWith(begins) && (row.State == OutboxState.Waiting || row.State == OutboxState.Running), cancel);
    }

    /// <summary>Notes that invoices were read at Stripe and laid beside ours. It changes nothing that anybody decides on, so no version.</summary>
    public static async Task NoteAsync(RevOpsDb db, IReadOnlyList<Guid> invoiceIds, CancellationToken cancel)
    {
        DateTimeOffset? now = TimeProvider.System.GetUtcNow();
        foreach (var some in invoiceIds.Chunk(500))
            await db.WriteAsync(() => db.Set<Invoice>().Where(row => some.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.CheckedAt, now), cancel), cancel);
    }
}
