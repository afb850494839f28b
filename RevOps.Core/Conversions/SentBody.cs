using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevOps.Core.Conversions;

/// <summary>A body that was sent, or its answer, for reading: indented, and without what tells of the person unless the reader may see it.</summary>
internal static class SentBody
{
    private const string Hidden = "•••";
    private const int Shown = 4;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What says nothing of a person. Whatever a platform adds to its format is hidden until it stands here.
    private static readonly HashSet<string> Clear = new(StringComparer.Ordinal)
    {
        "event_name", "event_id", "action_source", "currency", "order_id", "event_source", "lead_event_source",
        "transactionId", "eventTimestamp", "eventSource", "encoding", "accountType", "accountId", "productDestinationId", "adUserData", "adPersonalization",
        "startTimestamp", "data_processing_options", "partner_agent", "fbtrace_id", "type", "requestId", "requestStatus", "status", "reason", "domain",
    };

    // Enough of these to compare two by eye. A digest of a country or a first name is not among them: so few are possible that its beginning tells it.
    private static readonly HashSet<string> Shortened = new(StringComparer.Ordinal)
    {
        "em", "ph", "external_id", "emailAddress", "phoneNumber", "gclid", "gbraid", "wbraid", "fbc", "fbp",
    };

    public static string Show(string body, bool clear)
    {
        using var document = JsonDocument.Parse(body);
        return clear ? JsonSerializer.Serialize(document, Indented) : Mask(document.RootElement)!.ToJsonString(Indented);
    }

    /// <summary>A proxy in between may answer with something other than JSON, of which nobody knows what it repeats.</summary>
    public static string ShowAnswer(string answer, bool clear)
    {
        try
        {
            return Show(answer, clear);
        }
        catch (JsonException)
        {
            return clear ? answer : Hidden;
        }
    }

    private static JsonNode? Mask(JsonElement element, string name = "") => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(element.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Mask(property.Value, property.Name)))),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(item => Mask(item, name))]),
        JsonValueKind.String => JsonValue.Create(Mask(element.GetString()!, name)),
        JsonValueKind.Null => null,
        _ => JsonNode.Parse(element.GetRawText()),
    };

    private static string Mask(string text, string name)
    {
        if (Clear.Contains(name))
            return text;
        return Shortened.Contains(name) && text.Length > 3 * Shown ? text[..Shown] + "…" : Hidden;
    }
}
