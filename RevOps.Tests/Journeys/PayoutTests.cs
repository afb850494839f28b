using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Payouts;
using RevOps.Sandbox;
using RevOps.Tests.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What Stripe pays out is taken apart to the cent: of which payments, refunds, disputes and fees it is made, and of which invoices.</summary>
public sealed class PayoutTests : IAsyncLifetime
{
    private Agency agency = null!;

    private PayoutQueries Queries => agency.Host.Services.GetRequiredService<PayoutQueries>();

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanSeeAPayoutAddUpToTheCentWithItsInvoices()
    {
        var (one, two, three) = (await PaidAsync("B-1", 1_200), await PaidAsync("B-2", 100), await PaidAsync("B-3", 50));
        agency.Sandbox.Refund(one.StripeInvoiceId!, 44_000);
        agency.Sandbox.Dispute(two.StripeInvoiceId!);
        agency.Sandbox.ChargeFee(1_999);
        var stripeId = Assert.Single(agency.Sandbox.PayOut());
        var view = await WholeAsync(stripeId);

        // 1 440 + 120 + 60 with their fees, less 440, 120 and 19.99.
        var expected = 144_000 - Fee(144_000) + 12_000 - Fee(12_000) + 6_000 - Fee(6_000) - 44_000 - 12_000 - 1_999;
        Assert.Equal((PayoutGroup.Whole, new Money(expected, "EUR"), new Money(expected, "EUR")), (view.Payout.Group, view.Payout.Amount, view.Net));
        Assert.Equal(new Money(0, "EUR"), view.Difference);
        Assert.Equal((6, view.Net), (view.Types.Sum(type => type.Count), view.Gross - view.Fee));

        var parts = await Queries.PartsAsync(view.Payout.Id, new() { Sort = PartSort.Net }, CancellationToken.None);
        Assert.Equal(view.Net, parts.Net);
        Assert.Equal(view.Net.Minor, parts.Rows.Sum(part => part.Net.Minor));
        Assert.Equal(
            [("payment", one.Id), ("payment", two.Id), ("payment", three.Id), ("stripe_fee", (Guid?)null), ("adjustment", two.Id), ("refund", one.Id)],
            parts.Rows.Select(part => (part.Type, part.InvoiceId)));
        Assert.Equal(1, view.Alone);
        Assert.Equal(["stripe_fee"], (await Queries.PartsAsync(view.Payout.Id, new() { Alone = true }, CancellationToken.None)).Rows.Select(part => part.Type));

        // A refund of later is of the invoice whose payment an earlier payout carried.
        agency.Sandbox.Refund(three.StripeInvoiceId!, 1_000);
        await PaidAsync("B-4", 500);
        var later = await WholeAsync(Assert.Single(agency.Sandbox.PayOut()));
        Assert.Contains((await Queries.PartsAsync(later.Payout.Id, new(), CancellationToken.None)).Rows, part => part.InvoiceId == three.Id && part.Net.Minor == -1_000);

        await agency.Host.HireAsync("ann@agency.example", Roles.Finance);
        using var finance = agency.Host.Client();
        (await finance.TryPasswordAsync("ann@agency.example", Staff.Password)).Dispose();
        Assert.Contains(stripeId, await finance.GetStringAsync("/receivables/payouts"), StringComparison.Ordinal);
        var page = await finance.GetStringAsync($"/receivables/payouts/{view.Payout.Id}");
        Assert.Contains($"/invoices/{two.Id}", page, StringComparison.Ordinal);
        Assert.Contains("it adds up to the cent", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanHearOfItTwiceAndInAnyOrder()
    {
        await PaidAsync("B-1", 1_200);
        agency.Sandbox.WithholdWebhooks();
        var stripeId = Assert.Single(agency.Sandbox.PayOut());
        var told = await Stripe.ListEventsAsync().Where(told => told.ObjectId == stripeId).ToListAsync();
        Assert.Equal(["payout.reconciliation_completed", "payout.paid", "payout.created"], told.Select(one => one.Type));
        foreach (var one in told.Concat(told).Concat(Enumerable.Reverse(told)))
        {
            await Receiver.ReceiveInternalAsync(StripeNoticed.Source, one.Id, $"stripe.{one.Type}", StripeNoticed.Of(one), CancellationToken.None, one.Created);
            await agency.Host.DrainAsync();
        }

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal((1, 1), (await db.Set<Payout>().CountAsync(), await db.Set<PayoutPart>().CountAsync()));
        Assert.Equal(PayoutGroup.Whole, (await WholeAsync(stripeId)).Payout.Group);
        Assert.False(await db.Set<AuditEntry>().AnyAsync(entry => entry.Action == DecomposePayout.Differs));
    }

    [Fact]
    public async Task CanSeeThatPayoutsByHandAndFailedOnesAreNotDecomposed()
    {
        await PaidAsync("B-1", 1_200);
        var byHand = Assert.Single(agency.Sandbox.PayOut(byHand: true));
        await agency.DrainUntilAsync(async () => await GroupAsync(byHand) == PayoutGroup.ByHand);
        Assert.Empty((await ViewAsync(byHand))!.Types);

        // The bank sends it back: what it carried comes with the next one.
        agency.Sandbox.FailPayout(byHand);
        await agency.DrainUntilAsync(async () => await GroupAsync(byHand) == PayoutGroup.Failed);
        Assert.Equal(("failed", "account_closed"), ((await ViewAsync(byHand))!.Payout.Status, (await ViewAsync(byHand))!.Payout.FailureCode));
        var next = await WholeAsync(Assert.Single(agency.Sandbox.PayOut()));
        Assert.Equal([("payout_failure", 144_000L - Fee(144_000))], next.Types.Select(type => (type.Type, type.Net.Minor)));

        var list = await Queries.ListAsync(new(), CancellationToken.None);
        Assert.Equal([2, 1, 0, 0, 0, 1], Enum.GetValues<PayoutGroup>().Select(group => list.Counts[group]));
        Assert.Equal([next.Payout.Id], (await Queries.ListAsync(new() { Group = PayoutGroup.Whole }, CancellationToken.None)).Rows.Select(row => row.Id));
        Assert.Equal(list.Rows.Sum(row => row.Amount.Minor), Assert.Single(list.Sums).Amount.Minor);
    }

    [Fact]
    public async Task CanSeeWhatDoesNotAddUpAndHaveItReadAgain()
    {
        await PaidAsync("B-1", 1_200);
        var stripeId = Assert.Single(agency.Sandbox.PayOut());
        await WholeAsync(stripeId);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            // As if Stripe's list had lacked one when it was read, and an older version had read nothing at all of another.
            await db.Set<PayoutPart>().ExecuteDeleteAsync();
            await db.Set<Payout>().ExecuteUpdateAsync(set => set.SetProperty(row => row.PartsMinor, 100));
        }

        var differs = (await ViewAsync(stripeId))!;
        Assert.Equal((PayoutGroup.Differs, differs.Payout.Amount), (differs.Payout.Group, differs.Difference));
        await RunAsync<SweepPayouts>();
        Assert.Equal(PayoutGroup.Whole, (await WholeAsync(stripeId)).Payout.Group);

        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            await db.Set<PayoutPart>().ExecuteDeleteAsync();
            await db.Set<Payout>().ExecuteUpdateAsync(set => set.SetProperty(row => row.PartsMinor, (long?)null).SetProperty(row => row.IsAutomatic, (bool?)null));
            await db.Set<ReceivedEvent>().Where(row => row.Type == PayoutRead.Type).ExecuteDeleteAsync();
        }

        await RunAsync<SweepPayouts>();
        Assert.Equal(PayoutGroup.Whole, (await WholeAsync(stripeId)).Payout.Group);
    }

