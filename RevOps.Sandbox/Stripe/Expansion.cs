using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary><c>expand[]=data.customer</c> puts the object where its id stood; an invoice's payments and a customer's tax ids only come this way.</summary>
internal static class Expansion
{
    public static void Apply(StripeSession session, JsonObject target, string path)
    {
        foreach (var (node, field) in Targets(target, path.Split('.')))
        {
            if (field == "payments" && Text(node, "object") == "invoice")
                node[field] = Payments.ListOf(session, Text(node, "id")!);
            else if (field == "tax_ids" && Text(node, "object") == "customer")
                node[field] = Listing.List(session.Documents.All<TaxId>(Text(node, "id")!).Select(session.Render), hasMore: false, $"/v1/customers/{Text(node, "id")}/tax_ids");
            else if (Text(node, field) is { } id)
                node[field] = Find(session, id) is { } found ? session.Render(found) : throw Refused(path);
            else if (!node.ContainsKey(field))
                throw Refused(path);
        }
    }

    private static IEnumerable<(JsonObject Node, string Field)> Targets(JsonNode node, ReadOnlyMemory<string> path)
    {
        if (path.Length == 1)
            return [(node.AsObject(), path.Span[0])];
        return node[path.Span[0]] switch
        {
            JsonArray array => array.SelectMany(item => Targets(item!, path[1..])),
            JsonObject inner => Targets(inner, path[1..]),
            null => [],
            _ => throw Refused(string.Join('.', path.ToArray())),
        };
    }

    private static IDocument? Find(StripeSession session, string id) => id[..(id.IndexOf('_', StringComparison.Ordinal) + 1)] switch
    {
        "cus_" => session.Documents.Find<Customer>(id),
        "in_" => session.Documents.Find<Invoice>(id),
        "ch_" or "py_" => session.Documents.Find<Charge>(id),
        "du_" => session.Documents.Find<Dispute>(id),
        "re_" => session.Documents.Find<Refund>(id),
        "po_" => session.Documents.Find<Payout>(id),
        "txn_" => session.Documents.Find<BalanceTransaction>(id),
        "txr_" => session.Documents.Find<TaxRate>(id),
        _ => null,
    };

    private static string? Text(JsonObject node, string field) =>
        node[field] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static StripeException Refused(string path) =>
        StripeException.Invalid("expand", $"This property cannot be expanded ({path}).");
}
