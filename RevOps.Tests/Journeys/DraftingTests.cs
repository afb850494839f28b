using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What Finance does to drafts before it decides: its own versions, invoices and deposits by hand, several bookings on one.</summary>
public sealed class DraftingTests : IAsyncLifetime
{
    private Agency agency = null!;

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanWriteAnOwnVersionBesideTheSendersAndChooseAgainWhenTheSenderChanges()
    {
        await SellAsync("B-1");
        var sent = (await VersionsAsync("B-1")).Sent!;
        var own = sent with { PurchaseOrder = "PO-7", Lines = [sent.Lines[0] with { Description = "Audit of May", Quantity = 2, DiscountMinor = 40_000 }] };
        Assert.Equal(DecisionResult.Done, await EditAsync((edit, who) => edit.EditAsync(Id("B-1"), 1, own, who, CancellationToken.None)));
        await agency.Host.DrainAsync();

        var edited = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 2, 240_000L, ""), (edited.Status, edited.DraftVersion, edited.GrossMinor, edited.Problems));
        var atStripe = Assert.Single(agency.Sandbox.StripeEffects()["invoices"]!.AsArray(), invoice => (string?)invoice!["status"] == "draft");
        Assert.Equal(240_000, (int)atStripe!["total"]!);
        Assert.Equal("PO-7", (await VersionsAsync("B-1")).Current.PurchaseOrder);

        // The sender says something else: neither version counts until somebody chooses.
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await SellAsync("B-1", unitAmount: 1_500);
        var stale = await agency.InvoiceAsync("B-1");
        Assert.Contains(ReviewProblem.EditStale, stale.ProblemList);
        Assert.Equal(DecisionResult.Blocked, await agency.ApproveAsync("B-1"));
        Assert.Equal(DecisionResult.Outdated, await EditAsync((edit, who) => edit.KeepEditAsync(stale.Id, 2, who, CancellationToken.None)));
        Assert.Equal(DecisionResult.Done, await EditAsync((edit, who) => edit.ChooseSenderAsync(stale.Id, stale.DraftVersion, who, CancellationToken.None)));
        await agency.Host.DrainAsync();
        var chosen = await agency.InvoiceAsync("B-1");
        Assert.Equal((180_000L, "", null), (chosen.GrossMinor, chosen.Problems, chosen.EditId));
        Assert.Single((await VersionsAsync("B-1")).Own);
    }

    [Fact]
    public async Task CannotChangeThePriceThatWasAgreed()
    {
        await SellAsync("B-1");
        var sent = (await VersionsAsync("B-1")).Sent!;
        var dearer = sent with { Lines = [sent.Lines[0] with { UnitAmount = 2_000 }] };
        var refused = await Assert.ThrowsAsync<EditRefusedException>(() => EditAsync((edit, who) => edit.EditAsync(Id("B-1"), 1, dearer, who, CancellationToken.None)));
        Assert.Equal(["sale.agreed"], refused.Faults.Select(fault => fault.Code));
        var none = sent with { Lines = [sent.Lines[0] with { Quantity = 0, Description = " " }] };
        refused = await Assert.ThrowsAsync<EditRefusedException>(() => EditAsync((edit, who) => edit.EditAsync(Id("B-1"), 1, none, who, CancellationToken.None)));
        Assert.Equal(["lines[1].description", "lines[1].quantity"], refused.Faults.Select(fault => fault.Field));
        Assert.Equal(1, (await agency.InvoiceAsync("B-1")).DraftVersion);
    }

    [Fact]
    public async Task CanWriteAnInvoiceByHandAndSendItTheSameWay()
    {
        await SellAsync("B-1");
        var click = Guid.NewGuid();
        var written = new BookingContent { Currency = "EUR", Lines = [new() { Key = "1", Description = "Workshop", Quantity = 1.5m, UnitAmount = 400 }], PaymentTermsDays = 45 };
        var customer = (await agency.InvoiceAsync("B-1")).CustomerId;
        Assert.Equal(DecisionResult.Done, await EditAsync((edit, who) => edit.WriteAsync(click, customer, "Workshop May", written, null, who, CancellationToken.None)));
        Assert.Equal(DecisionResult.Outdated, await EditAsync((edit, who) => edit.WriteAsync(click, customer, "Workshop May", written, null, who, CancellationToken.None)));
        await agency.Host.DrainAsync();

        var draft = await OneAsync(InvoiceOrigin.ByHand);
        Assert.Equal((InvoiceStatus.ReadyForReview, 72_000L, "Workshop May", agency.Finance), (draft.Status, draft.GrossMinor, draft.Reference, draft.MakerId));
        Assert.Equal(DecisionResult.Done, await ApproveAsync(draft));
        var open = await OneAsync(InvoiceOrigin.ByHand);
        Assert.Equal((InvoiceStatus.Open, 45), (open.Status, open.DueOn!.Value.DayNumber - DateOnly.FromDateTime(agency.Clock.GetUtcNow().DateTime).DayNumber));
        agency.Sandbox.Pay(open.StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await OneAsync(InvoiceOrigin.ByHand)).Status == InvoiceStatus.Paid);
    }

    [Fact]
    public async Task CanAskForADepositThatTheDealsInvoiceDeducts()
    {
        await SellAsync("B-1", deal: "D-1");
        var sold = await agency.InvoiceAsync("B-1");
        var deposit = new BookingContent { Currency = "EUR", Lines = [new() { Key = "1", Description = "Acompte 30 %", Quantity = 1, UnitAmount = 360, TaxRateBasisPoints = 2_000 }] };
        Assert.Equal(DecisionResult.Done, await EditAsync((edit, who) => edit.WriteAsync(Guid.NewGuid(), sold.CustomerId, "Deposit D-1", deposit, "D-1", who, CancellationToken.None)));
        await agency.Host.DrainAsync();
        Assert.Equal(ReviewProblem.DepositPending, (await agency.InvoiceAsync("B-1")).Problems);

        Assert.Equal(DecisionResult.Done, await ApproveAsync(await OneAsync(InvoiceOrigin.Deposit)));
        var rest = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, "", 84_000L, 16_800L, 100_800L), (rest.Status, rest.Problems, rest.NetMinor, rest.TaxMinor, rest.GrossMinor));
        await using var db = await agency.Host.OpenDatabaseAsync();
        var lines = await db.Set<InvoiceLine>().Where(line => line.InvoiceId == rest.Id && line.DraftVersion == rest.DraftVersion).OrderBy(line => line.Position).ToListAsync();
        Assert.Equal([(120_000L, 24_000L), (-36_000L, -7_200L)], lines.Select(line => (line.NetMinor, line.TaxMinor)));
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Open, (await agency.InvoiceAsync("B-1")).Status);
    }

    [Fact]
    public async Task CanGatherTheBookingsOfAMonthOnOneInvoice()
    {
        await SetRuleAsync(GatherRule.PerMonth);
        await SellAsync("B-1");
        agency.Clock.Advance(TimeSpan.FromDays(3));
        await SellAsync("B-2", unitAmount: 300);
        await SellAsync("B-3", unitAmount: 500);
        await SellAsync("C-1", customer: "C-other");
        var gathered = await agency.InvoiceAsync("B-1");
        Assert.Equal((gathered.Id, gathered.Id, 240_000L, ReviewProblem.Gathering), ((await agency.InvoiceAsync("B-2")).Id, (await agency.InvoiceAsync("B-3")).Id, gathered.GrossMinor, gathered.Problems));
        Assert.NotEqual(gathered.Id, (await agency.InvoiceAsync("C-1")).Id);
        Assert.Equal(["B-1/audit", "B-2/audit", "B-3/audit"], (await VersionsAsync("B-1")).Current.Lines.Select(line => line.Key));
        Assert.Contains("07/05/2026 · B-2", (await VersionsAsync("B-1")).Current.Lines[1].Description, StringComparison.Ordinal);

        // A cancelled booking leaves it, the others stay; at the month's end it opens by itself.
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-3" });
        await agency.Host.DrainAsync();
        Assert.Equal(180_000, (await agency.InvoiceAsync("B-1")).GrossMinor);
        agency.Clock.Advance(TimeSpan.FromDays(26));
        await agency.Host.DrainAsync();
        Assert.Equal("", (await agency.InvoiceAsync("B-1")).Problems);
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        await SellAsync("B-4");
        Assert.NotEqual(gathered.Id, (await agency.InvoiceAsync("B-4")).Id);

        // One of two is cancelled after issue: its lines are proposed for credit, the other's stay.
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-2" });
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal((36_000L, CreditReason.Cancelled), (await db.Set<CreditNote>().Select(note => ValueTuple.Create(note.GrossMinor, note.Reason)).SingleAsync()));
    }

    [Fact]
    public async Task CanCloseAGatheringBeforeItsDay()
    {
        await SetRuleAsync(GatherRule.PerDay);
        await SellAsync("B-1");
        var open = await agency.InvoiceAsync("B-1");
        Assert.Equal(ReviewProblem.Gathering, open.Problems);
        Assert.Equal(DecisionResult.Done, await EditAsync((edit, who) => edit.CloseGatheringAsync(open.Id, open.DraftVersion, who, CancellationToken.None)));
        await SellAsync("B-2");
        Assert.Equal(("", 144_000L), ((await agency.InvoiceAsync("B-1")).Problems, (await agency.InvoiceAsync("B-1")).GrossMinor));
        Assert.NotEqual(open.Id, (await agency.InvoiceAsync("B-2")).Id);
    }

    private async Task SellAsync(string booking, string? deal = null, string customer = "C-1", decimal unitAmount = 1_200)
    {
        await agency.SendAsync("booking_confirmed", Events.Sale(booking, deal, customer, unitAmount));
        await agency.Host.DrainAsync();
    }

    private async Task SetRuleAsync(GatherRule rule)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        db.Add(new BillingRules { Id = Guid.CreateVersion7(), ValidFrom = agency.Clock.GetUtcNow(), Gather = rule });
        await db.SaveChangesAsync();
    }

    private Guid Id(string booking) => agency.InvoiceAsync(booking).GetAwaiter().GetResult().Id;

    private async Task<DraftVersions> VersionsAsync(string booking) =>
        (await agency.Host.Services.GetRequiredService<DraftVersionQueries>().OfAsync((await agency.InvoiceAsync(booking)).Id, CancellationToken.None))!;

    private async Task<Invoice> OneAsync(InvoiceOrigin origin)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Origin == origin);
    }

    private async Task<DecisionResult> ApproveAsync(Invoice invoice)
    {
        var approver = await agency.ApproverAsync();
        var result = await agency.DecideAsync(decide => decide.ApproveAsync(invoice.Id, approver, invoice.ReviewHash!, CancellationToken.None));
        await agency.Host.DrainAsync();
        return result;
    }

    private async Task<DecisionResult> EditAsync(Func<EditInvoice, Approver, Task<DecisionResult>> change)
    {
        await using var scope = agency.Host.Services.CreateAsyncScope();
        return await change(scope.ServiceProvider.GetRequiredService<EditInvoice>(), await agency.ApproverAsync());
    }
}
