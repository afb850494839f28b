using System.Text.Json.Nodes;
using RevOps.Sandbox;

namespace RevOps.Tests.Sandbox;

public sealed class MetaTests
{
    private const string Hash = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

    [Fact]
    public async Task Batch_WithOneBadEvent_IsRefusedWhole()
    {
        await using var world = await SandboxWorld.StartAsync();
        var bad = Event(world, "two");
        bad["user_data"] = new JsonObject { ["em"] = "someone@example.com" };
        Assert.Equal(400, (await SendAsync(world, Event(world, "one"), bad)).Status);
        Assert.Equal(0, (int)world.Servers.MetaEffects()["counted"]!);
        var good = await SendAsync(world, Event(world, "one"), Event(world, "two"));
        Assert.Equal((200, 2L), (good.Status, good.Number("events_received")));
    }

    [Theory]
    [InlineData("website", 7, 8)]
    [InlineData("physical_store", 62, 63)]
    public async Task Age_HasALimit_ByActionSource(string source, int accepted, int refused)
    {
        await using var world = await SandboxWorld.StartAsync();
        Assert.Equal(200, (await SendAsync(world, Event(world, "young", source, accepted))).Status);
        var old = await SendAsync(world, Event(world, "old", source, refused));
        Assert.Equal(2804003, (int?)old.Body["error"]!["error_subcode"]);
    }

    [Theory]
    [InlineData("fn", "ge", false)]
    [InlineData("ct", "zp", false)]
    [InlineData("fn", "ln", true)]
    [InlineData("em", "ge", true)]
    public async Task UserData_ThatFindsNobody_IsRefused(string one, string two, bool accepted)
    {
        await using var world = await SandboxWorld.StartAsync();
        var e = Event(world, "x", "system_generated");
        e["user_data"] = new JsonObject { [one] = Hash, [two] = new JsonArray(Hash) };
        Assert.Equal(accepted ? 200 : 400, (await SendAsync(world, e)).Status);
    }

    [Fact]
    public async Task SameEvent_Twice_CountsOnce()
    {
        await using var world = await SandboxWorld.StartAsync();
        await SendAsync(world, Event(world, "one"));
        await SendAsync(world, Event(world, "one"));
        var effects = world.Servers.MetaEffects();
        Assert.Equal((1, 1), ((int)effects["counted"]!, (int)effects["duplicates"]!));
        Assert.Equal(2, (int)effects["events"]![0]!["received"]!);
    }

    [Theory]
    [InlineData("bad", 400)]
    [InlineData(" ", 401)]
    public async Task Token_ThatIsMissingOrBad_IsCode190(string token, int status)
    {
        await using var world = await SandboxWorld.StartAsync();
        var body = Body(Event(world, "one"));
        body["access_token"] = token;
        var reply = await world.PostJsonAsync(new Uri(world.Servers.Meta, "/v26.0/123/events"), body);
        Assert.Equal((status, 190), (reply.Status, (int)reply.Body["error"]!["code"]!));
    }

    [Fact]
    public async Task Drop_IsReceivedAllTheSame()
    {
        await using var world = await SandboxWorld.StartAsync();
        world.Servers.Faults.Add(new Fault { Route = "POST /v26.0/*", Kind = FaultKind.Drop });
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(world, Event(world, "one")));
        Assert.Equal(1, (int)world.Servers.MetaEffects()["counted"]!);
    }

    [Theory]
    [InlineData("123?fields=id,name", "token", 200, null)]
    [InlineData("123?fields=secret", "token", 400, 100)]
    [InlineData("123?depth=3", "token", 400, 100)]
    [InlineData("pixel", "token", 400, 100)]
    [InlineData("9999999999", "token", 400, 100)]
    [InlineData("123", "sendonly", 403, 200)]
    [InlineData("123", "bad", 400, 190)]
    public async Task Dataset_IsReadWithItsKnownFieldsOnly(string path, string token, int status, int? code)
    {
        await using var world = await SandboxWorld.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Servers.Meta, "/v26.0/" + path));
        var reply = await world.SendAsync(request, token);
        Assert.Equal((status, code), (reply.Status, (int?)reply.Body["error"]?["code"]));
        if (status == 200)
            Assert.Equal(("123", "RevOps Sandbox"), (reply.Id, reply.Text("name")));
    }

    private static Task<Reply> SendAsync(SandboxWorld world, params JsonObject[] events) =>
        world.PostJsonAsync(new Uri(world.Servers.Meta, "/v26.0/123/events"), Body(events));

    private static JsonObject Body(params JsonObject[] events) => new() { ["data"] = new JsonArray([.. events]) };

    private static JsonObject Event(SandboxWorld world, string id, string source = "website", int daysOld = 0) => new()
    {
        ["event_name"] = "Purchase",
        ["event_id"] = id,
        ["event_time"] = world.Clock.GetUtcNow().AddDays(-daysOld).ToUnixTimeSeconds(),
        ["action_source"] = source,
        ["event_source_url"] = "https://example.com/",
        ["user_data"] = new JsonObject { ["em"] = new JsonArray(Hash), ["client_user_agent"] = "Mozilla/5.0" },
        ["custom_data"] = new JsonObject { ["currency"] = "EUR", ["value"] = 99.5 },
    };
}
