using RevOps.Sandbox;

namespace RevOps.Tests.Sandbox;

public sealed class StripeIdempotencyTests
{
    [Fact]
    public async Task SameKey_SameParameters_ReplaysWithoutASecondEffect()
    {
        await using var world = await SandboxWorld.StartAsync();
        var first = await world.PostAsync("/v1/customers", "name=A&email=a@example.com", "k");
        var second = await world.PostAsync("/v1/customers", "email=a@example.com&name=A", "k");
        Assert.False(first.Replayed);
        Assert.True(second.Replayed);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(1, world.Servers.Executed("POST /v1/customers"));
    }

    [Fact]
    public async Task SameKey_OtherParameters_IsAnError()
    {
        await using var world = await SandboxWorld.StartAsync();
        await world.PostAsync("/v1/customers", "name=A", "k");
        var other = await world.PostAsync("/v1/customers", "name=B", "k");
        Assert.Equal((400, "idempotency_error"), (other.Status, other.ErrorType));
    }

    [Fact]
    public async Task SameKey_AfterADay_IsANewRequest()
    {
        await using var world = await SandboxWorld.StartAsync();
        var first = await world.PostAsync("/v1/customers", "name=A", "k");
        world.Clock.Turn(TimeSpan.FromHours(25));
        Assert.NotEqual(first.Id, (await world.PostAsync("/v1/customers", "name=A", "k")).Id);
    }

    [Fact]
    public async Task SameKey_WhileTheFirstRuns_IsAConflict()
    {
        await using var world = await SandboxWorld.StartAsync();
        world.Servers.Faults.Add(new Fault { Route = "POST /v1/customers", Kind = FaultKind.Latency, LatencyMs = 400, Count = 2 });
        var both = await Task.WhenAll(world.PostAsync("/v1/customers", "name=A", "k"), world.PostAsync("/v1/customers", "name=A", "k"));
        Assert.Equal([200, 409], both.Select(r => r.Status).Order());
    }

    [Fact]
    public async Task RefusedParameters_LeaveTheKeyFree()
    {
        await using var world = await SandboxWorld.StartAsync();
        var refused = await world.PostAsync("/v1/customers", "name=A&nonsense=1", "k");
        Assert.Equal((400, "parameter_unknown"), (refused.Status, refused.ErrorCode));
        Assert.Equal(200, (await world.PostAsync("/v1/customers", "name=A", "k")).Status);
    }

    [Theory]
    [InlineData(FaultKind.Error, 200, 1)]
    [InlineData(FaultKind.StoredError, 500, 0)]
    [InlineData(FaultKind.ExecutedError, 500, 1)]
    public async Task ServerError_ThenTheSameKeyAgain(FaultKind kind, int status, int customers)
    {
        await using var world = await SandboxWorld.StartAsync();
        world.Servers.Faults.Add(new Fault { Route = "POST /v1/customers", Kind = kind });
        Assert.Equal(500, (await world.PostAsync("/v1/customers", "name=A", "k")).Status);
        Assert.Equal(status, (await world.PostAsync("/v1/customers", "name=A", "k")).Status);
        Assert.Equal(customers, world.Servers.StripeEffects()["customers"]!.AsArray().Count);
    }

    [Fact]
    public async Task DroppedAnswer_WasExecuted_AndTheKeyFindsIt()
    {
        await using var world = await SandboxWorld.StartAsync();
        world.Servers.Faults.Add(new Fault { Route = "POST /v1/customers", Kind = FaultKind.Drop });
        await Assert.ThrowsAsync<HttpRequestException>(() => world.PostAsync("/v1/customers", "name=A", "k"));
        Assert.True((await world.PostAsync("/v1/customers", "name=A", "k")).Replayed);
        Assert.Single(world.Servers.StripeEffects()["customers"]!.AsArray());
    }

    [Fact]
    public async Task SameObject_ChangedByTwo_OneWaitsInVain()
    {
        await using var world = await SandboxWorld.StartAsync(o => o with { ObjectLockWait = TimeSpan.FromMilliseconds(50) });
        var customer = await world.CustomerAsync();
        world.Servers.Faults.Add(new Fault { Route = "POST /v1/customers/{id}", Kind = FaultKind.Latency, LatencyMs = 500, Count = 2 });
        var both = await Task.WhenAll(
            world.PostAsync($"/v1/customers/{customer}", "name=B"), world.PostAsync($"/v1/customers/{customer}", "name=C"));
        Assert.Single(both, r => r is { Status: 429, ErrorCode: "lock_timeout" });
    }
}
