using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>A vendor's body as anybody may see it: its shape, and values that are codes, ids and times, never what a person typed.</summary>
public static class DeliveryMask
{
    private const string Mask = "•••";

    private static readonly HashSet<string> Clear = new(StringComparer.OrdinalIgnoreCase)
    {
        "triggerEvent", "event", "createdAt", "created_at", "type", "eventTypeId", "eventTitle", "startTime", "endTime", "start_time", "end_time", "uid", "bookingId", "rescheduleUid", "status", "length", "currency", "price",
        "event_type", "rescheduled", "subscriptionType", "subscriptionId", "objectId", "eventId", "portalId", "appId", "occurredAt", "propertyName", "attemptNumber", "changeSource", "specversion", "source", "time",
    };

    public static string ShapeOf(JsonElement element) => Masked(element, "")?.ToJsonString() ?? "null";

    private static JsonNode? Masked(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(element.EnumerateObject().DistinctBy(property => property.Name, StringComparer.Ordinal).Select(property => KeyValuePair.Create(property.Name, Masked(property.Value, property.Name)))),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Take(100).Select(item => Masked(item, name))]),
        JsonValueKind.String or JsonValueKind.Number => JsonNode.Parse(Clear.Contains(name) ? element.GetRawText() : JsonSerializer.Serialize(Mask)),
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create(element.GetBoolean()),
        _ => null,
    };
}
