using System.Text.Json;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>Looks into a body that went to an ad platform: every identifier of a person is a SHA-256 in hex.</summary>
internal static class HashedBody
{
    private const int Digits = 64;

    // Meta's and Google's names for what has to be hashed. A region, a postal code of Google's, a click and a cookie go as they are: the platforms want them so.
    private static readonly HashSet<string> Identifiers = new(StringComparer.Ordinal)
    {
        "em", "ph", "fn", "ln", "ct", "st", "zp", "country", "ge", "db", "external_id", "emailAddress", "phoneNumber", "givenName", "familyName",
    };

    public static bool Holds(string body)
    {
        using var json = JsonDocument.Parse(body);
        return Holds(json.RootElement, "");
    }

    private static bool Holds(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(property => Holds(property.Value, property.Name)),
        JsonValueKind.Array => element.EnumerateArray().All(item => Holds(item, name)),
        JsonValueKind.String when Identifiers.Contains(name) => IsDigest(element.GetString()!),
        JsonValueKind.String => !element.GetString()!.Contains('@', StringComparison.Ordinal),
        _ => true,
    };

    private static bool IsDigest(string text) => text.Length == Digits && text.All(char.IsAsciiHexDigit);
}
