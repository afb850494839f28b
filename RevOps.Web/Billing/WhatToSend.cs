using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RevOps.Core.Billing;

namespace RevOps.Web.Billing;

/// <summary>The fields that a sender left out, where they stand in the event: the rest of it stays as it was.</summary>
public static class WhatToSend
{
    private const string Unchanged = "…";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The path of each field and a value that would do.
    private static readonly Dictionary<string, (string Path, JsonNode Example)[]> Fields = new(StringComparer.Ordinal)
    {
        [ReviewProblem.LegalNameMissing] = [("customer.legalName", "Acme SARL")],
        [ReviewProblem.EmailMissing] = [("customer.email", "accounts@acme.example")],
        [ReviewProblem.AddressMissing] = [("customer.address.line1", "1 rue de la Paix"), ("customer.address.postalCode", "75002"), ("customer.address.city", "Paris")],
        [ReviewProblem.CountryMissing] = [("customer.address.country", "FR")],
        [ReviewProblem.KindMissing] = [("customer.kind", "business")],
        [ReviewProblem.SirenMissing] = [("customer.siren", "552100554")],
        [ReviewProblem.VatNumberMissing] = [("customer.vatNumber", "BE0417497106")],
        [ReviewProblem.VatNumberUnverified] = [("customer.vatNumber", "BE0417497106")],
        [ReviewProblem.TaxRateUnknown] = [("lines.taxRatePercent", 20)],
        [ReviewProblem.TaxRateContradicts] = [("lines.taxRatePercent", 0)],
        [ReviewProblem.DescriptionMissing] = [("lines.description", "Audit")],
    };

    /// <summary>Null when nothing that the sender could mend is missing.</summary>
    public static string? Of(InvoicePaper paper)
    {
        var missing = paper.Problems.Where(Fields.ContainsKey).SelectMany(code => Fields[code]).ToList();
        if (missing.Count == 0)
            return null;
        var data = new JsonObject { [paper.BookingId is null ? "dealId" : "bookingId"] = paper.Sale };
        foreach (var (path, example) in missing)
            Put(data, path.Split('.'), example.DeepClone());
        var sent = new JsonObject { ["type"] = paper.BookingId is null ? "revops.deal_won.v1" : "revops.booking_confirmed.v1", ["data"] = Mark(data) };
        return sent.ToJsonString(Readable);
    }

    private static void Put(JsonObject into, string[] path, JsonNode value)
    {
        foreach (var step in path[..^1])
        {
            if (step == "lines")
                into = (into["lines"] ??= new JsonArray(new JsonObject()))[0]!.AsObject();
            else
                into = (into[step] ??= new JsonObject()).AsObject();
        }

        into[path[^1]] = value;
    }

    /// <summary>Says of every object that it holds what it held before as well.</summary>
    private static JsonNode Mark(JsonNode node)
    {
        if (node is JsonObject fields)
        {
            foreach (var (_, value) in fields.ToList())
                Mark(value!);
            fields[Unchanged] = Unchanged;
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                Mark(item!);
        }

        return node;
    }
}
