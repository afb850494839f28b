using System.Globalization;
using System.Text.Json;

namespace RevOps.Core.Ingestion;

/// <summary>What is wrong with one field: where it is, and what was expected there.</summary>
/// <param name="Path">JSON path from the event's root, such as "data.lines[0].quantity".</param>
public sealed record FieldError(string Path, string Message);

/// <summary>The envelope of one event: CloudEvents 1.0, structured JSON.</summary>
public sealed record CloudEvent(string Id, string Source, string Type, DateTimeOffset? Time, JsonElement Data)
{
    private const int LongestAttribute = 200;

    /// <summary>Reads the envelope; with any error the event is no event.</summary>
    public static CloudEvent? Read(JsonElement element, List<FieldError> errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new("", "A CloudEvent is a JSON object."));
            return null;
        }

        if (Attribute(element, "specversion", errors) is { } version && version != "1.0")
            errors.Add(new("specversion", "Only \"1.0\" is understood."));

        var (id, source, type) = (Attribute(element, "id", errors), Attribute(element, "source", errors), Attribute(element, "type", errors));
        var time = TimeOf(element, errors);
        if (!element.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            errors.Add(new("data", "A JSON object is expected."));

        return errors.Count == 0 ? new(id!, source!, type!, time, data) : null;
    }

    /// <summary>A text attribute as far as it can be read, for telling the sender which event a result is about.</summary>
    public static string? Peek(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // No valid Unicode.
            return null;
        }
    }

    private static string? Attribute(JsonElement element, string name, List<FieldError> errors)
    {
        var value = Peek(element, name);
        if (string.IsNullOrWhiteSpace(value))
            errors.Add(new(name, "A non-empty text is required."));
        else if (value.Length > LongestAttribute)
            errors.Add(new(name, $"At most {LongestAttribute} characters."));
        else
            return value;
        return null;
    }

    private static DateTimeOffset? TimeOf(JsonElement element, List<FieldError> errors)
    {
        if (!element.TryGetProperty("time", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String && Rfc3339.TryRead(value.GetString(), out var time))
            return time;
        errors.Add(new("time", Rfc3339.Expected));
        return null;
    }
}

/// <summary>Times on the wire: RFC 3339 with an offset.</summary>
public static class Rfc3339
{
    public const string Expected = "An RFC 3339 time with an offset, not before the year 2000, is expected, such as 2026-05-04T09:30:00+02:00.";

    public static bool TryRead(string? text, out DateTimeOffset time)
    {
        time = default;

        // Without an offset the parser would take the machine's own zone.
        var hasOffset = text is { Length: >= 20 } && text[10] is 'T' or 't' or ' '
            && (text[^1] is 'Z' or 'z' || (text[^6] is '+' or '-' && text[^3] == ':'));
        return hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time) && time.Year is >= 2000 and < 9000;
    }
}
