using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Every night, and when asked: lists what other programs made in the same Stripe account of late. Webhooks tell of it as it happens; this
/// finds what was there before, and what no webhook told.
/// </summary>
public sealed class FindForeignInvoices(IDbContextFactory<RevOpsDb> databases, StripeClient stripe) : IOutboxJob
{
    private const int AtOnce = 100;

    /// <summary>So far back a draft may still be adopted, and a deal's invoice be found.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromDays(120);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is not { } mode)
            return OutboxResult.Done;
        await foreach (var some in stripe.ListInvoicesAsync(created: new(row.NotBefore - LookBack, null), cancellation: cancel).Chunk(AtOnce).WithCancellation(cancel))
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            await db.BeginWorkAsync(cancel);
            var ids = some.Select(invoice => invoice.Id).ToList();
            var ours = await db.Set<Invoice>().Where(invoice => invoice.StripeInvoiceId != null && ids.Contains(invoice.StripeInvoiceId)).Select(invoice => invoice.StripeInvoiceId!).ToListAsync(cancel);

            // A draft of ours whose making was not answered yet wears our name.
            foreach (var foreign in some.Where(invoice => !ours.Contains(invoice.Id) && !invoice.Metadata.ContainsKey(StripeDraftOf.InvoiceKey)))
                await CutOver.HoldAsync(db, await ForeignInvoices.NoteAsync(db, foreign, mode, cancel), cancel);
            await db.SaveChangesAsync(cancel);
        }

        return OutboxResult.Done;
    }
}
