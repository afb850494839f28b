namespace RevOps.Tests.Sandbox;

public sealed class StripeAccountTests
{
    [Theory]
    [InlineData("sk_live_1", 401)]
    [InlineData("rk_test_1", 200)]
    public async Task Key_MustBeATestKey(string key, int status)
    {
        await using var world = await SandboxWorld.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Servers.Stripe, "/v1/account"));
        Assert.Equal(status, (await world.SendAsync(request, key)).Status);
    }

    [Fact]
    public async Task Unknown_RouteObjectAndParameter_AreRefused()
    {
        await using var world = await SandboxWorld.StartAsync();
        Assert.Equal(404, (await world.GetAsync("/v1/subscriptions")).Status);
        Assert.Equal((404, "resource_missing"), (await world.GetAsync("/v1/invoices/in_none") is var r ? (r.Status, r.ErrorCode) : default));
        Assert.Equal("parameter_unknown", (await world.GetAsync("/v1/events?limt=5")).ErrorCode);
        Assert.Equal("parameter_missing", (await world.PostAsync("/v1/invoices", "currency=eur")).ErrorCode);
    }

    [Fact]
    public async Task TaxId_IsPendingFirst_ThenVerifiedOrNot()
    {
        await using var world = await SandboxWorld.StartAsync();
        var customer = await world.CustomerAsync();
        var good = await world.PostAsync($"/v1/customers/{customer}/tax_ids", "type=eu_vat&value=FR12345678901");
        var bad = await world.PostAsync($"/v1/customers/{customer}/tax_ids", "type=eu_vat&value=FR12345678000");
        Assert.Equal("pending", (string?)good.Body["verification"]!["status"]);
        world.Clock.Turn(TimeSpan.FromSeconds(2));
        Assert.Equal("verified", await StatusAsync(good.Id));
        Assert.Equal("unverified", await StatusAsync(bad.Id));

        async Task<string?> StatusAsync(string id) =>
            (string?)(await world.GetAsync($"/v1/customers/{customer}/tax_ids/{id}")).Body["verification"]!["status"];
    }

    [Fact]
    public async Task Events_ArePagedBothWays_AndByType()
    {
        await using var world = await SandboxWorld.StartAsync();
        for (var i = 0; i < 5; i++)
            await world.CustomerAsync();
        var newest = await IdsAsync("limit=2");
        var older = await IdsAsync($"limit=2&starting_after={newest[1]}");
        Assert.Equal(newest, await IdsAsync($"limit=2&ending_before={older[0]}"));
        Assert.Empty(newest.Intersect(older));
        Assert.Equal(5, (await IdsAsync("types[]=customer.created&types[]=invoice.paid")).Count);
        Assert.Empty(await IdsAsync("type=invoice.*"));
        Assert.Empty(await IdsAsync("delivery_success=true"));
        world.Clock.Turn(TimeSpan.FromDays(31));
        Assert.Empty(await IdsAsync(""));

        async Task<List<string>> IdsAsync(string query) =>
            [.. (await world.GetAsync("/v1/events?" + query)).Body["data"]!.AsArray().Select(e => (string)e!["id"]!)];
    }

    [Fact]
    public async Task State_SurvivesARestart()
    {
        await using var world = await SandboxWorld.StartAsync();
        var first = await world.PostAsync("/v1/customers", "name=A", "k");
        var invoice = await world.OpenAsync();
        await world.RestartAsync();
        Assert.True((await world.PostAsync("/v1/customers", "name=A", "k")).Replayed);
        Assert.Equal("A", (await world.GetAsync($"/v1/customers/{first.Id}")).Text("name"));
        Assert.StartsWith(world.Servers.Stripe.ToString(), (await world.GetAsync($"/v1/invoices/{invoice}")).Text("hosted_invoice_url"), StringComparison.Ordinal);
        Assert.Equal("RVO-0002", (await world.GetAsync($"/v1/invoices/{await world.OpenAsync()}")).Text("number"));
    }
}
