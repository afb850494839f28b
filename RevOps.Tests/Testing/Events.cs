using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace RevOps.Tests.Testing;

/// <summary>Events as another system sends them, and the answers to them.</summary>
public static class Events
{
    public static JsonObject Of(string type, JsonObject data, string? id = null, string source = "test", DateTimeOffset? time = null)
    {
        var envelope = new JsonObject { ["specversion"] = "1.0", ["id"] = id ?? Guid.NewGuid().ToString(), ["source"] = source, ["type"] = $"revops.{type}.v1", ["data"] = data };
        if (time is { } instant)
            envelope["time"] = instant.ToString("O");
        return envelope;
    }

    /// <summary>A French company that books one service; complete enough to be approved.</summary>
    public static JsonObject Sale(string? bookingId, string? dealId = null, string customer = "C-1", decimal unitAmount = 1_200m)
    {
        var data = new JsonObject
        {
            ["currency"] = "EUR",
            ["customer"] = new JsonObject
            {
                ["ref"] = customer,
                ["legalName"] = "Acme SARL",
                ["email"] = $"{customer.ToLowerInvariant()}@acme.example",
                ["kind"] = "business",
                ["siren"] = SirenOf(customer),
                ["address"] = new JsonObject { ["line1"] = "1 rue de la Paix", ["postalCode"] = "75002", ["city"] = "Paris", ["country"] = "FR" },
            },
            ["lines"] = new JsonArray(new JsonObject { ["key"] = "audit", ["description"] = "Audit", ["quantity"] = 1, ["unitAmount"] = unitAmount.ToString(System.Globalization.CultureInfo.InvariantCulture) }),
        };
        if (bookingId is not null)
            data["bookingId"] = bookingId;
        if (dealId is not null)
            data["dealId"] = dealId;
        return data;
    }

    /// <summary>One per ref, with the check digit that fits: two refs of one SIREN are one customer.</summary>
    public static string SirenOf(string customer)
    {
        var eight = (customer.Aggregate(7L, (sum, sign) => ((sum * 31) + sign) % 90_000_000) + 10_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Enumerable.Range(0, 10).Select(digit => $"{eight}{digit}").First(Core.Platform.Siren.IsValid);
    }

    public static JsonObject Touch(string visitor, string? gclid = null, string? fbclid = null) => new()
    {
        ["visitorId"] = visitor,
        ["source"] = gclid is null ? "facebook" : "google",
        ["medium"] = "cpc",
        ["campaign"] = "spring",
        ["ad"] = new JsonObject { ["platform"] = gclid is null ? "meta" : "google", ["campaignId"] = "77" },
        ["landingUrl"] = "https://agency.example/offer",
        ["clickIds"] = new JsonObject { ["gclid"] = gclid, ["fbclid"] = fbclid },
        ["ip"] = "203.0.113.7",
        ["userAgent"] = "Mozilla/5.0",
    };

    public static JsonObject Consent(string visitor, string ads = "granted", string measurement = "granted") => new()
    {
        ["visitorId"] = visitor,
        ["country"] = "FR",
        ["purposes"] = new JsonObject { ["ads"] = ads, ["measurement"] = measurement, ["personalization"] = ads },
        ["textVersion"] = "2026-01",
    };

    public static JsonObject Voice(string sessionId, string visitor, string email, DateTimeOffset startedAt, int met = 3) => new()
    {
        ["sessionId"] = sessionId,
        ["visitorId"] = visitor,
        ["contact"] = new JsonObject { ["email"] = email, ["phone"] = "06 12 34 56 78", ["firstName"] = "Ann" },
        ["startedAt"] = startedAt.ToString("O"),
        ["outcome"] = "qualified",
        ["bant"] = new JsonObject(new[] { "budget", "authority", "need", "timeline" }.Select((name, index) => KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { ["met"] = index < met }))),
    };

    public static async Task<(HttpStatusCode Status, JsonNode? Body)> PostEventsAsync(this HttpClient client, JsonNode body, string media = "application/json", string query = "")
    {
        using var answer = await client.PostRawAsync(body.ToJsonString(), media, query);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length > 0 ? JsonNode.Parse(text) : null);
    }

    public static Task<HttpResponseMessage> PostRawAsync(this HttpClient client, string body, string media = "application/json", string query = "")
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(media);
        return client.PostAsync($"/api/v1/events{query}", content);
    }

    /// <summary>Sends one event that has to be taken.</summary>
    public static async Task SendAsync(this HttpClient client, JsonObject envelope)
    {
        var (status, body) = await client.PostEventsAsync(envelope);
        Assert.True(status == HttpStatusCode.Accepted && (string?)body!["results"]![0]!["status"] == "accepted", $"{(int)status} {body}");
    }
}
