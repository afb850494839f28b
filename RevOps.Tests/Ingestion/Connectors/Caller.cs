using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform.Connections;
using RevOps.Tests.Journeys;

namespace RevOps.Tests.Ingestion.Connectors;

/// <summary>Calendars and others that call the product, each signing as its vendor does.</summary>
internal static class Caller
{
    public const string Secret = "a-signing-secret";

    public static async Task<HttpStatusCode> CalComAsync(this Agency agency, JsonObject body, string secret = Secret)
    {
        await agency.LetInAsync(Connector.CalCom);
        var text = body.ToJsonString();
        return await agency.PostAsync("calcom", text, ("X-Cal-Signature-256", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)))));
    }

    public static async Task<HttpStatusCode> CalendlyAsync(this Agency agency, JsonObject body)
    {
        await agency.LetInAsync(Connector.Calendly);
        var (text, seconds) = (body.ToJsonString(), DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return await agency.PostAsync("calendly", text, ("Calendly-Webhook-Signature", $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{seconds}.{text}")))}"));
    }

    public static async Task<HttpStatusCode> StandardAsync(this Agency agency, string id, string text)
    {
        await agency.LetInAsync(Connector.Standard);
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(HookSignature.StandardKey(Secret), Encoding.UTF8.GetBytes($"{id}.{seconds}.{text}")));
        return await agency.PostAsync("standard", text, ("webhook-id", id), ("webhook-timestamp", seconds), ("webhook-signature", $"v1,{signature}"));
    }

    public static async Task<HttpStatusCode> PostAsync(this Agency agency, string connector, string text, params (string Name, string Value)[] headers)
    {
        using var client = agency.Host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/{connector}") { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    public static async Task<HookDelivery> DeliveryAsync(this Agency agency, string vendorId)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<HookDelivery>().AsNoTracking().SingleAsync(row => row.VendorId == vendorId);
    }

    public static JsonObject CalComBody(this Agency agency, string trigger, string uid, string slug, string email = "jo@acme.example", string? before = null, bool complete = true)
    {
        var responses = new JsonObject { ["name"] = new JsonObject { ["label"] = "your_name", ["value"] = "Jo Martin" }, ["email"] = new JsonObject { ["label"] = "email_address", ["value"] = email } };
        if (complete)
        {
            foreach (var (name, value) in new[] { ("company", "Acme SARL"), ("siren", Testing.Events.SirenOf(email)), ("Adresse", "1 rue de la Paix"), ("Code postal", "75002"), ("Ville", "Paris"), ("Pays", "France"), ("visitorId", "v-" + uid) })
                responses[name] = new JsonObject { ["label"] = name, ["value"] = value };
        }

        var start = agency.Clock.GetUtcNow().AddDays(before is null ? 3 : 4);
        return new()
        {
            ["triggerEvent"] = trigger,
            ["createdAt"] = agency.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["payload"] = new JsonObject
            {
                ["type"] = slug,
                ["eventTitle"] = $"Session {slug}",
                ["eventTypeId"] = 4_711,
                ["uid"] = uid,
                ["rescheduleUid"] = before,
                ["status"] = "ACCEPTED",
                ["startTime"] = start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["endTime"] = start.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["attendees"] = new JsonArray(new JsonObject { ["name"] = "Jo Martin", ["email"] = email }),
                ["responses"] = responses,
                ["cancellationReason"] = trigger == "BOOKING_CANCELLED" ? "No time" : null,
            },
        };
    }

    public static string IdOf(JsonObject calCom) => $"{calCom["triggerEvent"]}:{calCom["payload"]!["uid"]}:{calCom["createdAt"]}";

    private static async Task LetInAsync(this Agency agency, Connector connector)
    {
        var desk = agency.Host.Services.GetRequiredService<ConnectionDesk>();
        Assert.Null(await desk.SaveAsync(connector, new Dictionary<string, string>(StringComparer.Ordinal) { [connector.Secret.Name] = Secret }, "system:test", CancellationToken.None));
    }
}
