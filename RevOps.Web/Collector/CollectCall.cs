using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using RevOps.Core.Ingestion;

namespace RevOps.Web.Collector;

/// <summary>One call of the script, as it stands in docs/collector.md. What is too long or of another kind than expected counts as left out.</summary>
internal sealed class CollectCall(JsonElement body)
{
    public const string Touch = "touch";
    public const string Consent = "consent";
    public const string Ping = "ping";
    public const string Pixel = "pixel";

    // A sleeping phone, a wrong time zone: beyond this the server's time is the better one.
    private static readonly TimeSpan MostDrift = TimeSpan.FromMinutes(5);

    private static readonly string[] ClickKinds = ["gclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid", "li_fat_id"];

    public string Key => Text("key", 50) ?? "";

    public string Kind => Text("kind", 20) ?? "";

    /// <summary>Given by the browser, so that a beacon that comes twice counts once.</summary>
    public string? Id => Identifier("id");

    public string? VisitorId => Identifier("visitorId");

    /// <summary>Under which the visitor's cookie stands for several hosts.</summary>
    public string? Domain => Text("domain", 253);

    /// <summary>The touch that a report of pixels belongs to.</summary>
    public string? TouchId => Identifier("touch");

    /// <summary>Whether the answer about consent, or the visit, allows ads.</summary>
    public bool Ads => body.TryGetProperty("ads", out var ads) && ads.ValueKind == JsonValueKind.True;

    public bool? Measurement => Purpose("measurement");

    /// <summary>The call in a body; null where there is none.</summary>
    public static CollectCall? Read(byte[] json)
    {
        if (!Utf8.IsValid(json))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>When it happened by the browser's clock, unless that is far from ours.</summary>
    public DateTimeOffset TimeAt(DateTimeOffset now) => Rfc3339.TryRead(Text("time", 40), out var said) && (now - said).Duration() <= MostDrift ? said : now;

    /// <param name="ip">Null where it is not kept.</param>
    /// <param name="userAgent">Null where it is not kept.</param>
    /// <param name="capsCookies">The browser keeps a script's cookie for 7 days at most.</param>
    /// <param name="serverCookie">The server sets the visitor's cookie.</param>
    public JsonObject TouchData(string? ip, string? userAgent, bool capsCookies, bool serverCookie)
    {
        var url = Text("url", 4_000);
        var said = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? QueryHelpers.ParseQuery(parsed.Query) : [];
        string? Of(string name, int longest) => said.TryGetValue(name, out var values) && values[0] is { Length: > 0 } value && value.Length <= longest ? value : null;
        return Given(
            ("visitorId", VisitorId),
            ("source", Of("utm_source", 200)), ("medium", Of("utm_medium", 200)), ("campaign", Of("utm_campaign", 300)), ("content", Of("utm_content", 300)), ("term", Of("utm_term", 300)),
            ("ad", OrNull(Given(("platform", Of(AdParameters.Platform, 50)), ("campaignId", Of(AdParameters.Campaign, 100)), ("adsetId", Of(AdParameters.Adset, 100)), ("adId", Of(AdParameters.Ad, 100))))),
            ("clickIds", OrNull(Given([.. ClickKinds.Select(kind => (kind, (JsonNode?)Of(kind, 500)))]))),
            ("landingUrl", url), ("referrer", Text("referrer", 4_000)),
            ("fbp", Ads ? Text("fbp", 200) : null), ("fbc", Ads ? Text("fbc", 700) : null),
            ("ip", ip), ("userAgent", userAgent),
            ("browser", new JsonObject { ["capsCookies"] = capsCookies, ["serverCookie"] = serverCookie }));
    }

    /// <param name="at">When it was answered.</param>
    public JsonObject ConsentData(DateTimeOffset at) => Given(
        ("visitorId", VisitorId),
        ("country", Text("country", 2) is { Length: 2 } country && country.All(char.IsAsciiLetter) ? country : null),
        ("purposes", Given([.. new[] { "measurement", "ads", "personalization" }.Select(name => (name, (JsonNode?)(Purpose(name) switch { true => "granted", false => "denied", null => null })))])),
        ("textVersion", Text("textVersion", 100) ?? "unversioned"),
        ("proof", $"{Text("proof", 500) ?? "script"} {at:yyyy-MM-ddTHH:mm:ssZ}"));

    /// <summary>Source, medium, kind of click id and referrer of a visit that nobody is known of.</summary>
    public (string? Source, string? Medium, string? Click, string? Referrer) Anonymous =>
        (Text("source", 200), Text("medium", 200), Texts("clicks", 10).FirstOrDefault(ClickKinds.Contains), Text("referrer", 500));

    /// <summary>Null where the page has no such pixel.</summary>
    public bool? IsLoaded(string platform) => Texts("loaded", 10).Contains(platform) ? true : Texts("expected", 10).Contains(platform) ? false : null;

    public IReadOnlyList<string> EventIds => [.. Texts("eventIds", 100).Where(id => !id.Contains('\n'))];

    private bool? Purpose(string name) =>
        body.TryGetProperty("purposes", out var purposes) && purposes.ValueKind == JsonValueKind.Object && purposes.TryGetProperty(name, out var answer) && answer.ValueKind == JsonValueKind.String
            ? answer.GetString() switch { "granted" => true, "denied" => false, _ => null }
            : null;

    private string? Identifier(string name) => Guid.TryParseExact(Text(name, 36), "D", out var id) ? id.ToString() : null;

    private string? Text(string name, int longest) => body.TryGetProperty(name, out var value) ? TextOf(value, longest) : null;

    private IEnumerable<string> Texts(string name, int most) => body.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array
        ? values.EnumerateArray().Take(most).Select(value => TextOf(value, 100)).OfType<string>()
        : [];

    private static string? TextOf(JsonElement value, int longest)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString() is { Length: > 0 } text && text.Length <= longest && !text.Contains('\0') ? text : null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: no text can hold it.
            return null;
        }
    }

    private static JsonObject Given(params (string Name, JsonNode? Value)[] fields) => new(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static JsonObject? OrNull(JsonObject fields) => fields.Count > 0 ? fields : null;
}
