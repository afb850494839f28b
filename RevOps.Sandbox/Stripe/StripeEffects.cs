using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>What was really done, for whoever must prove that it was done once.</summary>
internal static class StripeEffects
{
    public static JsonObject Show(StripeSession session)
    {
        var sent = session.Documents.Counters("sent:");
        return new JsonObject
        {
            ["executed"] = new JsonObject(session.Documents.Counters("executed:").Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
            ["customers"] = Fields<Customer>(session, "id", "name", "email", "metadata"),
            ["invoices"] = new JsonArray([.. session.Documents.All<Invoice>().Select(i => Invoice(session, i, sent))]),
            ["payments"] = Fields<InvoicePayment>(session, "id", "invoice", "amount_paid", "currency", "created"),
            ["creditNotes"] = Fields<CreditNote>(session, "id", "invoice", "number", "status", "total", "metadata"),
            ["refunds"] = Fields<Refund>(session, "id", "charge", "amount"),
            ["payouts"] = Fields<Payout>(session, "id", "amount", "status"),
            ["calls"] = session.Rate.Show(),
            ["undelivered"] = session.Documents.All<Delivery>().Count,
        };
    }

    private static JsonNode Invoice(StripeSession session, Invoice invoice, SortedDictionary<string, long> sent)
    {
        var shown = Pick(session.Render(invoice), "id", "status", "number", "currency", "customer", "subtotal", "total", "amount_remaining", "amount_paid", "metadata");
        shown["lines"] = session.Documents.All<InvoiceLine>(invoice.Id).Count;
        shown["sent"] = sent.GetValueOrDefault(invoice.Id);
        return shown;
    }

    private static JsonArray Fields<T>(StripeSession session, params string[] names) where T : class, IDocument =>
        new([.. session.Documents.All<T>().Select(d => (JsonNode)Pick(session.Render(d), names))]);

    private static JsonObject Pick(JsonObject from, params ReadOnlySpan<string> names)
    {
        var picked = new JsonObject();
        foreach (var name in names)
            picked[name] = from[name]?.DeepClone();
        return picked;
    }
}
