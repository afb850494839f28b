using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record RecordAmount(long Value, string Currency);

/// <summary>A payment that somebody reports to have received elsewhere.</summary>
internal sealed record PaymentRecord(string Id, long Created, RecordAmount AmountRequested, JsonObject ProcessorDetails) : IDocument
{
    public string Object => "payment_record";
    public RecordAmount Amount => AmountRequested;
    public RecordAmount AmountGuaranteed => AmountRequested;
    public RecordAmount AmountRefunded { get; init; } = new(0, AmountRequested.Currency);
    public JsonObject? CustomerDetails { get; init; }
    public bool Livemode => false;
    public SortedDictionary<string, string> Metadata { get; init; } = new(StringComparer.Ordinal);
    public required JsonObject PaymentMethodDetails { get; init; }
    public string ReportedBy => "self";
}

/// <summary>Money past Stripe: reported, attached to an invoice, and reported as paid back.</summary>
internal static class PaymentRecords
{
    public static JsonObject Report(StripeCall call)
    {
        var (session, form) = (call.Session, call.Form);
        var amount = form.Group("amount_requested") ?? throw StripeException.Missing("amount_requested");
        var (value, currency) = (amount.Integer("value") ?? throw StripeException.Missing("amount_requested[value]"), amount.Required("currency"));
        if (value <= 0)
            throw StripeException.Invalid("amount_requested[value]", "This value must be greater than or equal to 1.");
        _ = form.Integer("initiated_at") ?? throw StripeException.Missing("initiated_at");
        if (form.OneOf("outcome", null, "guaranteed", "failed") != "guaranteed" || form.Group("guaranteed")?.Integer("guaranteed_at") is null)
            throw StripeException.Missing("guaranteed[guaranteed_at]");
        var method = form.Group("payment_method_details") ?? throw StripeException.Missing("payment_method_details");
        method.OneOf("type", null, "custom");
        var customer = form.Group("customer_details")?.Text("customer");
        if (customer is not null)
            session.Get<Customer>(customer, "customer", "customer_details[customer]");
        return session.Render(session.Put(new PaymentRecord(Wire.NewId("pr_"), session.Now, new(value, currency), Processor(form, "payment_reference"))
        {
            CustomerDetails = customer is null ? null : new() { ["customer"] = customer },
            Metadata = form.Metadata(new SortedDictionary<string, string>(StringComparer.Ordinal)),
            PaymentMethodDetails = new() { ["type"] = "custom", ["custom"] = new JsonObject { ["display_name"] = method.Group("custom")?.Required("display_name") } },
        }));
    }

    public static JsonObject Read(StripeCall call) => call.Session.Render(call.Session.Get<PaymentRecord>(call.Id, "payment record"));

    /// <summary>All of it, or the invoice's rest where that is less.</summary>
    public static JsonObject Attach(StripeCall call)
    {
        var (session, invoice) = (call.Session, Invoices.Get(call));
        var record = session.Get<PaymentRecord>(call.Form.Required("payment_record"), "payment record", "payment_record");
        if (invoice.Status is not ("open" or "uncollectible"))
            throw StripeException.NotNow("You can only attach a payment to an open or uncollectible invoice.");
        if (record.AmountRequested.Currency != invoice.Currency)
            throw StripeException.Invalid("payment_record", "The payment record has another currency than the invoice.");
        if (session.Documents.All<InvoicePayment>(invoice.Id).Any(payment => (string?)payment.Payment["payment_record"] == record.Id))
            throw StripeException.NotNow("This payment record is already attached to the invoice.");
        return session.Render(Payments.Receive(session, invoice, record.AmountRequested.Value, PaidBy.OutOfBand, record.Id));
    }

    public static JsonObject ReportRefund(StripeCall call)
    {
        var (session, form) = (call.Session, call.Form);
        var record = session.Get<PaymentRecord>(call.Id, "payment record");
        if (form.OneOf("outcome", null, "refunded") is null)
            throw StripeException.Missing("outcome");
        if (form.Group("refunded")?.Integer("refunded_at") is null)
            throw StripeException.Missing("refunded[refunded_at]");
        Processor(form, "refund_reference");
        var left = record.AmountRequested.Value - record.AmountRefunded.Value;
        if (left <= 0)
            throw StripeException.NotNow("This payment record has been refunded already.");
        return session.Render(session.Put(record with { AmountRefunded = record.AmountRequested }));
    }

    private static JsonObject Processor(FormBody form, string reference)
    {
        var processor = form.Group("processor_details") ?? throw StripeException.Missing("processor_details");
        processor.OneOf("type", null, "custom");
        return new() { ["type"] = "custom", ["custom"] = new JsonObject { [reference] = (processor.Group("custom") ?? throw StripeException.Missing($"processor_details[custom][{reference}]")).Required(reference) } };
    }
}
