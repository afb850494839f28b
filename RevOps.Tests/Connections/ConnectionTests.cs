using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;
using RevOps.Web.Platform;

namespace RevOps.Tests.Connections;

/// <summary>Platforms connected by what is entered on the page, over the wire.</summary>
public sealed class ConnectionTests
{
    private const string Secret = "sk_test_4f9a8b7c6d5e4f3a2b1c";

    [Fact]
    public async Task CanConnectStripeFromTheFormAndInvoiceWithoutARestart()
    {
        await using var world = await ConnectionWorld.StartAsync();
        Assert.Null(world.Platform("Stripe").Mode);

        var outcome = await world.SaveAsync("Stripe", ("Stripe:ApiKey", $"  {Secret} "), ("Stripe:WebhookSecret", "whsec_entered"));
        Assert.True(outcome.IsSaved);
        Assert.Equal(Mode.Sandbox, world.Platform("Stripe").Mode);

        using var sender = world.Host.Client(await world.Host.CreateKeyAsync(ApiKey.EventsWrite));
        await sender.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-1")));
        await world.Host.DrainAsync();
        await using var db = await world.Host.OpenDatabaseAsync();
        Assert.NotNull((await db.Set<Invoice>().SingleAsync()).StripeInvoiceId);
        Assert.Equal(1, world.Servers.Executed("POST /v1/invoices"));

        // The secret that was entered opens the door for Stripe's webhooks, and the page sees the first one.
        var queries = world.Host.Services.GetRequiredService<ConnectionQueries>();
        Assert.Null(await queries.LastStripeHookAsync(Mode.Sandbox));
        world.Servers.SendWebhooksTo(new Uri(world.Host.Address, "/hooks/stripe"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await queries.LastStripeHookAsync(Mode.Sandbox, patience.Token) is null)
            await Task.Delay(20, patience.Token);
    }

    [Fact]
    public async Task Disconnecting_LetsWorkWait()
    {
        await using var world = await ConnectionWorld.StartAsync();
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", Secret));
        using var sender = world.Host.Client(await world.Host.CreateKeyAsync(ApiKey.EventsWrite));
        await sender.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-1")));
        await world.Host.Services.GetRequiredService<Web.Connections.ConnectionActs>().DisconnectAsync(world.Platform("Stripe"), ConnectionWorld.Admin);

        await world.Host.DrainAsync();
        Assert.Null(world.Platform("Stripe").Mode);
        Assert.Equal(1, await world.Host.Services.GetRequiredService<ConnectionQueries>().CountWaitingAsync("Stripe"));
        await using var db = await world.Host.OpenDatabaseAsync();
        Assert.Equal("Stripe is not connected.", (await db.Set<Core.Platform.Outbox.OutboxRow>().SingleAsync(row => row.Job == nameof(DraftInvoice))).LastError);
    }

    [Fact]
    public async Task Configuration_LocksItsField()
    {
        await using var world = await ConnectionWorld.StartAsync(host => host.Settings["Stripe:ApiKey"] = "sk_test_configured");
        var (values, field) = (world.Host.Services.GetRequiredService<ConnectionValues>(), world.Platform("Stripe").Fields[0]);

        Assert.True((await world.SaveAsync("Stripe", ("Stripe:ApiKey", Secret), ("Stripe:WebhookSecret", "whsec_1"))).IsSaved);
        Assert.True(values.IsLocked(field));
        Assert.Equal("sk_test_configured", values.ValueOf(field));
        Assert.Null(values.Stored("Stripe:ApiKey"));
        var connection = world.Host.Services.GetRequiredService<StripeAccount>().Connection!;
        Assert.Equal(("sk_test_configured", "whsec_1"), (connection.ApiKey, connection.WebhookSecret));
    }

    [Theory]
    [InlineData("Sandbox:Enabled", "Stripe", "Stripe:ApiKey", "sk_live_4f9a8b7c6d5e4f3a2b1c")]
    [InlineData("Demo:Enabled", "Stripe", "Stripe:ApiKey", "rk_live_4f9a8b7c6d5e4f3a2b1c")]
    [InlineData("Demo:Enabled", "Meta", "Meta:AccessToken", "EAAB4f9a8b7c6d5e")]
    public async Task LiveKey_BesideSandboxOrDemo_IsRefusedAndNotStored(string key, string platform, string name, string value)
    {
        await using var world = await ConnectionWorld.StartAsync(host =>
        {
            host.Settings.Remove("Meta:ApiBase");
            (host.Settings[key], host.Settings["Sandbox:StripePort"], host.Settings["Sandbox:MetaPort"], host.Settings["Sandbox:GooglePort"]) = ("true", "0", "0", "0");
        });
        var outcome = await world.SaveAsync(platform, (name, value));

        Assert.Equal((false, key, name), (outcome.IsSaved, outcome.Against, outcome.Live));
        await using var db = await world.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<ConnectionValue>().AnyAsync());

        // The page says what the start would say.
        var page = world.Host.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<Web.Connections.ConnectionsTexts>>();
        Assert.Equal(SettingRules.BesideLive(key, name), page["BesideLive", key, name].Value);
    }

