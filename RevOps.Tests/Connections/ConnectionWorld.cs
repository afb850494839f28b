using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Connections;
using RevOps.Sandbox;
using RevOps.Tests.Testing;
using RevOps.Web.Connections;

namespace RevOps.Tests.Connections;

/// <summary>The product as a customer runs it, without sandbox; its platforms are stand-ins that it knows by address only, so that keys have to be entered.</summary>
internal sealed class ConnectionWorld : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private bool cutOff;

    public SandboxServers Servers { get; private set; } = null!;

    public RevOpsHost Host { get; private set; } = null!;

    public static ClaimsPrincipal Admin { get; } = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "0198f000-0000-7000-8000-000000000001"), new(ClaimTypes.Role, Roles.Admin)], "test"));

    public static async Task<ConnectionWorld> StartAsync(Action<RevOpsHost>? change = null, bool numberPerCustomer = false)
    {
        var world = new ConnectionWorld();
        world.Servers = await SandboxServers.StartAsync(new() { Folder = world.folder.Path, WebhookSecret = "whsec_entered", WebhookRetries = [TimeSpan.FromMilliseconds(50)], NumberPerCustomer = numberPerCustomer });
        world.Host = new() { Settings = { ["Stripe:ApiBase"] = world.Servers.Stripe.ToString(), ["Meta:ApiBase"] = world.Servers.Meta.ToString(), ["Google:ApiBase"] = world.Servers.Google.ToString() } };
        change?.Invoke(world.Host);
        return world;
    }

    public IPlatformConnection Platform(string name) => Host.Services.GetServices<IPlatformConnection>().Single(platform => platform.Name == name);

    public Task<SaveOutcome> SaveAsync(string platform, params (string Name, string Value)[] given) =>
        Host.Services.GetRequiredService<ConnectionActs>().SaveAsync(Platform(platform), given.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal), Admin);

    public async Task<LastCheck> CheckAsync(string platform)
    {
        await Host.Services.GetRequiredService<ConnectionActs>().CheckAsync(Platform(platform), Admin);
        return (await Host.Services.GetRequiredService<ConnectionDesk>().LastCheckAsync(Platform(platform), CancellationToken.None))!;
    }

    /// <summary>No platform answers any more.</summary>
    public async Task CutOffAsync()
    {
        cutOff = true;
        await Servers.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (!cutOff)
            await Servers.DisposeAsync();
        folder.Dispose();
    }
}
