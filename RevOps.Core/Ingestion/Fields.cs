using System.Globalization;
using System.Text.Json;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Reads the fields of one JSON object and notes everything that is wrong with it, each with its path and what was expected.
/// Fields that nobody asks for are left alone.
/// </summary>
public sealed class Fields(JsonElement element, string path, List<FieldError> errors)
{
    public const int LongestText = 2_000;

    /// <summary>No error so far, here or in an object inside.</summary>
    public bool Ok => errors.Count == 0;

    public void Wrong(string name, string message) => errors.Add(new($"{path}.{name}", message));

    public string? Text(string name, int longest = LongestText)
    {
        if (!Has(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
        {
            Wrong(name, "A text is expected.");
            return null;
        }

        // Asked for once: it is made anew each time.
        var text = value.GetString()!;
        if (text.Length > longest)
            Wrong(name, $"At most {longest} characters.");
        else if (text.Contains('\0'))
            Wrong(name, "The character U+0000 is not allowed.");
        else
            return string.IsNullOrWhiteSpace(text) ? null : text;
        return null;
    }

    public string RequiredText(string name, int longest = 200) => Text(name, longest) ?? Missing(name, "A non-empty text is required.", "");

    public bool? Flag(string name)
    {
        if (!Has(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Wrong(name, "true or false is expected.");
        return null;
    }

    public long? Whole(string name, long least = 0, long most = 1_000_000_000_000)
    {
        if (!Has(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Wrong(name, $"A whole number from {least} to {most} is expected.");
        return null;
    }

    public long RequiredWhole(string name, long least = 0, long most = 1_000_000_000_000) => Whole(name, least, most) ?? Missing(name, "A whole number is required.", 0L);

    /// <summary>A number, or the same as a text: JSON numbers lose digits on their way through some senders.</summary>
    public decimal? Number(string name, decimal least, decimal most, int decimals)
    {
        if (!Has(name, out var value))
            return null;
        var text = value.ValueKind switch { JsonValueKind.Number => value.GetRawText(), JsonValueKind.String => value.GetString(), _ => null };
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most && decimal.Round(number, decimals) == number)
            return number;
        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"A number from {least} to {most} with at most {decimals} decimals is expected."));
        return null;
    }

    public DateTimeOffset? Time(string name)
    {
        if (!Has(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && Rfc3339.TryRead(value.GetString(), out var time))
            return time;
        Wrong(name, Rfc3339.Expected);
        return null;
    }

    public DateOnly? Day(string name)
    {
        if (!Has(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Wrong(name, "A date as YYYY-MM-DD is expected.");
        return null;
    }

    public T Required<T>(string name, T? value, string expected) where T : struct => value ?? Missing(name, expected, default(T));

    public string? OneOf(string name, params string[] values)
    {
        var text = Text(name, 100);
        if (text is null || values.Contains(text))
            return text;
        Wrong(name, $"One of {string.Join(", ", values)} is expected.");
        return null;
    }

    public string? RequiredOneOf(string name, params string[] values)
    {
        if (!Has(name, out _))
            Wrong(name, $"One of {string.Join(", ", values)} is required.");
        return OneOf(name, values);
    }

    public string RequiredCurrency(string name)
    {
        var code = Text(name, 10)?.ToUpperInvariant();
        if (Currency.IsKnown(code))
            return code!;
        Wrong(name, code is null ? "A currency of ISO 4217 is required, such as EUR." : "A currency of ISO 4217 is expected, such as EUR.");
        return "XXX";
    }

    /// <summary>ISO 3166-1 alpha-2, made upper case.</summary>
    public string? Country(string name)
    {
        var code = Text(name, 10)?.ToUpperInvariant();
        if (code is null || (code.Length == 2 && code.All(char.IsAsciiLetterUpper)))
            return code;
        Wrong(name, "A country of two letters (ISO 3166-1) is expected, such as FR.");
        return null;
    }

    public Fields? Object(string name)
    {
        if (!Has(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new(value, $"{path}.{name}", errors);
        Wrong(name, "A JSON object is expected.");
        return null;
    }

    public IReadOnlyList<string> Texts(string name, int most)
    {
        if (!Has(name, out var value))
            return [];
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        Wrong(name, $"An array of at most {most} texts is expected.");
        return [];
    }

    public IReadOnlyList<Fields> Objects(string name, int most)
    {
        if (!Has(name, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            Wrong(name, "A JSON array is expected.");
        else if (value.GetArrayLength() > most)
            Wrong(name, $"At most {most} entries.");
        else if (value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
            Wrong(name, "Every entry is a JSON object.");
        else
            return [.. value.EnumerateArray().Select((item, index) => new Fields(item, $"{path}.{name}[{index}]", errors))];
        return [];
    }

    public bool Has(string name) => Has(name, out _);

    private bool Has(string name, out JsonElement value) => element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private T Missing<T>(string name, string expected, T instead)
    {
        // Whatever was there and could not be read has said so already.
        if (!Has(name, out var value) || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString())))
            Wrong(name, expected);
        return instead;
    }
}
