using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using RevOps.Web.Platform.Engine;

namespace RevOps.Tests.Ingestion;

/// <summary>What no webhook told is found all the same: by the hour from Stripe's events, by night from the invoices themselves.</summary>
public sealed class StripeGapTests
{
    // Nobody listens there.
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/");

    [Fact]
    public async Task PaymentWithoutAWebhook_IsTakenInWithinTheHourAndOnce()
    {
        await using var agency = await OpenAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-1")).StripeInvoiceId!);
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Open, (await agency.InvoiceAsync("B-1")).Status);

        await RunAsync<FillStripeGaps>(agency);
        Assert.Equal(InvoiceStatus.Paid, (await agency.InvoiceAsync("B-1")).Status);
        var heard = await CountAsync<ReceivedEvent>(agency);

        agency.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync<FillStripeGaps>(agency);
        Assert.Equal((heard, 1), (await CountAsync<ReceivedEvent>(agency), await CountAsync<Payment>(agency)));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<ReceivedEvent>().AnyAsync(row => row.Repeats > 0));
    }

    [Fact]
    public async Task EventsBeforeALongSilence_AreNotSkipped()
    {
        await using var agency = await OpenAsync();
        await RunAsync<FillStripeGaps>(agency);
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-1")).StripeInvoiceId!);

        // Days later the newest event is from today: what counts is how far was looked, not how far was heard.
        agency.Clock.Advance(TimeSpan.FromDays(5));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-2", "D-2", "C-2"));
        await agency.Host.DrainAsync();
        await RunAsync<FillStripeGaps>(agency);
        Assert.Equal(InvoiceStatus.Paid, (await agency.InvoiceAsync("B-1")).Status);
    }

    [Fact]
    public async Task InvoiceWithoutAnyEvent_IsReadByNight()
    {
        await using var agency = await OpenAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-1")).StripeInvoiceId!);

        await RunAsync<SweepInvoices>(agency);
        Assert.Equal((InvoiceStatus.Paid, 1), ((await agency.InvoiceAsync("B-1")).Status, await CountAsync<Payment>(agency)));
    }

    [Fact]
    public async Task InvoicesAsTheyStandAtStripe_AreNotReadOneByOne()
    {
        await using var agency = await OpenAsync();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-2", "D-2", "C-2"));
        await agency.Host.DrainAsync();

        await RunAsync<SweepInvoices>(agency);
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(RefreshInvoice)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HookThatIsReplayed_BringsWhatIsNewOnce(bool all)
    {
        await using var agency = await OpenAsync();
        await RunAsync<FillStripeGaps>(agency);
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-1")).StripeInvoiceId!);

        var replay = agency.Host.Services.GetRequiredService<ReplayStripe>();
        Assert.Equal(1, await AskAsync());
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Paid, (await agency.InvoiceAsync("B-1")).Status);

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync();
        await agency.Host.DrainAsync();
        Assert.Equal(1, await CountAsync<Payment>(agency));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(row => row.Action == "stripe.replayed" && row.Actor == "user:somebody"));

        async Task<int> AskAsync()
        {
            await using var events = await agency.Host.OpenDatabaseAsync();
            var finalized = await events.Set<ReceivedEvent>().SingleAsync(row => row.Type == "stripe.invoice.finalized");
            return await (all ? replay.AllAsync(new(Type: "stripe.invoice.*") { Origin = EventOrigin.Stripe }, "user:somebody", CancellationToken.None) : replay.OneAsync(finalized.Id, "user:somebody", CancellationToken.None));
        }
    }

    [Fact]
    public async Task Disconnected_WaitsOnlyWhereThereIsSomethingToHearOf()
    {
        await using var host = new RevOpsHost();
        await using var db = await host.OpenDatabaseAsync();
        db.Enqueue<FillStripeGaps>("now", DateTimeOffset.UtcNow);
        db.Enqueue<SweepInvoices>("now", DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
        await host.DrainAsync();
        Assert.All(await db.Set<OutboxRow>().AsNoTracking().ToListAsync(), row => Assert.Equal(OutboxState.Done, row.State));
    }

    /// <summary>One invoice has been sent, and from now on no webhook arrives.</summary>
    private static async Task<Agency> OpenAsync()
    {
        var agency = await Agency.OpenAsync();
        agency.Sandbox.SendWebhooksTo(Nowhere);
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", "D-1"));
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        return agency;
    }

    private static async Task RunAsync<TJob>(Agency agency) where TJob : class, IOutboxJob
    {
        var services = agency.Host.Services;
        Assert.True(await new AskAgain<TJob>(services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), agency.Clock).AskAsync(agency.Clock.GetUtcNow(), CancellationToken.None));
        await agency.Host.DrainAsync();
    }

    private static async Task<int> CountAsync<T>(Agency agency) where T : class
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<T>().CountAsync();
    }
}
