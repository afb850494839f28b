using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Site;

/// <summary>What a client's website needs of the product: its address, the public key that stands in the pages, and the secret one of the site's own server.</summary>
public sealed record SiteAccess(Uri Product, string SiteKey, string ApiKey);

/// <summary>A client's website with a consent banner and a voice widget. Its server keeps the API key: no page has it.</summary>
internal sealed class SiteServer(SandboxOptions options) : IDisposable
{
    private static readonly string[] Pages = ["/", "/offer", "/work"];

    private readonly HttpClient http = new();

    /// <summary>Asked whenever a page or a call needs it; null while nobody has connected the site.</summary>
    public Func<CancellationToken, Task<SiteAccess>>? Open { get; set; }

    public void Map(WebApplication app)
    {
        foreach (var page in Pages)
            app.MapGet(page, PageAsync);
        app.MapGet("/ads", http => FileAsync(http, "ads.html", "text/html", text => text.Replace("{{gclid}}", ClickId(), StringComparison.Ordinal).Replace("{{fbclid}}", ClickId(), StringComparison.Ordinal)));
        app.MapGet("/site.css", http => FileAsync(http, "site.css", "text/css"));
        app.MapGet("/site.js", http => FileAsync(http, "site.js", "text/javascript"));
        app.MapGet("/pixel.js", http => FileAsync(http, "pixel.js", "text/javascript"));
        app.MapPost("/voice", http => RelayAsync(http, "voice_session", Conversation));
        app.MapPost("/booking", http => RelayAsync(http, "booking_confirmed", Booking));
    }

    public void Dispose() => http.Dispose();

    private async Task PageAsync(HttpContext http)
    {
        if (Open is null)
        {
            await new Answer(503, "The website is not connected to the product yet.", "text/plain").WriteAsync(http);
            return;
        }

        var access = await Open(http.RequestAborted);
        await FileAsync(http, "site.html", "text/html", text => text.Replace("{{product}}", access.Product.ToString(), StringComparison.Ordinal).Replace("{{key}}", access.SiteKey, StringComparison.Ordinal));
    }

    private static async Task FileAsync(HttpContext http, string name, string type, Func<string, string>? fill = null)
    {
        using var reader = new StreamReader(typeof(SiteServer).Assembly.GetManifestResourceStream($"RevOps.Sandbox.Site.{name}")!);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        await new Answer(200, fill?.Invoke(text) ?? text, type + "; charset=utf-8").WriteAsync(http);
    }

    /// <summary>What the page asks of its own server becomes an event, sent with the key that the page does not have.</summary>
    private async Task RelayAsync(HttpContext context, string type, Func<JsonObject, (JsonObject Data, JsonObject Answer)> read)
    {
        using var reader = new StreamReader(context.Request.Body);
        if (Open is null || Json.TryParse(await reader.ReadToEndAsync(context.RequestAborted)) is not { } asked)
        {
            await new Answer(400, """{"error":"a JSON object is expected"}""").WriteAsync(context);
            return;
        }

        var ((data, answer), access) = (read(asked), await Open(context.RequestAborted));
        var cloudEvent = new JsonObject { ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = "sandbox-site", ["type"] = $"revops.{type}.v1", ["data"] = data };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(access.Product, "api/v1/events")) { Content = new StringContent(cloudEvent.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.ApiKey);
        using var said = await http.SendAsync(request, context.RequestAborted);
        var text = await said.Content.ReadAsStringAsync(context.RequestAborted);
        var taken = said.IsSuccessStatusCode && (string?)Json.TryParse(text)?["results"]?[0]?["status"] == "accepted";
        await new Answer(taken ? 200 : 502, taken ? answer.ToJsonString() : text).WriteAsync(context);
    }

    private (JsonObject Data, JsonObject Answer) Conversation(JsonObject asked)
    {
        var (context, bant, now) = (asked["context"] as JsonObject, asked["bant"] as JsonObject ?? [], options.Clock.GetUtcNow());
        var started = now - TimeSpan.FromMilliseconds(Math.Clamp((double)(asked.Number("lastedMs") ?? 0), 0, 3_600_000));
        var met = bant.Count(answer => answer.Value is JsonObject said && said["met"]?.GetValueKind() == System.Text.Json.JsonValueKind.True);
        var data = new JsonObject
        {
            ["sessionId"] = asked.Text("sessionId"),
            ["visitorId"] = context?["visitorId"]?.DeepClone(),
            ["clickIds"] = context?["clickIds"]?.DeepClone(),
            ["ad"] = context?["ad"]?.DeepClone(),
            ["contact"] = new JsonObject { ["email"] = asked.Text("email") },
            ["startedAt"] = started.ToString("O"),
            ["endedAt"] = now.ToString("O"),
            ["aiDisclosedAt"] = started.ToString("O"),
            ["outcome"] = met >= 3 ? "qualified" : "unqualified",
            ["bant"] = bant.DeepClone(),
            ["language"] = "en",
        };
        return (data, new() { ["qualified"] = met >= 3 });
    }

    private static (JsonObject Data, JsonObject Answer) Booking(JsonObject asked)
    {
        var (id, email, context) = ($"SITE-{RandomNumberGenerator.GetHexString(6)}", asked.Text("email") ?? "", asked["context"] as JsonObject);
        var data = new JsonObject
        {
            ["bookingId"] = id,
            ["currency"] = "EUR",
            ["visitorId"] = context?["visitorId"]?.DeepClone(),
            ["voiceSessionId"] = asked.Text("sessionId"),
            ["customer"] = new JsonObject
            {
                ["ref"] = email,
                ["legalName"] = "Cabinet du Parc SARL",
                ["email"] = email,
                ["kind"] = "business",
                ["siren"] = "552100554",
                ["address"] = new JsonObject { ["line1"] = "8 allée du Parc", ["postalCode"] = "69006", ["city"] = "Lyon", ["country"] = "FR" },
            },
            ["lines"] = new JsonArray(new JsonObject { ["key"] = "audit", ["description"] = "Audit of your calls", ["quantity"] = 1, ["unitAmount"] = "1200" }),
        };
        return (data, new() { ["bookingId"] = id });
    }

    private static string ClickId() => "sandbox-" + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789", 40);
}
