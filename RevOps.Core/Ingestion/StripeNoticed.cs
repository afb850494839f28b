using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>A verified webhook of Stripe: only a hint that something changed; what it is about is read again.</summary>
public sealed record StripeNoticed(string StripeType, string? InvoiceId, string? CustomerId) : IncomingEvent
{
    public const string Source = "stripe";

    public static StripeNoticed Of(StripeEvent hook) => new(
        hook.Type,
        hook.ObjectType switch { "invoice" => hook.ObjectId, "invoice_payment" or "credit_note" => hook.Text("invoice"), _ => null },
        hook.ObjectType == "tax_id" ? hook.Text("customer") : null);

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        if (InvoiceId is { } stripeId && !await IsAskedForAsync<RefreshInvoice>(reception, stripeId))
            reception.Db.Enqueue<RefreshInvoice>(stripeId, reception.Now, key: $"{stripeId}/{reception.Event.EventId}", lane: $"stripe:{stripeId}");
        if (CustomerId is { } customerId && await reception.Db.Set<Customer>().Where(row => row.StripeCustomerId == customerId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(reception.Cancel) is { } ours)
            reception.Db.Enqueue<RefreshVatStatus>(ours.ToString(), reception.Now, key: $"{ours}/{reception.Event.EventId}", lane: $"customer:{ours}");
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Read the invoice again at Stripe"];

    /// <summary>One payment sends several hooks within a second: a reading that has not begun will see them all.</summary>
    private static Task<bool> IsAskedForAsync<TJob>(Reception reception, string argument) => reception.Db.Set<OutboxRow>()
        .AnyAsync(row => row.Job == typeof(TJob).Name && row.Argument == argument && row.State == OutboxState.Waiting && row.Attempts == 0, reception.Cancel);
}
