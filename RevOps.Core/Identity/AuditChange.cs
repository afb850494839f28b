using System.Text.Json;

namespace RevOps.Core.Identity;

/// <summary>One field of an audited change, such as "status" or "address.city".</summary>
/// <param name="Before">As text; null when there was none.</param>
/// <param name="After">As text; null when there is none any more.</param>
public sealed record AuditChange(string Field, string? Before, string? After)
{
    public const string Mask = "•••";

    /// <summary>It was something and became something else; masked values no longer show it.</summary>
    public bool IsChange { get; init; }

    /// <summary>The fields of {before, after, reason?}: what changed first, in the order in which it was written.</summary>
    internal static (IReadOnlyList<AuditChange> Changes, string? Reason) Read(string? json, bool masked)
    {
        if (json is null)
            return ([], null);
        using var document = JsonDocument.Parse(json);
        var (before, after) = (Flat(document.RootElement, "before"), Flat(document.RootElement, "after"));
        var fields = after.Keys.Concat(before.Keys).Distinct(StringComparer.Ordinal).Select(field => Of(field, before.GetValueOrDefault(field), after.GetValueOrDefault(field)));
        var reason = document.RootElement.TryGetProperty("reason", out var given) ? given.GetString() : null;
        IReadOnlyList<AuditChange> sorted = [.. fields.OrderByDescending(change => change.IsChange)];
        return masked ? ([.. sorted.Select(change => change.Masked())], reason is null ? null : Mask) : (sorted, reason);
    }

    private static AuditChange Of(string field, string? before, string? after) => new(field, before, after) { IsChange = before is not null && after is not null && before != after };

    private AuditChange Masked() => this with { Before = Before is null ? null : Mask, After = After is null ? null : Mask };

    private static Dictionary<string, string> Flat(JsonElement change, string side)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (change.TryGetProperty(side, out var value))
            Add(fields, "", value);
        return fields;
    }

    private static void Add(Dictionary<string, string> fields, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    Add(fields, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)):
                fields[path] = string.Join(", ", value.EnumerateArray().Select(Text));
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                    Add(fields, $"{path}[{index}]", item);
                break;
            case JsonValueKind.Null:
                break;
            default:
                fields[path] = Text(value);
                break;
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
