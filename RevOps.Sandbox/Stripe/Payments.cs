using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RevOps.Sandbox.Stripe;

[JsonConverter(typeof(JsonStringEnumConverter<PaidBy>))]
internal enum PaidBy
{
    [JsonStringEnumMemberName("card")] Card,
    [JsonStringEnumMemberName("transfer")] BankTransfer,
    [JsonStringEnumMemberName("elsewhere")] OutOfBand,

    /// <summary>Only marked as paid: no payment of it is on record.</summary>
    [JsonStringEnumMemberName("marked")] Marked,
}

internal sealed record PaymentTransitions(long? CanceledAt, long? PaidAt);

internal sealed record InvoicePayment(string Id, long Created, long AmountPaid, string Currency, string Invoice, JsonObject Payment) : IDocument
{
    public string Object => "invoice_payment";
    public long AmountRequested => AmountPaid;
    public bool IsDefault => true;
    public bool Livemode => false;
    public string Status => "paid";
    public PaymentTransitions StatusTransitions => new(null, Created);
    string? IDocument.Parent => Invoice;
}

internal sealed record Charge : IDocument
{
    public required string Id { get; init; }
    public string Object => "charge";
    public required long Amount { get; init; }
    public long AmountCaptured => Amount;
    public long AmountRefunded { get; init; }
    public string? BalanceTransaction { get; init; }
    public bool Captured => true;
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public required string Customer { get; init; }
    public bool Livemode => false;
    public bool Paid => true;
    public required string PaymentIntent { get; init; }
    public required JsonObject PaymentMethodDetails { get; init; }
    public bool Refunded => AmountRefunded == Amount;
    public string Status => "succeeded";
}

/// <summary>Money for an invoice: through Stripe (a charge, a fee, a place in a payout) or past it.</summary>
internal static class Payments
{
    public static Invoice Receive(StripeSession session, Invoice invoice, long amount, PaidBy means, string? record = null)
    {
        if (amount <= 0 || amount > invoice.AmountRemaining)
            throw StripeException.Invalid("amount", $"The amount must be between 1 and the remaining {invoice.AmountRemaining}.");
        if (means != PaidBy.Marked)
            Record(session, invoice, amount, means, record);
        var paid = InvoiceMath.Due(invoice with
        {
            AmountPaid = invoice.AmountPaid + amount,
            Attempted = true,
            AttemptCount = invoice.AttemptCount + 1,
        });
        return paid.AmountRemaining > 0 ? session.Put(paid, "invoice.updated", session.Render(invoice)) : Settle(session, paid);
    }

    private static void Record(StripeSession session, Invoice invoice, long amount, PaidBy means, string? record)
    {
        var through = means == PaidBy.OutOfBand
            ? new JsonObject { ["type"] = "payment_record", ["payment_record"] = record ?? Unnamed(session, invoice, amount) }
            : new JsonObject { ["type"] = "payment_intent", ["payment_intent"] = Collect(session, invoice, amount, means).PaymentIntent };
        session.Put(new InvoicePayment(Wire.NewId("inpay_"), session.Now, amount, invoice.Currency, invoice.Id, through), "invoice_payment.paid");
    }

    /// <summary>Stripe itself makes a record of what is only said to be paid elsewhere.</summary>
    private static string Unnamed(StripeSession session, Invoice invoice, long amount) =>
        session.Put(new PaymentRecord(Wire.NewId("pr_"), session.Now, new(amount, invoice.Currency), new JsonObject { ["type"] = "custom" }) { PaymentMethodDetails = new JsonObject { ["type"] = "custom" } }).Id;

    public static Invoice Settle(StripeSession session, Invoice invoice)
    {
        var before = session.Render(session.Get<Invoice>(invoice.Id, "invoice"));
        var paid = session.Put(invoice with
        {
            Status = "paid",
            StatusTransitions = invoice.StatusTransitions with { PaidAt = session.Now },
        }, "invoice.updated", before);
        session.Emit("invoice.paid", paid);
        if (paid.AmountPaid > 0)
            session.Emit("invoice.payment_succeeded", paid);
        return paid;
    }

    public static JsonObject ListOf(StripeSession session, string invoice) => Listing.List(
        session.Documents.All<InvoicePayment>(invoice).Select(session.Render), hasMore: false, $"/v1/invoice_payments?invoice={invoice}");

    public static JsonObject Read(StripeCall call) => call.Session.Render(call.Session.Get<InvoicePayment>(call.Id, "invoice payment"));

    public static JsonObject List(StripeCall call)
    {
        var payment = call.Form.Group("payment");
        payment?.OneOf("type", null, "payment_intent", "payment_record");
        return Listing.Page<InvoicePayment>(call, "invoice payment", parent: call.Form.Text("invoice"), filters:
        [
            call.Form.OneOf("status", null, "open", "paid", "canceled") is { } status ? Filter.Field("status", status) : null,
            payment?.Text("payment_intent") is { } intent ? Filter.Field("payment.payment_intent", intent) : null,
            payment?.Text("payment_record") is { } record ? Filter.Field("payment.payment_record", record) : null,
        ]);
    }

    private static Charge Collect(StripeSession session, Invoice invoice, long amount, PaidBy means)
    {
        var type = means == PaidBy.Card ? "card" : "customer_balance";
        var charge = new Charge
        {
            Id = Wire.NewId(means == PaidBy.Card ? "ch_" : "py_"),
            Amount = amount,
            Created = session.Now,
            Currency = invoice.Currency,
            Customer = invoice.Customer,
            PaymentIntent = Wire.NewId("pi_"),
            PaymentMethodDetails = new JsonObject { ["type"] = type, [type] = new JsonObject() },
        };
        var transaction = Balance.Add(session, means == PaidBy.Card ? "charge" : "payment", charge.Id, amount, Balance.Fee(amount), charge.Currency);
        return session.Put(charge with { BalanceTransaction = transaction.Id }, "charge.succeeded");
    }
}
