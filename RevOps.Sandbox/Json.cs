using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox;

/// <summary>Reading JSON that may be anything: a value of another kind is no value.</summary>
internal static class Json
{
    public static string? Text(this JsonObject node, string name) =>
        node[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static decimal? Number(this JsonObject node, string name) =>
        node[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out decimal number) ? number : null;

    public static long? Integer(this JsonObject node, string name) =>
        node[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long number) ? number : null;

    public static JsonObject? Object(this JsonObject node, string name) => node[name] as JsonObject;

    /// <summary>A string, or a list of strings; null where it is neither.</summary>
    public static IReadOnlyList<string>? Texts(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out string? text) => [text],
        JsonArray array when array.All(i => i is JsonValue v && v.GetValueKind() == JsonValueKind.String) => [.. array.Select(i => i!.GetValue<string>())],
        _ => null,
    };

    public static JsonObject? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}

internal static class Currencies
{
    private static readonly HashSet<string> Known =
        [.. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => new RegionInfo(c.Name).ISOCurrencySymbol)];

    public static bool IsKnown(string? code) => code is { Length: 3 } && Known.Contains(code);
}
