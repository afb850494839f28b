using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
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
        await AskAsync(reception.Db, reception.Now, reception.Event.EventId, reception.Cancel);
        return EventFate.Applied;
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

        if (CustomerId is { } customerId && await db.Set<Customer>().Where(row => row.StripeCustomerId == customerId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel) is { } ours)
        {
            db.Enqueue<RefreshVatStatus>(ours.ToString(), now, key: $"{ours}/{why}", lane: $"customer:{ours}");
            asked++;
        }

        return asked;
    }

    /// <summary>One payment sends several hooks within a second: a reading that has not begun will see them all.</summary>
    private static Task<bool> IsAskedForAsync<TJob>(RevOpsDb db, string argument, CancellationToken cancel) => db.Set<OutboxRow>()
        .AnyAsync(row => row.Job == typeof(TJob).Name && row.Argument == argument && row.State == OutboxState.Waiting && row.Attempts == 0, cancel);
}
