using Microsoft.AspNetCore.Hosting.Server;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Sandbox;
using RevOps.Sandbox.Site;
using RevOps.Web.Demo;

namespace RevOps.Web.Platform;

/// <summary>Starts the stand-ins in this process and connects to them whatever platform has no key of its own.</summary>
public sealed class SandboxHost(
    IConfiguration configuration, StripeAccount stripe, MetaAccount meta, GoogleAdsAccount google, HubSpotAccount hubSpot, ConnectorSecrets secrets, SandboxSiteKeys siteKeys, TimeProvider clock, IServer server, IHostApplicationLifetime lifetime)
    : IHostedService, IAsyncDisposable
{
    private const string WebhookSecret = "whsec_sandbox";
    private const string HubSpotSecret = "hubspot_sandbox";

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The stand-ins, while they run.</summary>
    public SandboxServers? Servers { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ListenAsync(cancellationToken);

        // Our own address is known once the server listens; until then the sandbox keeps its webhooks.
        lifetime.ApplicationStarted.Register(SendWebhooksHere);
    }

    /// <summary>Nobody answers at the platforms' addresses any more; what they know stays in their files.</summary>
    public async Task PauseAsync()
    {
        await turn.WaitAsync();
        try
        {
            var servers = Servers;
            Servers = null;
            if (servers is not null)
                await servers.DisposeAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>They answer again, at the same addresses where the ports are fixed.</summary>
    public async Task ResumeAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (Servers is not null)
                return;
            await ListenAsync(cancel);
            SendWebhooksHere();
        }
        finally
        {
            turn.Release();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Asked twice: as the service that it is, and as the hosted one.
    public async ValueTask DisposeAsync() => await PauseAsync();

    private async Task ListenAsync(CancellationToken cancel)
    {
        var stripePort = configuration.GetValue("Sandbox:StripePort", 5081);
        var servers = await SandboxServers.StartAsync(new()
        {
            Folder = Path.Combine(DataFolder.Of(configuration), "sandbox"),
            StripePort = stripePort,
            MetaPort = configuration.GetValue("Sandbox:MetaPort", 5082),
            GooglePort = configuration.GetValue("Sandbox:GooglePort", 5083),

            // Whoever takes free ports for the platforms wants none that is fixed.
            SitePort = configuration.GetValue("Sandbox:SitePort", stripePort == 0 ? 0 : 5084),
            HubSpotPort = configuration.GetValue("Sandbox:HubSpotPort", stripePort == 0 ? 0 : 5085),
            WebhookSecret = WebhookSecret,
            HubSpotSecret = HubSpotSecret,
            Clock = clock,
            AdsSince = DemoBegins(),
        }, cancel);
        stripe.Sandbox = new() { ApiKey = "sk_test_sandbox", ApiBase = servers.Stripe, WebhookSecret = WebhookSecret };
        meta.Sandbox = new() { DatasetId = "1000000000000000", AccessToken = "sandbox", AdAccountId = "2000000000000001", ApiBase = servers.Meta };
        google.Sandbox = new() { CustomerId = "1234567890", Key = GoogleKey.Parse(await File.ReadAllTextAsync(servers.GoogleKeyFile, cancel)), ApiBase = servers.Google, AdsApiBase = servers.Google };
        (hubSpot.Sandbox, secrets.Sandbox) = (new("sandbox", servers.HubSpot), HubSpotSecret);
        Servers = servers;
    }

    /// <summary>The ads of the demo began with its story: before it nobody could have bought. By the system's clock, since the demo turns the other one.</summary>
    private DateOnly? DemoBegins() => DemoOptions.From(configuration) is { Runs: true } demo ? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1 - demo.Days) : null;

    private void SendWebhooksHere()
    {
        if (OwnAddress.Of(server) is not { } own || Servers is not { } servers)
            return;
        servers.SendWebhooksTo(new Uri(own, "/hooks/stripe"));
        servers.SendHubSpotNoticesTo(new Uri(own, "/hooks/hubspot"));
        if (servers.Site is { } site)
            servers.OpenSiteWith(cancel => siteKeys.OpenAsync(own, site, cancel));
    }
}

public static class SandboxRegistration
{
    /// <summary>Before the outbox engine, so that work finds the stand-ins listening.</summary>
    public static void AddSandbox(this WebApplicationBuilder builder)
    {
        if (!Switches.From(builder.Configuration).Sandbox)
            return;
        builder.Services.AddSingleton<SandboxSiteKeys>();
        builder.Services.AddSingleton<SandboxHost>();
        builder.Services.AddHostedService(container => container.GetRequiredService<SandboxHost>());
    }
}
