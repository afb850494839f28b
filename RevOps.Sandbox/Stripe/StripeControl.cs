using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>What at Stripe a client, a bank or the calendar does.</summary>
internal static class StripeControl
{
    public static void Map(WebApplication app, StripeAccount account, Webhooks webhooks)
    {
        app.MapPost("/_sandbox/webhook-url", http => ControlEndpoints.ReadAsync<WebhookUrl>(http, body =>
        {
            webhooks.Url = body.Url;
            return JsonSerializer.SerializeToNode(body, Wire.Camel)!;
        }));
        app.MapPost("/_sandbox/webhooks/redeliver", http => ControlEndpoints.ReadAsync<Redelivery>(http, body => account.Work(session => Redeliver(session, body))));
        app.MapPost("/_sandbox/pay", http => ControlEndpoints.ReadAsync<Payment>(http, body => Pay(account, body)));
        app.MapPost("/_sandbox/dispute", http => ControlEndpoints.ReadAsync<DisputeOrder>(http, body => account.Work(session => Disputes.Open(session, body))));
        app.MapPost("/_sandbox/dispute/close", http => ControlEndpoints.ReadAsync<DisputeVerdict>(http, body => account.Work(session => Disputes.Close(session, body))));
        app.MapPost("/_sandbox/refund/fail", http => ControlEndpoints.ReadAsync<RefundFailure>(http, body => account.Work(session => Refunds.Fail(session, body.Refund))));
        app.MapPost("/_sandbox/fee", http => ControlEndpoints.ReadAsync<FeeOrder>(http, body => account.Work(session => Balance.Charge(session, body))));
        app.MapPost("/_sandbox/payouts/fail", http => ControlEndpoints.ReadAsync<PayoutFailure>(http, body => account.Work(session => Payouts.Fail(session, body.Payout))));
        app.MapPost("/_sandbox/payouts", http => ControlEndpoints.OkAsync(http, account.Work(session =>
            new JsonArray([.. Payouts.Make(session).Select(p => (JsonNode)session.Render(p))]))));
    }

    /// <summary>A client's card or transfer, whole or in part.</summary>
    public static JsonObject Pay(StripeAccount account, Payment payment) => account.Work(session =>
    {
        var invoice = session.Get<Invoice>(payment.Invoice, "invoice");
        if (invoice.Status is not ("open" or "uncollectible"))
            throw StripeException.NotNow($"The invoice is {invoice.Status}.");
        return session.Render(Payments.Receive(session, invoice, payment.Amount ?? invoice.AmountRemaining, payment.Method));
    });

    /// <summary>One event, or all since an instant.</summary>
    private static JsonObject Redeliver(StripeSession session, Redelivery order)
    {
        if (order.Since is { } since)
        {
            var events = session.Documents.Where<StripeEvent>(Filter.Created(">=", since));
            events.ForEach(happened => StripeEvents.Deliver(session, happened.Id));
            return new() { ["events"] = events.Count };
        }

        var found = session.Get<StripeEvent>(order.Event ?? "", "event");
        StripeEvents.Deliver(session, found.Id);
        return session.Render(found);
    }

    private sealed record WebhookUrl(Uri Url);

    private sealed record Redelivery(string? Event = null, long? Since = null);

    private sealed record RefundFailure(string Refund);

    private sealed record PayoutFailure(string Payout);
}

internal sealed record Payment(string Invoice, long? Amount = null, PaidBy Method = PaidBy.BankTransfer);
