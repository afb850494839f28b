using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Connections;

namespace RevOps.Tests.Connections;

/// <summary>The live checks against platforms that are as strict as the real ones.</summary>
public sealed class CheckTests(CheckTests.OneWorld one) : IClassFixture<CheckTests.OneWorld>
{
    [Fact]
    public async Task Stripe_SaysWhoseAccountItIs()
    {
        var world = one.World;
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", "sk_test_1"));
        var check = await world.CheckAsync("Stripe");

        Assert.Equal((CheckOutcome.Works, null), (check.Outcome, check.Code));
        Assert.Equal(("RevOps Sandbox", "FR", "EUR", "untold"), (check.Facts["account"], check.Facts["country"], check.Facts["currency"], check.Facts["numbering"]));
        Assert.True(check.LatencyMs > 0);
    }

    [Theory]
    [InlineData(false, "account")]
    [InlineData(true, "customer")]
    public async Task Stripe_ShowsByItsNumbersWhichSeriesTheyAreOf(bool perCustomer, string expected)
    {
        await using var world = await ConnectionWorld.StartAsync(numberPerCustomer: perCustomer);
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", "sk_test_1"));
        var (one, other) = (await MakeAsync(world, "customers", "name=One"), await MakeAsync(world, "customers", "name=Other"));
        await IssueAsync(world, one);
        await IssueAsync(world, one);
        Assert.Equal("untold", (await world.CheckAsync("Stripe")).Facts["numbering"]);
        await IssueAsync(world, other);
        Assert.Equal(expected, (await world.CheckAsync("Stripe")).Facts["numbering"]);
    }

    [Theory]
    [InlineData("sk_test_bad", CheckOutcome.WrongKey)]
    [InlineData("sk_live_1", CheckOutcome.WrongKey)]
    [InlineData("rk_test_powerless", CheckOutcome.NoRights)]
    [InlineData("rk_test_blind", CheckOutcome.Works)]
    public async Task Stripe_TellsAWrongKeyFromOneWithoutRights(string key, CheckOutcome expected)
    {
        var world = one.World;
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", key));
        Assert.Equal(expected, (await world.CheckAsync("Stripe")).Outcome);
    }

    [Theory]
    [InlineData("1000000000000001", "token", CheckOutcome.Works, null)]
    [InlineData("1000000000000001", "bad", CheckOutcome.WrongKey, "190")]
    [InlineData("1000000000000001", "sendonly", CheckOutcome.NoRights, "200")]
    [InlineData("9999999999", "token", CheckOutcome.Refused, "100/33")]
    public async Task Meta_TellsTokenRightsAndDatasetApart(string dataset, string token, CheckOutcome expected, string? code)
    {
        var world = one.World;
        await world.SaveAsync("Meta", ("Meta:DatasetId", dataset), ("Meta:AccessToken", token));
        var check = await world.CheckAsync("Meta");
        Assert.Equal((expected, code), (check.Outcome, check.Code));
    }

    [Theory]
    [InlineData("token", "never")]
    [InlineData("ending", null)]
    public async Task Meta_SaysWhenItsTokenEnds(string token, string? said)
    {
        var world = one.World;
        await world.SaveAsync("Meta", ("Meta:DatasetId", "1000000000000001"), ("Meta:AccessToken", token));
        var ends = (await world.CheckAsync("Meta")).Facts["validUntil"];
        if (said is null)
            Assert.InRange(DateTimeOffset.Parse(ends, System.Globalization.CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow, TimeSpan.FromDays(4.9), TimeSpan.FromDays(5));
        else
            Assert.Equal(said, ends);
    }

    [Fact]
    public async Task Meta_CanBeTriedWithNobody()
    {
        var world = one.World;
        await world.SaveAsync("Meta", ("Meta:DatasetId", "1000000000000001"), ("Meta:AccessToken", "token"));
        var answer = await world.Host.Services.GetRequiredService<MetaTrial>().SendAsync("TEST123", "user:test", CancellationToken.None);
        Assert.Equal(ChannelOutcome.Delivered, answer.Outcome);
        Assert.Contains(world.Servers.MetaEffects()["events"]!.AsArray(), sent => (string?)sent!["eventName"] == "RevOpsTest");
        await using var db = await world.Host.OpenDatabaseAsync();
        Assert.True(await db.Set<AuditEntry>().AnyAsync(entry => entry.Action == "connection.tested" && entry.Actor == "user:test"));
    }

    [Fact]
    public async Task Google_RehearsesAConversionPerChosenAction()
    {
        await using var world = await ConnectionWorld.StartAsync();
        await ConnectGoogleAsync(world, "123-456-7890");
        Assert.Equal(("1234567890", "none"), ((await world.CheckAsync("Google")).Facts["account"], (await world.CheckAsync("Google")).Facts["actions"]));

        await world.Host.Services.GetRequiredService<EventReceiver>().ReceiveInternalAsync("revops", "stages/1", StagesChosen.Type,
            new StagesChosen([new(ConversionStage.Lead, AdPlatform.Google, true, "111"), new(ConversionStage.Booked, AdPlatform.Google, true, "333")], "user:1"), CancellationToken.None);
        Assert.Equal("111, 333", (await world.CheckAsync("Google")).Facts["actions"]);
        Assert.Empty(world.Servers.GoogleEffects()["conversions"]!.AsArray());
        Assert.Equal(0, (int)world.Servers.GoogleEffects()["requestsAccepted"]!);
    }

    [Fact]
    public async Task Google_NamesTheActionThatTakesNoUploads()
    {
        await using var world = await ConnectionWorld.StartAsync();
        await ConnectGoogleAsync(world, "1234567890");
        await world.Host.Services.GetRequiredService<EventReceiver>().ReceiveInternalAsync("revops", "stages/1", StagesChosen.Type,
            new StagesChosen([new(ConversionStage.Lead, AdPlatform.Google, true, "111"), new(ConversionStage.Booked, AdPlatform.Google, true, "404")], "user:1"), CancellationToken.None);
        var check = await world.CheckAsync("Google");
        Assert.Equal((CheckOutcome.Refused, "INVALID_CONVERSION_ACTION_TYPE", "404"), (check.Outcome, check.Code, check.Facts["refusedActions"]));
    }

    [Fact]
    public async Task Google_SaysWhenTheServiceAccountHasNoRights()
    {
        var world = one.World;
        await ConnectGoogleAsync(world, "9999999999");
        await world.Host.Services.GetRequiredService<EventReceiver>().ReceiveInternalAsync("revops", "stages/1", StagesChosen.Type, new StagesChosen([new(ConversionStage.Lead, AdPlatform.Google, true, "111")], "user:1"), CancellationToken.None);
        var check = await world.CheckAsync("Google");
        Assert.Equal((CheckOutcome.NoRights, "PERMISSION_DENIED"), (check.Outcome, check.Code));
    }

    [Fact]
    public async Task Google_SaysWhenTheKeyIsNoLongerKnown()
    {
        var world = one.World;
        var json = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(world.Servers.GoogleKeyFile))!;
        using var another = System.Security.Cryptography.RSA.Create(2048);
        json["private_key"] = another.ExportPkcs8PrivateKeyPem();
        Assert.True((await world.SaveAsync("Google", ("Google:CustomerId", "1234567890"), ("Google:ServiceAccountKey", json.ToJsonString()))).IsSaved);
        var check = await world.CheckAsync("Google");
        Assert.Equal((CheckOutcome.WrongKey, "invalid_grant"), (check.Outcome, check.Code));
    }

