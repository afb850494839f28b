using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Meta;

/// <summary>An event as Meta counts it: the same name and id within 48 hours is the same event, however often it comes.</summary>
internal sealed record MetaEvent : IDocument
{
    public required string Id { get; init; }
    public required long Created { get; init; }
    public required string DatasetId { get; init; }
    public string? TestEventCode { get; init; }
    public IReadOnlyList<long> ReceivedAt { get; init; } = [];
    public required JsonObject Event { get; init; }
}

internal static class MetaEvents
{
    private const long WindowSeconds = 48 * 3600;

    public static void Receive(Documents documents, string dataset, JsonObject e, string? testEventCode, long now)
    {
        var id = e.Text("event_id") is { } eventId ? $"{dataset}|{e.Text("event_name")}|{eventId}" : Wire.NewId($"{dataset}|");
        var known = documents.Find<MetaEvent>(id);
        if (known is not null && now - known.Created > WindowSeconds)
        {
            // Too late to be recognised: it counts a second time.
            documents.Remove<MetaEvent>(id);
            documents.Put(known with { Id = $"{id}|{known.Created}" });
            known = null;
        }
        documents.Put(known is null
            ? new MetaEvent { Id = id, Created = now, DatasetId = dataset, TestEventCode = testEventCode, ReceivedAt = [now], Event = e.DeepClone().AsObject() }
            : known with { ReceivedAt = [.. known.ReceivedAt, now] });
    }

    public static JsonObject Effects(Documents documents)
    {
        var events = documents.All<MetaEvent>();
        var counters = documents.Counters("batches:");
        return new JsonObject
        {
            ["batchesAccepted"] = counters.GetValueOrDefault("accepted"),
            ["batchesRefused"] = counters.GetValueOrDefault("refused"),
            ["counted"] = events.Count,
            ["duplicates"] = events.Sum(e => e.ReceivedAt.Count - 1),
            ["events"] = new JsonArray([.. events.Select(Show)]),
        };
    }

    private static JsonNode Show(MetaEvent e) => new JsonObject
    {
        ["datasetId"] = e.DatasetId,
        ["eventName"] = e.Event.Text("event_name"),
        ["eventId"] = e.Event.Text("event_id"),
        ["eventTime"] = e.Event.Integer("event_time"),
        ["actionSource"] = e.Event.Text("action_source"),
        ["value"] = e.Event.Object("custom_data")?.Number("value"),
        ["currency"] = e.Event.Object("custom_data")?.Text("currency"),
        ["orderId"] = e.Event.Object("custom_data")?.Text("order_id"),
        ["testEventCode"] = e.TestEventCode,
        ["received"] = e.ReceivedAt.Count,
        ["receivedAt"] = new JsonArray([.. e.ReceivedAt.Select(t => (JsonNode)t)]),
        ["event"] = e.Event.DeepClone(),
    };
}
