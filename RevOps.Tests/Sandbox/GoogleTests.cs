using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RevOps.Tests.Sandbox;

public sealed class GoogleTests
{
    [Fact]
    public async Task Result_ComesLater_WithTheRecordsThatFailed()
    {
        await using var world = await SandboxWorld.StartAsync();
        var token = await TokenAsync(world);
        var request = await IngestAsync(world, token, Body(Event(world, "a"), Event(world, "b", "unknown-click"), Event(world, "c", daysOld: 91)));
        Assert.Equal("PROCESSING", await StatusAsync("requestStatus"));
        world.Clock.Turn(TimeSpan.FromSeconds(3));
        Assert.Equal("PARTIAL_SUCCESS", await StatusAsync("requestStatus"));
        var errors = (await DestinationAsync())["errorInfo"]!["errorCounts"]!.AsArray();
        Assert.Equal(
            ["PROCESSING_ERROR_REASON_CLICK_NOT_FOUND 1", "PROCESSING_ERROR_REASON_EVENT_TOO_OLD 2"],
            errors.Select(e => $"{e!["reason"]} {e["recordIndices"]![0]}"));

        async Task<JsonNode> DestinationAsync()
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Servers.Google, $"/v1/requestStatus:retrieve?requestId={request.Text("requestId")}"));
            return (await world.SendAsync(get, token)).Body["requestStatusPerDestination"]![0]!;
        }

        async Task<string?> StatusAsync(string field) => (string?)(await DestinationAsync())[field];
    }

    [Fact]
    public async Task SameTransaction_Again_OverwritesTheValue()
    {
        await using var world = await SandboxWorld.StartAsync();
        var token = await TokenAsync(world);
        await IngestAsync(world, token, Body(Event(world, "a", value: 100)));
        await IngestAsync(world, token, Body(Event(world, "a", value: 0)));
        var conversion = Assert.Single(world.Servers.GoogleEffects()["conversions"]!.AsArray())!;
        Assert.Equal((0m, 1), ((decimal)conversion["value"]!, (int)conversion["adjustments"]!));
    }

    [Theory]
    [InlineData("eventSource", null, "REQUIRED_FIELD_MISSING")]
    [InlineData("currency", "EURO", "INVALID_CURRENCY_CODE")]
    [InlineData("eventTimestamp", "yesterday", "EVENT_TIME_INVALID")]
    [InlineData("adIdentifiers", null, "NO_IDENTIFIERS_PROVIDED")]
    public async Task BadField_RefusesTheWholeRequest(string field, string? value, string reason)
    {
        await using var world = await SandboxWorld.StartAsync();
        var bad = Event(world, "b");
        bad.Remove(field);
        if (value is not null)
            bad[field] = value;
        var refused = await IngestAsync(world, await TokenAsync(world), Body(Event(world, "a"), bad));
        Assert.Equal((400, reason), (refused.Status, (string?)refused.Body["error"]!["details"]![0]!["reason"]));
        Assert.Empty(world.Servers.GoogleEffects()["conversions"]!.AsArray());
    }

    [Fact]
    public async Task UnknownField_HyphenatedAccountAndTwoClickIds_AreRefused()
    {
        await using var world = await SandboxWorld.StartAsync();
        var token = await TokenAsync(world);
        var named = Event(world, "a");
        named["orderId"] = "1";
        var unknown = (await IngestAsync(world, token, Body(named))).Body["error"]!;
        Assert.Contains("Unknown name \"orderId\" at 'events[0]'", (string?)unknown["message"], StringComparison.Ordinal);
        var hyphenated = Body(Event(world, "a"));
        hyphenated["destinations"]![0]!["operatingAccount"]!["accountId"] = "123-456-7890";
        Assert.Equal(400, (await IngestAsync(world, token, hyphenated)).Status);
        var twice = Event(world, "a");
        twice["adIdentifiers"]!["wbraid"] = "w";
        Assert.Equal(400, (await IngestAsync(world, token, Body(twice))).Status);
    }

    [Fact]
    public async Task Token_NeedsTheRightSignature_AndLastsAnHour()
    {
        await using var world = await SandboxWorld.StartAsync();
        using var stranger = RSA.Create(2048);
        Assert.Equal(400, (await AskForTokenAsync(world, stranger)).Status);
        var token = await TokenAsync(world);
        world.Clock.Turn(TimeSpan.FromMinutes(61));
        Assert.Equal(401, (await IngestAsync(world, token, Body(Event(world, "a")))).Status);
    }

    private static async Task<string> TokenAsync(SandboxWorld world)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(world.Servers.GoogleKeyFile))!;
        using var key = RSA.Create();
        key.ImportFromPem((string)file["private_key"]!);
        return (await AskForTokenAsync(world, key)).Text("access_token");
    }

    private static async Task<Reply> AskForTokenAsync(SandboxWorld world, RSA key)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(world.Servers.GoogleKeyFile))!;
        var now = world.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = (string)file["client_email"]!,
            ["aud"] = (string)file["token_uri"]!,
            ["scope"] = "https://www.googleapis.com/auth/datamanager",
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
        var unsigned = $"{Part("""{"alg":"RS256","typ":"JWT"}""")}.{Part(claims.ToJsonString())}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri((string)file["token_uri"]!))
        {
            Content = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                KeyValuePair.Create("assertion", $"{unsigned}.{Base64Url.EncodeToString(signature)}"),
            ]),
        };
        return await world.SendAsync(request);

        static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private static Task<Reply> IngestAsync(SandboxWorld world, string token, JsonObject body) =>
        world.PostJsonAsync(new Uri(world.Servers.Google, "/v1/events:ingest"), body, token);

    private static JsonObject Body(params JsonObject[] events) => new()
    {
        ["destinations"] = new JsonArray(new JsonObject
        {
            ["operatingAccount"] = new JsonObject { ["accountType"] = "GOOGLE_ADS", ["accountId"] = "1234567890" },
            ["productDestinationId"] = "42",
        }),
        ["consent"] = new JsonObject { ["adUserData"] = "CONSENT_GRANTED", ["adPersonalization"] = "CONSENT_GRANTED" },
        ["events"] = new JsonArray([.. events]),
    };

    private static JsonObject Event(SandboxWorld world, string transaction, string gclid = "click", int daysOld = 0, decimal value = 10) => new()
    {
        ["transactionId"] = transaction,
        ["eventTimestamp"] = world.Clock.GetUtcNow().AddDays(-daysOld).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
        ["eventSource"] = "WEB",
        ["adIdentifiers"] = new JsonObject { ["gclid"] = gclid },
        ["conversionValue"] = value,
        ["currency"] = "EUR",
    };
}