    [Fact]
    public async Task Platform_ThatDoesNotAnswer_IsNoNetwork()
    {
        await using var world = await ConnectionWorld.StartAsync();
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", "sk_test_1"));
        await world.SaveAsync("Meta", ("Meta:DatasetId", "1000000000000001"), ("Meta:AccessToken", "token"));
        await ConnectGoogleAsync(world, "1234567890");
        await world.CutOffAsync();
        foreach (var platform in new[] { "Stripe", "Meta", "Google" })
            Assert.Equal(CheckOutcome.NoNetwork, (await world.CheckAsync(platform)).Outcome);
    }

    [Fact]
    public async Task Check_OfOtherValues_SaysNothingOfTheseOnes()
    {
        var world = one.World;
        var desk = world.Host.Services.GetRequiredService<ConnectionDesk>();
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", "sk_test_1"));
        await world.CheckAsync("Stripe");
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", "sk_test_2"));
        Assert.Null(await desk.LastCheckAsync(world.Platform("Stripe"), CancellationToken.None));
    }

    [Theory]
    [InlineData("Stripe", "Stripe:ApiKey", "pk_test_1", "stripe.publishable")]
    [InlineData("Stripe", "Stripe:ApiKey", "my key", "stripe.apiKey")]
    [InlineData("Stripe", "Stripe:ApiKey", "sk_test_\u00e9", "stripe.apiKey")]
    [InlineData("Stripe", "Stripe:WebhookSecret", "secret", "stripe.webhookSecret")]
    [InlineData("Meta", "Meta:DatasetId", "12a", "meta.datasetId")]
    [InlineData("Meta", "Meta:AccessToken", "two words", "meta.accessToken")]
    [InlineData("Google", "Google:CustomerId", "123", "google.customerId")]
    [InlineData("Google", "Google:ServiceAccountKey", "{}", "google.serviceAccountKey")]
    [InlineData("Google", "Google:ServiceAccountKey", """{"client_email":"a@b","private_key":"no pem","token_uri":"https://x.example/"}""", "google.serviceAccountKey")]
    public async Task Value_ThatCannotBeMeant_IsRefusedByName(string platform, string name, string value, string expected)
    {
        var world = one.World;
        var outcome = await world.SaveAsync(platform, (name, value));
        Assert.Equal((false, expected), (outcome.IsSaved, outcome.Problems[name]));
    }

    private static async Task ConnectGoogleAsync(ConnectionWorld world, string customer) => Assert.True((await world.SaveAsync("Google",
        ("Google:CustomerId", customer), ("Google:LoginCustomerId", ""), ("Google:ServiceAccountKey", await File.ReadAllTextAsync(world.Servers.GoogleKeyFile)))).IsSaved);

    private static async Task IssueAsync(ConnectionWorld world, string customer)
    {
        var invoice = await MakeAsync(world, "invoices", $"customer={customer}&currency=eur&collection_method=send_invoice&days_until_due=30");
        await MakeAsync(world, $"invoices/{invoice}/add_lines", "lines[0][amount]=1000&lines[0][description]=Audit");
        await MakeAsync(world, $"invoices/{invoice}/finalize", "");
    }

    private static async Task<string> MakeAsync(ConnectionWorld world, string path, string form) =>
        (string)JsonNode.Parse((await world.Host.Services.GetRequiredService<StripeClient>().SendAsync(new(HttpMethod.Post, $"/v1/{path}", form), Guid.NewGuid().ToString())).Body)!["id"]!;

    /// <summary>For whoever saves values of their own and leaves nothing at the platforms.</summary>
    public sealed class OneWorld : IAsyncLifetime
    {
        internal ConnectionWorld World { get; private set; } = null!;

        public async ValueTask InitializeAsync() => World = await ConnectionWorld.StartAsync();

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }
}
