using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Payouts;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Every night, and once after an update: has payouts read whose parts are not known or do not add up, and asks again what became of those on
/// their way. The last net, for what no hook told; a payout that is whole costs nothing.
/// </summary>
public sealed class SweepPayouts(IDbContextFactory<RevOpsDb> databases, StripeClient stripe) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is not { } mode)
            return OutboxResult.Done;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var unsure = await db.Set<Payout>().AsNoTracking().Where(payout => payout.Mode == mode && payout.Status != "canceled" && (payout.IsAutomatic == null || payout.Status == "pending" || payout.Status == "in_transit"
            || (payout.IsAutomatic == true && (payout.PartsMinor == null || payout.PartsMinor != payout.AmountMinor)))).ToListAsync(cancel);
        foreach (var payout in unsure)
        {
            var (id, lane) = (payout.StripePayoutId, $"stripe:{payout.StripePayoutId}");
            db.Enqueue<RefreshPayout>(id, row.NotBefore, key: $"{id}/{row.Key}", lane);

            // What was read and does not add up is read once more; what was never read follows from what the payout has come to.
            if (payout is { IsAutomatic: true, PartsMinor: not null })
                db.Enqueue<DecomposePayout>(id, row.NotBefore, key: $"{id}/{row.Key}", lane);
        }

        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }
}
