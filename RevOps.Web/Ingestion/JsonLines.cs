using System.Text.Encodings.Web;
using System.Text.Json;

namespace RevOps.Web.Ingestion;

/// <param name="Depth">How far it is indented.</param>
/// <param name="IsWrong">Something is wrong at this very place.</param>
/// <param name="IsMissing">It is not there at all, and should be.</param>
public sealed record JsonLine(int Depth, string Text, bool IsWrong, bool IsMissing = false);

/// <summary>JSON line by line, with the places marked where something is wrong, and those named where something is missing.</summary>
public static class JsonLines
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="json">A whole document.</param>
    /// <param name="wrong">Paths such as "data.lines[0].quantity".</param>
    /// <returns>Null when it is no whole document: a long one was cut when it was kept.</returns>
    public static IReadOnlyList<JsonLine>? Of(string json, IReadOnlyCollection<string> wrong)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var lines = new List<JsonLine>();
            Add(lines, document.RootElement, new("", 0, "", ""), wrong);
            return lines;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What stands at a path, as it is written; null where nothing does.</summary>
    public static string? At(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement? here = document.RootElement;
            foreach (var step in path.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
                here = here is { } at ? Step(at, step) : null;
            return here is { } found ? JsonSerializer.Serialize(found, Readable) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Step(JsonElement at, string step) => at.ValueKind switch
    {
        JsonValueKind.Object when at.TryGetProperty(step, out var value) => value,
        JsonValueKind.Array when step.EndsWith(']') && int.TryParse(step[..^1], out var index) && index < at.GetArrayLength() => at[index],
        _ => null,
    };

    private static void Add(List<JsonLine> lines, JsonElement value, Place place, IReadOnlyCollection<string> wrong)
    {
        var isWrong = wrong.Contains(place.Path);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AddMany(lines, place, isWrong, '{', '}', [.. value.EnumerateObject().Select(property => (place.Inside(property.Name), property.Value))], Missing(value, place, wrong), wrong);
                break;
            case JsonValueKind.Array:
                AddMany(lines, place, isWrong, '[', ']', [.. value.EnumerateArray().Select((item, index) => (place.Item(index), item))], [], wrong);
                break;
            default:
                lines.Add(new(place.Depth, place.Lead + JsonSerializer.Serialize(value, Readable) + place.Tail, isWrong));
                break;
        }
    }

    private static void AddMany(
        List<JsonLine> lines, Place place, bool isWrong, char open, char close, List<(Place Place, JsonElement Value)> parts, List<string> missing, IReadOnlyCollection<string> wrong)
    {
        if (parts.Count == 0 && missing.Count == 0)
        {
            lines.Add(new(place.Depth, $"{place.Lead}{open}{close}{place.Tail}", isWrong));
            return;
        }

        lines.Add(new(place.Depth, place.Lead + open, isWrong));
        foreach (var (index, (inside, value)) in parts.Index())
            Add(lines, value, inside with { Tail = index < parts.Count - 1 ? "," : "" }, wrong);
        lines.AddRange(missing.Select(name => new JsonLine(place.Depth + 1, JsonSerializer.Serialize(name, Readable), IsWrong: true, IsMissing: true)));
        lines.Add(new(place.Depth, close + place.Tail, IsWrong: false));
    }

    private static List<string> Missing(JsonElement value, Place place, IReadOnlyCollection<string> wrong)
    {
        var start = place.Path.Length == 0 ? "" : place.Path + ".";
        return [.. wrong.Where(path => path.StartsWith(start, StringComparison.Ordinal)).Select(path => path[start.Length..])
            .Where(name => name.Length > 0 && name.IndexOfAny(['.', '[']) < 0 && !value.TryGetProperty(name, out _)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Where a value stands, and what its line begins and ends with.</summary>
    private sealed record Place(string Path, int Depth, string Lead, string Tail)
    {
        public Place Inside(string name) => new(Path.Length == 0 ? name : $"{Path}.{name}", Depth + 1, $"{JsonSerializer.Serialize(name, Readable)}: ", "");

        public Place Item(int index) => new($"{Path}[{index}]", Depth + 1, "", "");
    }
}
