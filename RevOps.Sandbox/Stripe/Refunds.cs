using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record Refund(
    string Id, long Created, long Amount, string BalanceTransaction, string Charge, string Currency, string PaymentIntent, string? Reason) : IDocument
{
    public string Object => "refund";
    public SortedDictionary<string, string> Metadata { get; init; } = new(StringComparer.Ordinal);
    public string Status { get; init; } = "succeeded";
    string? IDocument.Parent => Charge;
}

/// <summary>Money back on the charge it came from; Stripe keeps its fee.</summary>
internal static class Refunds
{
    public static JsonObject Create(StripeCall call)
    {
        var (session, form) = (call.Session, call.Form);
        var charge = form.Text("charge") is { } id ? session.Get<Charge>(id, "charge", "charge")
            : session.Documents.Where<Charge>(Filter.Field("payment_intent", form.Required("payment_intent"))).FirstOrDefault()
            ?? throw StripeException.NoSuch("payment_intent", form.Required("payment_intent"), "payment_intent");
        var reason = form.OneOf("reason", null, "duplicate", "fraudulent", "requested_by_customer");
        var metadata = form.Metadata(new SortedDictionary<string, string>(StringComparer.Ordinal));
        var refund = Make(session, charge, form.Integer("amount") ?? charge.Amount - charge.AmountRefunded, reason, metadata);
        return session.Render(refund);
    }

    public static JsonObject Read(StripeCall call) => call.Session.Render(call.Session.Get<Refund>(call.Id, "refund"));

    public static JsonObject List(StripeCall call) => Listing.Page<Refund>(
        call, "refund", parent: call.Form.Text("charge"), filters: Listing.Field(call.Form, "payment_intent"));

    /// <summary>Takes an amount back from the charges of an invoice, the latest first.</summary>
    public static IReadOnlyList<Refund> OfInvoice(StripeSession session, string invoice, long amount)
    {
        var refunds = new List<Refund>();
        foreach (var intent in session.Documents.All<InvoicePayment>(invoice).Select(p => (string?)p.Payment["payment_intent"]).OfType<string>().Reverse())
        {
            var charge = session.Documents.Where<Charge>(Filter.Field("payment_intent", intent))[0];
            var part = Math.Min(amount, charge.Amount - charge.AmountRefunded);
            if (part > 0)
                refunds.Add(Make(session, charge, part, reason: null, new SortedDictionary<string, string>(StringComparer.Ordinal)));
            amount -= Math.Max(0, part);
        }
        return amount == 0 ? refunds : throw StripeException.Invalid(
            "refund_amount", $"{amount} of the refund was not paid through Stripe; use credit_amount or out_of_band_amount.");
    }

    /// <summary>The client's bank sends it back, days later: the money is in the balance again.</summary>
    public static JsonObject Fail(StripeSession session, string id)
    {
        var refund = session.Get<Refund>(id, "refund");
        var charge = session.Get<Charge>(refund.Charge, "charge");
        Balance.Add(session, "refund_failure", refund.Id, refund.Amount, fee: 0, refund.Currency);
        session.Put(charge with { AmountRefunded = charge.AmountRefunded - refund.Amount }, "charge.updated", session.Render(charge));
        return session.Render(session.Put(refund with { Status = "failed" }, "refund.failed", session.Render(refund)));
    }

    private static Refund Make(StripeSession session, Charge charge, long amount, string? reason, SortedDictionary<string, string> metadata)
    {
        if (amount <= 0 || amount > charge.Amount - charge.AmountRefunded)
            throw StripeException.NotNow($"Charge {charge.Id} has {charge.Amount - charge.AmountRefunded} left to refund.", "charge_already_refunded");
        var id = Wire.NewId("re_");
        var transaction = Balance.Add(session, "refund", id, -amount, fee: 0, charge.Currency);
        var refund = new Refund(id, session.Now, amount, transaction.Id, charge.Id, charge.Currency, charge.PaymentIntent, reason) { Metadata = metadata };
        session.Put(refund, "refund.created");
        session.Put(charge with { AmountRefunded = charge.AmountRefunded + amount }, "charge.refunded", session.Render(charge));
        return refund;
    }
}
