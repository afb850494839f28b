using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Every hour: lets in what happened at Stripe and no webhook told, because it was lost, refused, or came while nobody listened. What a
/// webhook did tell is in already, under the same id.
/// </summary>
public sealed class FillStripeGaps(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver, AskHistory history) : IOutboxJob
{
    private const int AtOnce = 100;

    // Stripe's own limit: what is older is found by the nightly sweep alone.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    // A list may lag behind for a moment, and the clocks of both sides differ.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is not { } mode)
            return await AnythingIsThereAsync(cancel) ? OutboxResult.Wait("Stripe is not connected.", TimeSpan.FromMinutes(1)) : OutboxResult.Done;

        // An account that is connected by its settings is connected without a click.
        await history.OnceAsync(cancel);
        var told = stripe.ListEventsAsync(created: new(await SinceAsync(row, cancel), null), cancellation: cancel)
            .Where(noticed => noticed.Livemode == (mode == Mode.Live) && StripeHookTypes.All.Contains(noticed.Type));
        await foreach (var some in told.Chunk(AtOnce).WithCancellation(cancel))
        {
            foreach (var noticed in await MissingAsync(some, cancel))
                await receiver.ReceiveInternalAsync(StripeNoticed.Source, noticed.Id, $"stripe.{noticed.Type}", StripeNoticed.Of(noticed), cancel, noticed.Created);
        }

        return OutboxResult.Done;
    }

    /// <summary>What is in already is not received again: that would count as a repeat of Stripe's.</summary>
    private async Task<IEnumerable<StripeEvent>> MissingAsync(StripeEvent[] told, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ids = told.Select(noticed => noticed.Id).ToList();
        var known = await db.Set<ReceivedEvent>().Where(received => received.Source == StripeNoticed.Source && ids.Contains(received.EventId)).Select(received => received.EventId).ToListAsync(cancel);
        return told.ExceptBy(known, noticed => noticed.Id);
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
