using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Every hour: lets in what happened at Stripe and no webhook told, because it was lost, refused, or came while nobody listened. What a
/// webhook did tell is in already, under the same id.
/// </summary>
public sealed class FillStripeGaps(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver) : IOutboxJob
{
    // Stripe's own limit: what is older is found by the nightly sweep alone.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    // A list may lag behind for a moment, and the clocks of both sides differ.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is not { } mode)
            return await AnythingIsThereAsync(cancel) ? OutboxResult.Wait("Stripe is not connected.", TimeSpan.FromMinutes(1)) : OutboxResult.Done;

        await foreach (var noticed in stripe.ListEventsAsync(created: new(await SinceAsync(row, cancel), null), cancellation: cancel))
        {
            if (noticed.Livemode == (mode == Mode.Live) && StripeHookTypes.All.Contains(noticed.Type))
                await receiver.ReceiveInternalAsync(StripeNoticed.Source, noticed.Id, $"stripe.{noticed.Type}", StripeNoticed.Of(noticed), cancel, noticed.Created);
        }

        return OutboxResult.Done;
    }

    /// <summary>Without an invoice at Stripe there is nothing to hear of, and a job that waits would be noise.</summary>
    private async Task<bool> AnythingIsThereAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Invoice>().AnyAsync(invoice => invoice.StripeInvoiceId != null, cancel);
    }

    /// <summary>From the last time that was looked to the end; the first time as far back as Stripe goes.</summary>
    private async Task<DateTimeOffset> SinceAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var last = await db.Set<OutboxRow>().Where(done => done.Job == row.Job && done.State == OutboxState.Done).MaxAsync(done => (DateTimeOffset?)done.NotBefore, cancel);
        var earliest = row.NotBefore - Kept;
        return last is { } known && known - Overlap > earliest ? known - Overlap : earliest;
    }
}
