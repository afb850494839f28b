using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>The form of one event.</summary>
internal static class EventRules
{
    private const int MostIdentifiers = 10;

    /// <summary>In a transaction id: stands for whatever a platform dislikes that nobody could have known before.</summary>
    private const string Poison = "poison";

    public static GoogleError? Check(JsonObject? e, string at, string? encoding, IReadOnlySet<string> references, DateTimeOffset now)
    {
        if (e is null)
            return GoogleError.Required(at);
        if (e.Text("transactionId")?.Contains(Poison, StringComparison.Ordinal) == true)
            return GoogleError.Invalid("INVALID_EVENT", $"{at}.transactionId", "The transaction id cannot be read.");
        if (e.Text("eventSource") is not { } source)
            return GoogleError.Required($"{at}.eventSource");
        if (source is not ("WEB" or "APP" or "IN_STORE" or "PHONE" or "OTHER"))
            return GoogleError.Invalid("INVALID_ENUM_VALUE", $"{at}.eventSource", $"Invalid value at '{at}.eventSource': \"{source}\"");
        if (Json.Texts(e["destinationReferences"]) is { } used && used.Any(r => !references.Contains(r)))
            return GoogleError.Invalid("INVALID_DESTINATION_REFERENCE", $"{at}.destinationReferences", "There is no destination with this reference.");
        return Times(e, at, now) ?? Value(e, at) ?? IngestRules.Consent(e.Object("consent"), $"{at}.consent") ?? Identifiers(e, at, encoding);
    }

    public static DateTimeOffset? Time(JsonObject e, string name) =>
        e.Text(name) is { } text && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && (text.EndsWith('Z') || text[^6] is '+' or '-') ? time : null;

    private static GoogleError? Times(JsonObject e, string at, DateTimeOffset now)
    {
        if (!e.ContainsKey("eventTimestamp"))
            return GoogleError.Required($"{at}.eventTimestamp");
        if (e.Object("callInfo") is { } call && Time(call, "startTimestamp") is null)
            return GoogleError.Invalid("EVENT_TIME_INVALID", $"{at}.callInfo.startTimestamp", "The start of the call must be RFC 3339 with an offset.");
        return Time(e, "eventTimestamp") is not { } time || time > now.AddMinutes(5)
            ? GoogleError.Invalid("EVENT_TIME_INVALID", $"{at}.eventTimestamp", "The event time must be RFC 3339 with an offset, and not in the future.")
            : null;
    }

    private static GoogleError? Value(JsonObject e, string at)
    {
        if (e.ContainsKey("conversionValue") && e.Number("conversionValue") is null)
            return GoogleError.Invalid("INVALID_VALUE", $"{at}.conversionValue", "The conversion value must be a number, in units of the currency.");
        return (e.ContainsKey("currency") || e.ContainsKey("conversionValue")) && !Currencies.IsKnown(e.Text("currency"))
            ? GoogleError.Invalid("INVALID_CURRENCY_CODE", $"{at}.currency", "The currency code must be a three-letter ISO 4217 code.")
            : null;
    }

    private static GoogleError? Identifiers(JsonObject e, string at, string? encoding)
    {
        var clicks = e.Object("adIdentifiers")?.Count(i => i.Key is "gclid" or "gbraid" or "wbraid") ?? 0;
        if (clicks > 1)
            return GoogleError.Invalid("MULTIPLE_CLICK_IDS", $"{at}.adIdentifiers", "Exactly one of gclid, gbraid and wbraid may be set.");
        var people = e.Object("userData")?["userIdentifiers"] as JsonArray ?? [];
        if (clicks == 0 && people.Count == 0)
            return GoogleError.Invalid("NO_IDENTIFIERS_PROVIDED", at, "The event has neither a click id nor user data.");
        return people.Count > MostIdentifiers
            ? GoogleError.Invalid("TOO_MANY_USER_IDENTIFIERS", $"{at}.userData", $"At most {MostIdentifiers} user identifiers.")
            : people.Select((p, i) => Person(p as JsonObject, $"{at}.userData.userIdentifiers[{i}]", encoding)).FirstOrDefault(x => x is not null);
    }

    private static GoogleError? Person(JsonObject? person, string at, string? encoding)
    {
        if (person?.Count != 1)
            return GoogleError.Invalid("INVALID_USER_IDENTIFIER", at, "Exactly one of emailAddress, phoneNumber and address must be set.");
        if (person.Object("address") is not { } address)
            return Hash(person.First().Value?.ToString(), $"{at}.{person.First().Key}", encoding);
        if (address.Text("regionCode") is not { Length: 2 } region || region.Any(c => !char.IsAsciiLetterUpper(c)))
            return GoogleError.Invalid("INVALID_COUNTRY_CODE", $"{at}.address.regionCode", "The region code must be two upper-case letters, not hashed.");
        return string.IsNullOrWhiteSpace(address.Text("postalCode")) ? GoogleError.Required($"{at}.address.postalCode")
            : Hash(address.Text("givenName"), $"{at}.address.givenName", encoding) ?? Hash(address.Text("familyName"), $"{at}.address.familyName", encoding);
    }

    private static GoogleError? Hash(string? hash, string at, string? encoding)
    {
        if (encoding == "BASE64")
        {
            return hash is not null && Base64.IsValid(hash, out var bytes) && bytes == 32 ? null
                : GoogleError.Invalid("INVALID_SHA256_FORMAT", at, "The value is not a base64 encoded SHA-256 hash.");
        }
        if (string.IsNullOrEmpty(hash) || !hash.All(char.IsAsciiHexDigit))
            return GoogleError.Invalid("INVALID_HEX_ENCODING", at, "The value is not hexadecimal.");
        return hash.Length == 64 ? null : GoogleError.Invalid("INVALID_SHA256_FORMAT", at, "The value is not a SHA-256 hash.");
    }
}