    [Fact]
    public async Task Start_BesideALiveKeyThatWasEntered_IsRefusedInOneLine()
    {
        using var folder = new TempFolder();
        await using (var host = new RevOpsHost { Settings = { ["Data:Folder"] = folder.Path } })
        {
            var stripe = host.Services.GetServices<IPlatformConnection>().First();
            Assert.Null(await host.Services.GetRequiredService<ConnectionDesk>().SaveAsync(stripe, new Dictionary<string, string>(StringComparer.Ordinal) { ["Stripe:ApiKey"] = "sk_live_4f9a8b7c6d5e4f3a2b1c" }, "user:1", CancellationToken.None));
            Assert.Equal(Mode.Live, stripe.Mode);
        }

        var start = await ChildProcess.RunAsync(folder.Path, "--Sandbox:Enabled=true", "--Sandbox:StripePort=0", "--Sandbox:MetaPort=0", "--Sandbox:GooglePort=0");
        Assert.Equal(1, start.ExitCode);
        Assert.Equal(SettingRules.BesideLive(Switches.SandboxKey, "Stripe:ApiKey"), start.Errors.Trim());
        Assert.DoesNotContain("4f9a8b7c6d5e4f3a2b1c", start.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_StandInNoPageNoLogNoAuditAndNoFileInClear()
    {
        var log = new Listening();
        await using var world = await ConnectionWorld.StartAsync(host => (host.Settings["Demo:Enabled"], host.Settings["Logging:LogLevel:Default"], host.Settings["Logging:LogLevel:System.Net.Http.HttpClient"]) = ("true", "Trace", "Trace"));
        world.Host.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", Secret), ("Stripe:WebhookSecret", "whsec_9e8d7c6b5a4f3e2d"));
        await world.SaveAsync("Meta", ("Meta:DatasetId", "1000000000000001"), ("Meta:AccessToken", "EAAB-0123456789-token"));
        await world.CheckAsync("Stripe");
        await world.CheckAsync("Meta");

        using var admin = await world.Host.SignedInAsync(Roles.Admin);
        var html = await admin.GetStringAsync("/connections");
        Assert.Contains("…2b1c", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        var said = new StringBuilder(html).Append(log.Text);
        await using var db = await world.Host.OpenDatabaseAsync();
        var vault = world.Host.Services.GetRequiredService<Vault>();
        foreach (var entry in await db.Set<AuditEntry>().Where(entry => entry.Action == "connection.saved").ToListAsync())
            said.Append(await vault.OpenAsync(entry.OwnerId, entry.Id, entry.SealedChange));
        foreach (var file in Directory.EnumerateFiles(world.Host.DataFolder, "revops.db*"))
            said.Append(Encoding.Latin1.GetString(await ReadSharedAsync(file)));

        var all = said.ToString();
        Assert.Contains("1000000000000001", all, StringComparison.Ordinal);
        Assert.Contains("/v1/invoices", log.Text, StringComparison.Ordinal);
        foreach (var secret in new[] { Secret, "whsec_9e8d7c6b5a4f3e2d", "EAAB-0123456789-token" })
            Assert.DoesNotContain(secret[6..], all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValueEnteredOnOneNode_CountsOnAnother()
    {
        await using var writer = new RevOpsHost { Settings = { ["Live:Tail"] = "true" } };
        await using var other = new RevOpsHost { Settings = { ["Live:Tail"] = "true", ["Data:Folder"] = writer.DataFolder } };
        _ = writer.Services;
        var stripe = other.Services.GetServices<IPlatformConnection>().First();
        Assert.Null(stripe.Mode);

        await writer.Services.GetRequiredService<ConnectionDesk>().SaveAsync(writer.Services.GetServices<IPlatformConnection>().First(), new Dictionary<string, string>(StringComparer.Ordinal) { ["Stripe:ApiKey"] = Secret }, "user:1", CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (stripe.Mode is null)
            await Task.Delay(20, patience.Token);
        Assert.Equal(Mode.Test, stripe.Mode);
    }

    [Fact]
    public async Task NobodyButAnAdministrator_Connects()
    {
        await using var world = await ConnectionWorld.StartAsync();
        var finance = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), new(System.Security.Claims.ClaimTypes.Role, Roles.Finance)], "test"));
        var outcome = await world.Host.Services.GetRequiredService<Web.Connections.ConnectionActs>().SaveAsync(world.Platform("Stripe"), new Dictionary<string, string>(StringComparer.Ordinal) { ["Stripe:ApiKey"] = Secret }, finance);
        Assert.False(outcome.IsSaved);
        Assert.Null(world.Platform("Stripe").Mode);
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private sealed class Listening : ILoggerProvider, ILogger
    {
        private readonly StringBuilder text = new();

        public string Text
        {
            get
            {
                lock (text)
                    return text.ToString();
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (text)
                text.AppendLine(formatter(state, exception)).Append(exception);
        }

        public void Dispose()
        {
            // Nothing to give back.
        }
    }
}
