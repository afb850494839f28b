using System.Text;

namespace RevOps.Tests.Sandbox;

public sealed class FaultsTests
{
    [Fact]
    public async Task Fault_SetOverHttp_HitsItsRouteSoOften()
    {
        await using var world = await SandboxWorld.StartAsync();
        var control = new Uri(world.Servers.Meta, "/_sandbox/faults");
        using var faults = new StringContent("""[{"route":"GET /v1/customers/{id}","kind":"429","count":1}]""", Encoding.UTF8, "application/json");
        using var set = await world.Http.PutAsync(control, faults);
        Assert.Equal(200, (int)set.StatusCode);
        var id = await world.CustomerAsync();
        Assert.Equal(200, (await world.GetAsync("/v1/customers")).Status);
        Assert.Equal(429, (await world.GetAsync($"/v1/customers/{id}")).Status);
        Assert.Equal(200, (await world.GetAsync($"/v1/customers/{id}")).Status);
    }

    [Fact]
    public async Task Fault_OfUnknownKind_IsRefused()
    {
        await using var world = await SandboxWorld.StartAsync();
        using var faults = new StringContent("""[{"route":"*","kind":"boom"}]""", Encoding.UTF8, "application/json");
        using var set = await world.Http.PutAsync(new Uri(world.Servers.Stripe, "/_sandbox/faults"), faults);
        Assert.Equal(400, (int)set.StatusCode);
    }
}
