using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Demo;
using RevOps.Core.Platform.Live;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard;
using RevOps.Tests.Testing;
using RevOps.Web.Demo;
using RevOps.Web.Shared;

namespace RevOps.Tests.Demo;

/// <summary>A short demo, told for real: events by HTTP, approvals, payments on the client's page, jobs.</summary>
public sealed class DemoRunTests
{
    private const int Days = 8;

    [Fact]
    public async Task Demo_AddsUpStaysOnThisMachineAndGoesWithOneButton()
    {
        using var wire = new Connections();
        await using var host = Demo();
        await EndOfAsync(host);

        await using (var db = await host.OpenDatabaseAsync())
        {
            Assert.True(await db.Set<Invoice>().CountAsync() >= 5);
            Assert.True(await db.Set<Payment>().AnyAsync());
            Assert.False(await db.Set<Conversion>().AnyAsync(row => row.Mode != Mode.Sandbox));
            Assert.True(await db.Set<Conversion>().AnyAsync(row => row.Status == ConversionStatus.Delivered));

            // Credit + unattributed = paid, to the cent, payment by payment.
            var paid = await db.Set<Payment>().ToDictionaryAsync(payment => payment.Id, payment => payment.AmountMinor);
            var credited = (await db.Set<Credit>().ToListAsync()).GroupBy(credit => (credit.PaymentId, credit.Model));
            Assert.All(credited, credits => Assert.Equal(paid[credits.Key.PaymentId], credits.Sum(credit => credit.AmountMinor)));
            Assert.NotEmpty(credited);

            // What is owed, by age, is the ledger: issued less paid, to the cent.
            var ledger = await db.Set<Invoice>().Where(invoice => invoice.IssuedAt != null && invoice.Status != InvoiceStatus.Void).SumAsync(invoice => invoice.GrossMinor) - paid.Values.Sum();
            Assert.Equal(ledger, await OwedAsync(host, ReceivableRows.Open));
            Assert.Equal(ledger, await OwedAsync(host, ReceivableRows.NotDue) + await OwedAsync(host, ReceivableRows.Overdue));

            // Whoever approved is named in the audit: the demo's own person.
            var finance = await db.Set<User>().SingleAsync(user => user.Email == "demo-finance@revops.example");
            Assert.All(await db.Set<InvoiceDecision>().ToListAsync(), decision => Assert.Equal(finance.Id, decision.UserId));
        }

        Assert.NotEmpty(wire.Targets);
        Assert.All(wire.Targets, target => Assert.True(System.Net.IPAddress.IsLoopback(target), target.ToString()));

        // Signed out by somebody, the demo's own person signs in again.
        using var sender = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        await sender.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-1", "D-1")));
        await host.DrainAsync();
        await using (var db = await host.OpenDatabaseAsync())
            await db.Set<Session>().ExecuteUpdateAsync(change => change.SetProperty(session => session.EndedAt, DateTimeOffset.UtcNow));
        Assert.NotEqual(0, await host.Services.GetRequiredService<DemoFinance>().ApproveAsync(DateTimeOffset.UtcNow, CancellationToken.None));

        // The clock is everybody's again, and removing leaves nothing but who works here and the audit.
        Assert.False(host.Services.GetRequiredService<DemoClock>().IsTurned);
        Assert.NotNull(await host.Services.GetRequiredService<RemoveDemo>().RunAsync("system:test", CancellationToken.None));
        await using var after = await host.OpenDatabaseAsync();
        Assert.False(await after.Set<ReceivedEvent>().AnyAsync() || await after.Set<Invoice>().AnyAsync() || await after.Set<Person>().AnyAsync());
        Assert.Equal(DemoState.Removed, (await after.Set<DemoRun>().SingleAsync()).State);
        Assert.True(await after.Set<User>().AnyAsync());
        Assert.True(await after.Set<AuditEntry>().AnyAsync(entry => entry.Action == "demo.removed"));

        // Asked again, from a window that was left open, it takes nothing of what came since.
        await sender.SendAsync(Events.Of("touch", Events.Touch("v-1", gclid: "G-1")));
        Assert.Equal(new(0, 0, 0), await host.Services.GetRequiredService<RemoveDemo>().RunAsync("system:test", CancellationToken.None));
        Assert.True(await after.Set<ReceivedEvent>().AnyAsync());
    }

    [Fact]
    public async Task Play_RefusesBesideAPlatformThatIsConnectedForReal()
    {
        await using var host = Demo(runs: false);
        host.Settings["Stripe:ApiKey"] = "sk_test_somebodys";
        Assert.False(host.Services.GetRequiredService<PlayBooking>().Start());
    }

    [Fact]
    public async Task BrokenOff_GoesOnAndEndsWithTheSameFigures()
    {
        using var data = new TempFolder();
        await using (var first = Demo(data.Path))
            await ReachAsync(first, progress => progress.DaysDone >= 3);
        await using var whole = Demo();
        await using (var second = Demo(data.Path))
        {
            await EndOfAsync(second);
            await EndOfAsync(whole);
            Assert.Equal(await FiguresAsync(whole), await FiguresAsync(second));
        }

        // Told once, it is still labelled, and not told again.
        await using var later = Demo(data.Path);
        Assert.Equal(DemoState.Done, later.Services.GetRequiredService<DemoProgress>().Now!.State);
    }

    [Fact]
    public async Task Demo_DoesNotRunWhereSomethingHasComeIn()
    {
        using var data = new TempFolder();
        await using (var first = Demo(data.Path, runs: false))
        {
            using var sender = first.Client(await first.CreateKeyAsync(ApiKey.EventsWrite));
            await sender.SendAsync(Events.Of("touch", Events.Touch("v-1", gclid: "G-1")));
        }

        await using var second = Demo(data.Path);
        Assert.Null(second.Services.GetRequiredService<DemoProgress>().Now);
    }

