using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>What a sender says by names of its own: questions and their answers, properties and their values.</summary>
public sealed class Answers
{
    private const int LongestValue = 500;
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>The names as the sender spells them, for the mapping to offer.</summary>
    public List<string> Names { get; } = [];

    public string? this[string name] => values.GetValueOrDefault(Plain(name));

    /// <summary>The first that was said wins: names that differ only in their spelling are one.</summary>
    public void Add(string? name, string? value)
    {
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(value) || !values.TryAdd(Plain(name), Cut(value.Trim())))
            return;
        Names.Add(name);
    }

    public void Add(string? name, JsonElement value) => Add(name, TextOf(value));

    /// <summary>Without accents, blanks and signs, in lower case: "N° de TVA" is "ndetva".</summary>
    private static string Plain(string name) => string.Concat(name.Normalize(NormalizationForm.FormD)
        .Where(sign => char.IsLetterOrDigit(sign) && CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();

    private static string Cut(string value) => value.Length > LongestValue ? value[..LongestValue] : value;

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(TextOf).OfType<string>()),
        JsonValueKind.Object when value.TryGetProperty("value", out var inner) => TextOf(inner),
        _ => null,
    };
}

/// <summary>Reading JSON of others: what is not there, or of another kind, is null.</summary>
internal static class HookJson
{
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element) || element.ValueKind == JsonValueKind.Null)
                return null;
        }

        return element;
    }

    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path) switch
    {
        { ValueKind: JsonValueKind.String } text when !string.IsNullOrWhiteSpace(text.GetString()) => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(element.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time.Year is >= 2000 and < 9000 ? time : null;

    public static IEnumerable<JsonElement> Items(this JsonElement? element) => element is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Properties(this JsonElement? element) => element is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject() : [];
}
