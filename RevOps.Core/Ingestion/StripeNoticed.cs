using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>A verified webhook of Stripe: only a hint that something changed; what it is about is read again.</summary>
/// <param name="StripeType">Such as "invoice.paid".</param>
/// <param name="InvoiceId">The invoice that it is about, Stripe's id.</param>
/// <param name="CustomerId">The customer whose VAT number was checked.</param>
/// <param name="PaymentIntentId">The payment that was refunded or disputed.</param>
/// <param name="CausedBy">The idempotency key of the call that caused it.</param>
/// <param name="PayoutId">The payout that it is about.</param>
public sealed record StripeNoticed(string StripeType, string? InvoiceId, string? CustomerId, string? PaymentIntentId = null, string? CausedBy = null, string? PayoutId = null) : IncomingEvent
{
    public const string Source = "stripe";

    /// <summary>Of these the call that caused them has the answer itself. Others may also tell of money that moved with it.</summary>
    private static readonly string[] AnsweredByTheCall = ["invoice.created", "invoice.updated", "invoice.sent"];

    public static StripeNoticed Of(StripeEvent hook) => new(
        hook.Type,
        hook.ObjectType switch { "invoice" => hook.ObjectId, "invoice_payment" or "credit_note" => hook.Text("invoice"), _ => null },
        hook.ObjectType == "tax_id" ? hook.Text("customer") : null,
        hook.ObjectType is "refund" or "dispute" or "charge" ? hook.Text("payment_intent") : null,
        hook.Request?.IdempotencyKey,
        hook.ObjectType == "payout" ? hook.ObjectId : null);

    /// <summary>What an event waits on whose invoice is not known yet: our own call's answer may be slower, or it is another program's.</summary>
    public static string On(string stripeInvoiceId) => $"stripe:{stripeInvoiceId}";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        // Read again it would tell nothing new, and calls at Stripe are counted.
        if (await IsOurOwnCallAsync(reception))
            return EventFate.Applied;
        await AskAsync(reception.Db, reception.Now, reception.Event.EventId, reception.Cancel);
        if (InvoiceId is { } stripeId)
            return await reception.Db.Set<Invoice>().AnyAsync(row => row.StripeInvoiceId == stripeId, reception.Cancel) ? EventFate.Applied : EventFate.Parked(On(stripeId));
        return PaymentIntentId is not null || PayoutId is not null || (CustomerId is { } customer && await OursAsync(reception.Db, customer, reception.Cancel) is not null) ? EventFate.Applied : EventFate.Ignored;
    }

    public override IEnumerable<string> WouldDo() => ["Read the invoice again at Stripe"];

    /// <summary>Asks for what it is about to be read.</summary>
    /// <param name="db">Whoever calls saves.</param>
    /// <param name="now">On the business clock.</param>
    /// <param name="why">Makes the job's key its own: the event, or the replay.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>How many readings were asked for.</returns>
    internal async Task<int> AskAsync(RevOpsDb db, DateTimeOffset now, string why, CancellationToken cancel)
    {
        var asked = 0;
        if (InvoiceId is { } stripeId && !await IsAskedForAsync<RefreshInvoice>(db, stripeId, cancel))
        {
            db.Enqueue<RefreshInvoice>(stripeId, now, key: $"{stripeId}/{why}", lane: $"stripe:{stripeId}");
            asked++;
        }

        if (PaymentIntentId is { } intent && !await IsAskedForAsync<RefreshReturns>(db, intent, cancel))
        {
            db.Enqueue<RefreshReturns>(intent, now, key: $"{intent}/{why}", lane: $"stripe:{intent}");
            asked++;
        }

        if (PayoutId is { } payout && !await IsAskedForAsync<RefreshPayout>(db, payout, cancel))
        {
            db.Enqueue<RefreshPayout>(payout, now, key: $"{payout}/{why}", lane: $"stripe:{payout}");
            asked++;
        }

        if (CustomerId is { } customerId && await OursAsync(db, customerId, cancel) is { } ours)
        {
            db.Enqueue<RefreshVatStatus>(ours.ToString(), now, key: $"{ours}/{why}", lane: $"customer:{ours}");
            asked++;
        }

        return asked;
    }

    /// <summary>Ends the wait of the hooks that came before their invoice was known: they have done their work, or were about another program's.</summary>
    internal static async Task ReleaseAsync(RevOpsDb db, string stripeInvoiceId, bool isOurs, CancellationToken cancel)
    {
        var on = On(stripeInvoiceId);
        foreach (var parked in await db.Set<ReceivedEvent>().Where(row => row.Status == EventStatus.Parked && row.ParkedOn == on).ToListAsync(cancel))
            (parked.Status, parked.ParkedOn) = (isOurs ? EventStatus.Applied : EventStatus.Ignored, null);
    }

    private async Task<bool> IsOurOwnCallAsync(Reception reception)
    {
        if (CausedBy is null || !AnsweredByTheCall.Contains(StripeType))
            return false;
        var key = OutsideEffect.KeyOf(CausedBy);
        return await reception.Db.Set<OutsideEffect>().AnyAsync(effect => effect.Key == key && effect.Target == StripeEffects.Target, reception.Cancel);
    }

    private static Task<Guid?> OursAsync(RevOpsDb db, string customerId, CancellationToken cancel) =>
        db.Set<Customer>().Where(row => row.StripeCustomerId == customerId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel);

    /// <summary>One payment sends several hooks within a second: a reading that has not begun will see them all.</summary>
    private static Task<bool> IsAskedForAsync<TJob>(RevOpsDb db, string argument, CancellationToken cancel) => db.Set<OutboxRow>()
        .AnyAsync(row => row.Job == typeof(TJob).Name && row.Argument == argument && row.State == OutboxState.Waiting && row.Attempts == 0, cancel);
}
