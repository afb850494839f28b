using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;

namespace RevOps.Core.Attribution;

/// <summary>Gives a payment's credit to the touches that led to its sale, within 90 days and with consent; the rest is unattributed.</summary>
public sealed class CreditTouches(IDbContextFactory<RevOpsDb> databases) : IOutboxJob
{
    public const string LastNonDirect = "last_non_direct";

    /// <summary>How far back a touch may lie before the sale.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromDays(90);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);

        // One that a wrong match had made is gone with it.
        if (await db.Set<Payment>().SingleOrDefaultAsync(p => p.Id == Guid.Parse(row.Argument), cancel) is not { } payment)
            return OutboxResult.Done;
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == payment.InvoiceId, cancel);

        var touch = LastNonDirectOf(await JourneyAsync(db, invoice.PersonId, invoice.OccurredAt, cancel));
        db.RemoveRange(await db.Set<Credit>().Where(credit => credit.PaymentId == payment.Id && credit.Model == LastNonDirect).ToListAsync(cancel));
        db.Add(new Credit
        {
            Id = Guid.CreateVersion7(),
            PaymentId = payment.Id,
            InvoiceId = invoice.Id,
            Model = LastNonDirect,
            TouchId = touch?.Id,
            Channel = touch?.Channel,
            Platform = touch?.Platform,
            CampaignId = touch?.CampaignId,
            TouchedAt = touch?.OccurredAt,
            PaidAt = payment.OccurredAt,
            Mode = payment.Mode,
            Currency = payment.Currency,
            AmountMinor = payment.AmountMinor,
        });
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }

    /// <summary>The last touch that is not direct; a direct one where there is no other; null without any. The journey is oldest first.</summary>
    public static Touch? LastNonDirectOf(IReadOnlyList<Touch> journey) =>
        journey.LastOrDefault(touch => touch.Channel != Channel.Direct) ?? (journey.Count > 0 ? journey[^1] : null);

    /// <summary>All touches of a person before an instant, oldest first; none where measurement is not allowed.</summary>
    private static async Task<List<Touch>> JourneyAsync(RevOpsDb db, Guid personId, DateTimeOffset before, CancellationToken cancel)
    {
        var consent = await ConsentState.OfAsync(db, personId, cancel);
        if (consent.Measurement != ConsentAnswer.Granted)
            return [];
        var group = IdentityGraph.GroupOf(db, personId);
        var since = before - LookBack;
        var touches = await db.Set<Touch>().AsNoTracking().Where(touch => group.Contains(touch.PersonId) && touch.OccurredAt >= since && touch.OccurredAt <= before).ToListAsync(cancel);
        touches.Sort(Touch.Compare);
        return touches;
    }
}
