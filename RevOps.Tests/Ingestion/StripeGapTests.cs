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

/// <summary>What no webhook told is found all the same: by the hour from Stripe's events, by night from the invoices themselves, or by hand.</summary>
public sealed class StripeGapTests(StripeGapTests.DeafAgency deaf) : IClassFixture<StripeGapTests.DeafAgency>
{
    private Agency Agency => deaf.Agency;

    [Fact]
    public async Task PaymentWithoutAWebhook_IsTakenInWithinTheHourAndOnce()
    {
        var id = await SellAsync("B-1");
        Agency.Sandbox.Pay((await Agency.InvoiceAsync("B-1")).StripeInvoiceId!);
        await Agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Open, (await Agency.InvoiceAsync("B-1")).Status);

        await RunAsync<FillStripeGaps>();
        Assert.Equal((InvoiceStatus.Paid, 1), await StandAsync(id));
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var heard = await db.Set<ReceivedEvent>().CountAsync();

        await RunAsync<FillStripeGaps>();
        Assert.Equal((heard, false), (await db.Set<ReceivedEvent>().CountAsync(), await db.Set<ReceivedEvent>().AnyAsync(row => row.Type.StartsWith("stripe.") && row.Repeats > 0)));
    }

    [Fact]
    public async Task EventsBeforeALongSilence_AreNotSkipped()
    {
        var id = await SellAsync("B-2");
        await RunAsync<FillStripeGaps>();
        Agency.Sandbox.Pay((await Agency.InvoiceAsync("B-2")).StripeInvoiceId!);

        // Days later the newest event is from today: what counts is how far was looked, not how far was heard.
        Agency.Clock.Advance(TimeSpan.FromDays(5));
        await Agency.SendAsync("booking_confirmed", Events.Sale("B-3", "D-B-3", "C-B-3"));
        await Agency.Host.DrainAsync();
        await RunAsync<FillStripeGaps>();
        Assert.Equal((InvoiceStatus.Paid, 1), await StandAsync(id));
    }

    [Fact]
    public async Task InvoiceWithoutAnyEvent_IsReadByNightAndTheOthersAreNot()
    {
        var (paid, open) = (await SellAsync("B-4"), await SellAsync("B-5"));
        Agency.Sandbox.Pay((await Agency.InvoiceAsync("B-4")).StripeInvoiceId!);

        await RunAsync<SweepInvoices>();
        Assert.Equal((InvoiceStatus.Paid, 1), await StandAsync(paid));
        Assert.Equal((InvoiceStatus.Open, 0), await StandAsync(open));
        var stripeId = (await Agency.InvoiceAsync("B-5")).StripeInvoiceId;
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(RefreshInvoice) && row.Argument == stripeId));
    }

    [Theory]
    [InlineData("B-6", false)]
    [InlineData("B-7", true)]
    public async Task HookThatIsReplayed_BringsWhatIsNewOnce(string booking, bool all)
    {
        var id = await SellAsync(booking);
        await RunAsync<FillStripeGaps>();
        Agency.Sandbox.Pay((await Agency.InvoiceAsync(booking)).StripeInvoiceId!);

        Assert.NotEqual(0, await ReplayAsync(all, $"user:{booking}"));
        Assert.Equal((InvoiceStatus.Paid, 1), await StandAsync(id));
        await ReplayAsync(all, $"user:{booking}");
        Assert.Equal((InvoiceStatus.Paid, 1), await StandAsync(id));
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(row => row.Action == "stripe.replayed" && row.Actor == $"user:{booking}"));
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

    /// <summary>An invoice that has been sent, and of which no webhook told.</summary>
    private async Task<Guid> SellAsync(string booking)
    {
        await Agency.SendAsync("booking_confirmed", Events.Sale(booking, $"D-{booking}", $"C-{booking}"));
        await Agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync(booking));
        await Agency.Host.DrainAsync();
        return (await Agency.InvoiceAsync(booking)).Id;
    }

    private async Task RunAsync<TJob>() where TJob : class, IOutboxJob
    {
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = new AskAgain<TJob>(Agency.Host.Services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), Agency.Clock);
        Assert.True(await again.AskAsync(Agency.Clock.GetUtcNow(), CancellationToken.None));
        await Agency.Host.DrainAsync();
    }

    /// <summary>Of the newest invoice that was issued, or of all.</summary>
    private async Task<int> ReplayAsync(bool all, string actor)
    {
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var newest = await db.Set<ReceivedEvent>().Where(row => row.Type == "stripe.invoice.finalized").OrderByDescending(row => row.OccurredAt).FirstAsync();
        var replay = Agency.Host.Services.GetRequiredService<ReplayStripe>();
        var asked = await (all ? replay.AllAsync(new(Type: "stripe.invoice.*") { Origin = EventOrigin.Stripe }, actor, CancellationToken.None) : replay.OneAsync(newest.Id, actor, CancellationToken.None));
        await Agency.Host.DrainAsync();
        return asked;
    }

    private async Task<(InvoiceStatus Status, int Payments)> StandAsync(Guid invoice)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        return ((await db.Set<Invoice>().SingleAsync(row => row.Id == invoice)).Status, await db.Set<Payment>().CountAsync(row => row.InvoiceId == invoice));
    }

    /// <summary>Stripe's webhooks go where nobody listens.</summary>
    public sealed class DeafAgency : IAsyncLifetime
    {
        public Agency Agency { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Agency = await Agency.OpenAsync();
            Agency.Sandbox.SendWebhooksTo(new Uri("http://127.0.0.1:1/"));
        }

        public ValueTask DisposeAsync() => Agency.DisposeAsync();
    }
}
