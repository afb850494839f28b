using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record Dispute(string Id, long Created, long Amount, string Charge, string Currency, string PaymentIntent, string Reason, JsonObject PaymentMethodDetails) : IDocument
{
    public string Object => "dispute";
    public bool IsChargeRefundable => false;
    public bool Livemode => false;
    public string Status { get; init; } = "needs_response";
    string? IDocument.Parent => Charge;
}

/// <summary>The client's bank takes the money of a payment back; a card's is contested and may be won, a returned debit is lost at once.</summary>
internal static class Disputes
{
    public static JsonObject Read(StripeCall call) => call.Session.Render(call.Session.Get<Dispute>(call.Id, "dispute"));

    public static JsonObject List(StripeCall call) => Listing.Page<Dispute>(
        call, "dispute", parent: call.Form.Text("charge"), filters: Listing.Field(call.Form, "payment_intent"));

    public static JsonObject Open(StripeSession session, DisputeOrder order)
    {
        var invoice = session.Get<Invoice>(order.Invoice, "invoice");
        var intent = session.Documents.All<InvoicePayment>(invoice.Id).Select(payment => (string?)payment.Payment["payment_intent"]).OfType<string>().LastOrDefault()
            ?? throw StripeException.NotNow("Nothing of the invoice was paid through Stripe.");
        var charge = session.Documents.Where<Charge>(Filter.Field("payment_intent", intent))[0];
        var type = order.ReturnedDebit ? "sepa_debit" : "card";
        var amount = order.Amount ?? charge.Amount - charge.AmountRefunded;
        var dispute = new Dispute(Wire.NewId("du_"), session.Now, amount, charge.Id, charge.Currency, intent, order.ReturnedDebit ? "insufficient_funds" : "fraudulent", new() { ["type"] = type, [type] = new JsonObject() })
        {
            Status = order.ReturnedDebit ? "lost" : "needs_response",
        };
        Balance.Add(session, "adjustment", dispute.Id, -amount, fee: 0, charge.Currency);
        session.Put(dispute, "charge.dispute.created");
        session.Emit("charge.dispute.funds_withdrawn", dispute);
        if (order.ReturnedDebit)
            session.Emit("charge.dispute.closed", dispute);
        return session.Render(dispute);
    }

    public static JsonObject Close(StripeSession session, DisputeVerdict verdict)
    {
        var dispute = session.Get<Dispute>(verdict.Dispute, "dispute");
        if (dispute.Status is "won" or "lost")
            throw StripeException.NotNow($"The dispute is {dispute.Status}.");
        var closed = session.Put(dispute with { Status = verdict.Won ? "won" : "lost" }, "charge.dispute.closed", session.Render(dispute));
        if (verdict.Won)
        {
            Balance.Add(session, "adjustment", dispute.Id, dispute.Amount, fee: 0, dispute.Currency);
            session.Emit("charge.dispute.funds_reinstated", closed);
        }

        return session.Render(closed);
    }
}

internal sealed record DisputeOrder(string Invoice, long? Amount = null, bool ReturnedDebit = false);

internal sealed record DisputeVerdict(string Dispute, bool Won);
