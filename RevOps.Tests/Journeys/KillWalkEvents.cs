using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Platform;

namespace RevOps.Tests.Journeys;

/// <summary>What the site, the voice AI and the CRM send for one client: seen, consenting, qualified, booked.</summary>
internal static class KillWalkEvents
{
    /// <summary>3 × 33.33 € and 1,500 €, with 20 % of VAT.</summary>
    public const long GrossMinor = 191_999;

    /// <param name="client">From 1; everything of a client bears the number.</param>
    /// <param name="now">When they have just booked.</param>
    public static IEnumerable<JsonObject> All(int client, DateTimeOffset now)
    {
        // Google hears of a click only when it is six hours old.
        yield return Event($"t{client}", "revops.touch.v1", now.AddHours(-7), $$$"""
            {"visitorId":"visitor-{{{client}}}","source":"facebook","medium":"cpc","landingUrl":"https://agency.example/?fbclid=Fb{{{client}}}","clickIds":{"fbclid":"Fb{{{client}}}","gclid":"Gc{{{client}}}"},"ip":"192.0.2.7","userAgent":"Mozilla/5.0"}
            """);
        yield return Event($"c{client}", "revops.consent.v1", now.AddHours(-6), $$$"""
            {"visitorId":"visitor-{{{client}}}","country":"FR","purposes":{"measurement":"granted","ads":"granted","personalization":"granted"},"textVersion":"1"}
            """);
        yield return Event($"v{client}", "revops.voice_session.v1", now.AddMinutes(-10), $$$"""
            {"sessionId":"S{{{client}}}","visitorId":"visitor-{{{client}}}","contact":{"email":"ann@client-{{{client}}}.example","phone":"06 12 34 56 {{{client + 10}}}","firstName":"Ann"},"startedAt":"{{{now.AddMinutes(-15):O}}}","outcome":"qualified",
             "bant":{"budget":{"met":true},"authority":{"met":true},"need":{"met":true},"timeline":{"met":null} }
            }
            """);
        yield return Event($"b{client}", "revops.booking_confirmed.v1", now.AddMinutes(-1), $$$"""
            {"bookingId":"B{{{client}}}","dealId":"D{{{client}}}","visitorId":"visitor-{{{client}}}","voiceSessionId":"S{{{client}}}","currency":"EUR",
             "customer":{"ref":"C{{{client}}}","legalName":"Client {{{client}}} SARL","email":"ann@client-{{{client}}}.example","siren":"{{{SirenOf(client)}}}","kind":"business","address":{"line1":"1 rue A","postalCode":"75001","city":"Paris","country":"FR"} },
             "lines":[{"key":"l1","description":"Audit","quantity":3,"unitAmount":"33.33"},{"key":"l2","description":"Setup","quantity":1,"unitAmountMinor":150000}]}
            """);
    }

    private static string SirenOf(int client) =>
        Enumerable.Range(0, 10).Select(digit => string.Create(CultureInfo.InvariantCulture, $"5521{client:0000}{digit}")).First(Siren.IsValid);

    private static JsonObject Event(string id, string type, DateTimeOffset time, string data) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = id,
        ["source"] = "tests",
        ["type"] = type,
        ["time"] = time.ToString("O"),
        ["data"] = JsonNode.Parse(data),
    };
}
