using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.HooksOut;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>
/// Every night: deliveries that became nothing are forgotten after 30 days, as refused events are, since they may name somebody and stand under
/// nobody's key; what was sent out, and the counts of what was refused, after 90. What waits for details loses what it said after 90 days, and is
/// forgotten 30 days later.
/// </summary>
public sealed class ForgetHooks(IDbContextFactory<RevOpsDb> databases, ChangeFeed feed) : IOutboxJob
{
    private static readonly TimeSpan SentFor = TimeSpan.FromDays(90);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (nothing, sent) = (now - RejectedEvent.KeptFor, now - SentFor);
        var day = DateOnly.FromDateTime(sent.UtcDateTime);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (waited, expired) = (now - HookDelivery.KeptForDetails, now - HookDelivery.KeptForDetails - RejectedEvent.KeptFor);
        await db.WriteAsync(() => db.Set<HookDelivery>().Where(delivery => delivery.Status == DeliveryStatus.NeedsDetails && delivery.RecordedAt < waited).ExecuteUpdateAsync(set => set
            .SetProperty(delivery => delivery.Status, DeliveryStatus.Ignored)
            .SetProperty(delivery => delivery.Error, HookDelivery.Expired)
            .SetProperty(delivery => delivery.Gaps, "")
            .SetProperty(delivery => delivery.SealedBody, Array.Empty<byte>())
            .SetProperty(delivery => delivery.SealedEntered, (byte[]?)null), cancel), cancel);
        await db.WriteAsync(() => db.Set<HookDelivery>().Where(delivery => (delivery.Status == DeliveryStatus.Ignored || delivery.Status == DeliveryStatus.Failed)
            && delivery.RecordedAt < (delivery.Error == HookDelivery.Expired ? expired : nothing)).ExecuteDeleteAsync(cancel), cancel);
        await db.WriteAsync(() => db.Set<HookRefusal>().Where(refusal => refusal.Day < day).ExecuteDeleteAsync(cancel), cancel);
        await db.WriteAsync(() => db.Set<HookAttempt>().Where(attempt => attempt.At < sent).ExecuteDeleteAsync(cancel), cancel);
        await db.WriteAsync(() => db.Set<OutgoingHook>().Where(hook => hook.RecordedAt < sent && hook.Status != OutgoingStatus.Waiting).ExecuteDeleteAsync(cancel), cancel);
        feed.Publish(nameof(HookDelivery), nameof(OutgoingHook));
        return OutboxResult.Done;
    }
}
