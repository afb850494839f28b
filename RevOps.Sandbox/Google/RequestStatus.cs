using System.Globalization;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>A request taken in, with each record's outcome, which is told only after a while.</summary>
internal sealed record IngestRequest(string Id, long Created, long ReadyAtMs, IReadOnlyList<DestinationOutcome> Destinations) : IDocument;

internal sealed record DestinationOutcome(JsonObject Destination, IReadOnlyList<string?> Reasons);

internal static class RequestStatus
{
    public static JsonObject Show(IngestRequest request, long nowMs) => new()
    {
        ["requestStatusPerDestination"] = new JsonArray([.. request.Destinations.Select(d => (JsonNode)Show(d, nowMs >= request.ReadyAtMs))]),
    };

    private static JsonObject Show(DestinationOutcome outcome, bool ready)
    {
        var failed = outcome.Reasons.Count(r => r is not null);
        var shown = new JsonObject
        {
            ["destination"] = outcome.Destination.DeepClone(),
            ["requestStatus"] = !ready ? "PROCESSING" : failed == 0 ? "SUCCESS" : failed == outcome.Reasons.Count ? "FAILED" : "PARTIAL_SUCCESS",
            ["eventsIngestionStatus"] = new JsonObject { ["recordCount"] = Count(outcome.Reasons.Count) },
        };
        if (ready && failed > 0)
            shown["errorInfo"] = new JsonObject { ["errorCounts"] = new JsonArray([.. Errors(outcome.Reasons)]) };
        return shown;
    }

    private static IEnumerable<JsonNode> Errors(IReadOnlyList<string?> reasons) =>
        reasons.Index().Where(r => r.Item is not null).GroupBy(r => r.Item, r => r.Index).Select(g => new JsonObject
        {
            ["reason"] = "PROCESSING_ERROR_REASON_" + g.Key,
            ["recordCount"] = Count(g.Count()),
            ["recordIndices"] = new JsonArray([.. g.Select(i => (JsonNode)i)]),
        });

    // 64-bit integers are strings in Google's JSON.
    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