    [Fact]
    public async Task CanTellFinanceOfAPayoutThatDoesNotAddUp()
    {
        await PaidAsync("B-1", 1_200);
        var stripeId = Assert.Single(agency.Sandbox.PayOut());
        await WholeAsync(stripeId);
        await using var db = await agency.Host.OpenDatabaseAsync();

        // What Stripe says of the payout is a cent more than what it carries.
        await db.Set<Payout>().ExecuteUpdateAsync(set => set.SetProperty(row => row.AmountMinor, row => row.AmountMinor + 1).SetProperty(row => row.PartsMinor, (long?)null));
        foreach (var time in new[] { "first", "second" })
        {
            db.Enqueue<DecomposePayout>(stripeId, agency.Clock.GetUtcNow(), key: time);
            await db.SaveChangesAsync();
            await agency.Host.DrainAsync();
        }

        Assert.Equal((PayoutGroup.Differs, new Money(1, "EUR")), ((await ViewAsync(stripeId))!.Payout.Group, (await ViewAsync(stripeId))!.Difference));
        Assert.Equal(1, (await Queries.ListAsync(new() { Group = PayoutGroup.Differs }, CancellationToken.None)).Count);
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == DecomposePayout.Differs));
    }

    [Fact]
    public async Task CanReadMoreThanOnePageOfParts()
    {
        await PaidAsync("B-1", 1_200);
        for (var fee = 1; fee <= 120; fee++)
            agency.Sandbox.ChargeFee(fee);
        var view = await WholeAsync(Assert.Single(agency.Sandbox.PayOut()));
        Assert.Equal(121, view.Types.Sum(type => type.Count));
        var pages = new[] { await PageAsync(view, 1), await PageAsync(view, 2), await PageAsync(view, 3) };
        Assert.Equal([50, 50, 21], pages.Select(page => page.Rows.Count));
        Assert.Equal(view.Payout.Amount.Minor, pages.Sum(page => page.Rows.Sum(part => part.Net.Minor)));
    }

    private StripeClient Stripe => agency.Host.Services.GetRequiredService<StripeClient>();

    private EventReceiver Receiver => agency.Host.Services.GetRequiredService<EventReceiver>();

    /// <summary>As the stand-in takes it: 1.5 % and 25 cents.</summary>
    private static long Fee(long amount) => (long)Math.Round(amount * 0.015m, MidpointRounding.AwayFromZero) + 25;

    private Task<PartPage> PageAsync(PayoutView view, int number) => Queries.PartsAsync(view.Payout.Id, new() { Page = number }, CancellationToken.None);

    private async Task<Invoice> PaidAsync(string booking, decimal unitAmount)
    {
        await agency.SendAsync("booking_confirmed", Events.Sale(booking, customer: booking, unitAmount: unitAmount));
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking));
        await agency.Host.DrainAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync(booking)).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.Paid);
        return await agency.InvoiceAsync(booking);
    }

    private async Task<PayoutView> WholeAsync(string stripeId)
    {
        await agency.DrainUntilAsync(async () => await GroupAsync(stripeId) == PayoutGroup.Whole);
        return (await ViewAsync(stripeId))!;
    }

    private async Task<PayoutGroup?> GroupAsync(string stripeId) => (await ViewAsync(stripeId))?.Payout.Group;

    private async Task<PayoutView?> ViewAsync(string stripeId)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Payout>().Where(row => row.StripePayoutId == stripeId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync() is { } id ? await Queries.OfAsync(id, CancellationToken.None) : null;
    }

    private async Task RunAsync<TJob>() where TJob : IOutboxJob
    {
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<TJob>("all", agency.Clock.GetUtcNow(), key: Guid.NewGuid().ToString());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
    }
}