    /// <summary>Every table either goes with the demo or stays for a reason; a new one has to say which.</summary>
    [Fact]
    public async Task EveryTable_GoesWithTheDemoOrStays()
    {
        string[] stays =
        [
            "User", "Role", "IdentityUserRole`1", "IdentityUserClaim`1", "IdentityUserLogin`1", "IdentityUserToken`1", "IdentityUserPasskey`1", "IdentityRoleClaim`1", "Session", "ApiKey", "SiteKey",
            "CompanyVersion", "StageSetting", "BantRule", "ChannelRuleSet", "RetentionRule", "ConsentRule", "ConnectionValue", "ConnectionCheck", "ConnectorMapping", "HookSubscription", "AuditEntry", "ChangeRow", "DemoRun", "BillingRules", "LateRate", "ReminderRule", "ReceivableRules", "CheckExemption", "Scenario", "AlertRule", "DigestReader",

            // A person's key is emptied, never deleted: its row says that they were erased.
            "DataKey",
        ];
        await using var host = new RevOpsHost();
        await using var db = await host.OpenDatabaseAsync();
        var known = RemoveDemo.Goes.Select(gone => gone.Row.Name).Concat(stays).Order(StringComparer.Ordinal);
        Assert.Equal(db.Model.GetEntityTypes().Where(type => !type.IsOwned()).Select(type => type.ClrType.Name).Order(StringComparer.Ordinal), known);
    }

    private static RevOpsHost Demo(string? folder = null, bool runs = true)
    {
        var host = new RevOpsHost
        {
            Settings =
            {
                ["Demo:Enabled"] = "true", ["Sandbox:Enabled"] = "true", ["Demo:Runs"] = runs ? "true" : "false", ["Demo:Days"] = Days.ToString(CultureInfo.InvariantCulture),
                ["Sandbox:StripePort"] = "0", ["Sandbox:MetaPort"] = "0", ["Sandbox:GooglePort"] = "0", ["Sandbox:SitePort"] = "0",
            },
        };
        if (folder is not null)
            host.Settings["Data:Folder"] = folder;
        return host;
    }

    private static async Task<long> OwedAsync(RevOpsHost host, ReceivableRows which)
    {
        var today = (await host.Services.GetRequiredService<CompanyProfile>().CurrentAsync()).DayOf(DateTimeOffset.UtcNow);
        return (await host.Services.GetRequiredService<FigureRowQueries>().ReceivablesAsync(which, today, new(), CancellationToken.None)).Sum.Minor;
    }

    private static Task EndOfAsync(RevOpsHost host) => ReachAsync(host, progress => progress.State == DemoState.Done);

    private static async Task ReachAsync(RevOpsHost host, Func<DemoStand, bool> isReached)
    {
        var progress = host.Services.GetRequiredService<DemoProgress>();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = host.Services.GetRequiredService<ChangeFeed>().Listen(nameof(DemoRun), Look);
        Look();
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Null(progress.Now?.Problem);

        void Look()
        {
            if (progress.Now is { } now && (now.Problem is not null || isReached(now)))
                reached.TrySetResult();
        }
    }

    /// <summary>What a reader would see, without ids and instants of recording.</summary>
    private static async Task<string> FiguresAsync(RevOpsHost host)
    {
        await using var db = await host.OpenDatabaseAsync();
        var lines = new List<string>();
        lines.AddRange((await db.Set<Invoice>().ToListAsync()).Select(row => $"invoice {row.OccurredAt:O} {row.Status} {row.GrossMinor} {row.PaidMinor} {row.IssuedAt:O} {row.PaidAt:O} {row.Problems}"));
        lines.AddRange((await db.Set<Conversion>().ToListAsync()).Select(row => $"conversion {row.EventId} {row.Platform} {row.Status} {row.Reason}"));
        lines.AddRange((await db.Set<Credit>().ToListAsync()).Select(row => $"credit {row.Channel} {row.PaidAt:O} {row.AmountMinor}"));
        lines.AddRange((await db.Set<VoiceSession>().ToListAsync()).Select(row => $"session {row.SessionId} {row.Qualified}"));
        lines.Add($"people {await db.Set<Person>().CountAsync(person => person.Id == person.CanonicalId)}, touches {await db.Set<Touch>().CountAsync()}");
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Where this process connects to, by what the runtime itself reports.</summary>
    private sealed class Connections : EventListener
    {
        private readonly Lock gate = new();
        private readonly List<System.Net.IPAddress> targets = [];

        public IReadOnlyList<System.Net.IPAddress> Targets
        {
            get
            {
                lock (gate)
                    return [.. targets];
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Sockets")
                EnableEvents(eventSource, EventLevel.Informational);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            // "InterNetwork:16:{19,137,127,0,0,1,0,0,0,0,0,0,0,0}": family, length, then the address as sockets have it, after the port.
            if (eventData.EventName != "ConnectStart" || eventData.Payload?[0] is not string address)
                return;
            var bytes = address[(address.IndexOf('{', StringComparison.Ordinal) + 1)..^1].Split(',').Select(text => byte.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            var found = address.StartsWith("InterNetworkV6", StringComparison.Ordinal) ? new System.Net.IPAddress(bytes.AsSpan(6, 16)) : address.StartsWith("InterNetwork", StringComparison.Ordinal) ? new System.Net.IPAddress(bytes.AsSpan(2, 4)) : null;
            if (found is null)
                return;
            lock (gate)
                targets.Add(found);
        }
    }
}
