using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What may not happen to a slot's price, whoever is faster and whatever changes meanwhile.</summary>
public sealed partial class SlotPriceTests
{
    [Fact]
    public async Task OnlyWhatStoodOnTheScreen_IsAccepted()
    {
        var (slot, seen) = await WaitingAsync(new() { Floor = "80", Ceiling = "160", MostDailyChange = "50" }, places: 7);
        await SellAsync(slot, 2);
        await SellAsync(Slot(25), 5);
        await AdviseAsync();
        var now = await NewestAsync(slot);
        Assert.Equal(seen.Id, now.Id);
        Assert.NotEqual(seen.AdvisedMinor, now.AdvisedMinor);
        Assert.Equal(DecisionResult.Outdated, (await DecideAsync(seen)).Result);
        Assert.Equal(100m, (await SlotOnSiteAsync(slot)).Price);

        // What was answered before is not counted again.
        Assert.Equal((DecisionResult.Done, 1), await DecideAsync(now));
        agency.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((DecisionResult.Done, 1), await Desk.DecideAsync([Shown(await AwaitAsync(Slot(25))), Shown(now)], true, null, await agency.ApproverAsync(), CancellationToken.None));
    }

    [Fact]
    public async Task AListPriceOfLater_IsAskedForSlotsOfLater_AndAdviceStartsFromIt()
    {
        var service = await OfferAsync();
        await PriceAsync(service, "120", Slot(25));
        Assert.Equal((100m, 120m), ((await SlotOnSiteAsync(Slot(24))).Price, (await SlotOnSiteAsync(Slot(25))).Price));
        await agency.SendAsync("booking_confirmed", Sale("L-1", Slot(30), 120m, 1));
        await agency.Host.DrainAsync();
        Assert.Empty((await agency.InvoiceAsync("L-1")).ProblemList);
        await SetAsync(service, new() { Floor = "80", Ceiling = "160", MostDailyChange = "20" });
        await AdviseAsync();
        Assert.Equal((100_00L, 120_00L), ((await NewestAsync(Slot(24))).BaseMinor, (await NewestAsync(Slot(30))).BaseMinor));
        await TurnAsync(14);
        var later = await AwaitAsync(Slot(30));
        Assert.Equal(120_00, later.PriceMinor);
        Assert.Equal((DecisionResult.Done, 1), await DecideAsync(later));
    }

    [Fact]
    public async Task PricesWithTax_AreAdvised_AndWhenTheListChangesSide_NothingIsUntilItIsSetAgain()
    {
        var service = await OfferAsync();
        await PriceAsync(service, "120", Slot(-3), inclusive: true);
        await SetAsync(service, new() { Floor = "96", Ceiling = "180", MostDailyChange = "20" });
        await SellAsync(Slot(20), 8);
        await AdviseAsync();
        await TurnAsync(14);
        var taxed = await AwaitAsync(Slot(20));
        Assert.Equal((true, 120_00L), (taxed.TaxInclusive, taxed.PriceMinor));
        Assert.Equal((DecisionResult.Done, 1), await DecideAsync(taxed));
        var asked = taxed.AdvisedMinor!.Value;

        await PriceAsync(service, "100", agency.Clock.GetUtcNow().AddDays(1), inclusive: false);
        await TurnAsync(1);
        Assert.Equal((AdviceOutcome.OtherTaxSide, AdviceState.Kept), ((await NewestAsync(Slot(20))).Outcome, (await NewestAsync(Slot(20))).State));
        var page = await agency.Host.Services.GetRequiredService<ServicePricingQueries>().OfAsync("WORKSHOP", CancellationToken.None);
        Assert.True(page!.IsOtherTaxSide);

        // Set again, the slot's own price is read on the new side, and may move once more.
        await SetAgainAsync(service, entry => entry with { Floor = "80", Ceiling = "150" });
        await TurnAsync(1);
        var bare = await NewestAsync(Slot(20));
        Assert.Equal((false, (long)Math.Round(asked / 1.2m, MidpointRounding.AwayFromZero)), (bare.TaxInclusive, bare.PriceMinor));
        Assert.Equal((AdviceState.Awaiting, DecisionResult.Done), (bare.State, (await DecideAsync(bare)).Result));
    }

    [Fact]
    public async Task AMovedBooking_KeepsItsPrice_AndTookItsPlaceWhenItMoved()
    {
        var (slot, waiting) = await WaitingAsync(new() { Floor = "80", Ceiling = "160", MostDailyChange = "20" }, places: 8);
        await agency.SendAsync("booking_confirmed", Sale("M-1", Slot(30), 100m, 1));
        await agency.SendAsync("booking_confirmed", Sale("M-2", Slot(30), 100m, 1));
        await DecideAsync(waiting);
        agency.Clock.Advance(TimeSpan.FromHours(1));

        // Moved by hand in the calendar, nobody was asked another price; booked anew for the other slot, its price is asked.
        await agency.SendAsync("booking_changed", new() { ["bookingId"] = "M-1", ["slotStart"] = slot.ToString("O"), ["slotEnd"] = slot.AddHours(2).ToString("O") });
        await agency.SendAsync("booking_confirmed", Sale("M-2", slot, waiting.AdvisedMinor!.Value / 100m, 1));
        await agency.Host.DrainAsync();
        Assert.Empty((await agency.InvoiceAsync("M-1")).ProblemList);
        Assert.Empty((await agency.InvoiceAsync("M-2")).ProblemList);
        await using var db = await agency.Host.OpenDatabaseAsync();
        var moved = await (from sale in db.Set<SlotSale>() join booking in db.Set<Core.Bookings.Booking>() on sale.BookingId equals booking.Id where booking.BookingId!.StartsWith("M-") select new { sale.SlotStart, sale.BookedAt }).ToListAsync(CancellationToken.None);
        Assert.Equal([(slot, agency.Clock.GetUtcNow()), (slot, agency.Clock.GetUtcNow())], moved.Select(one => (one.SlotStart, one.BookedAt)));
    }

    [Fact]
    public async Task ARetiredService_LeavesNothingToAnswer()
    {
        var (slot, waiting) = await WaitingAsync(new() { Floor = "80", Ceiling = "160" }, places: 8);
        await using (var db = await agency.Host.OpenDatabaseAsync())
            await db.Set<SlotAdvice>().Where(advice => advice.IsNewest).ExecuteUpdateAsync(change => change.SetProperty(advice => advice.FloorDays, SlotAdvice.FloorDaysToTell), CancellationToken.None);
        Assert.True((await agency.Host.Services.GetRequiredService<KeepCatalogue>().RetireAsync(waiting.ServiceId, true, await agency.ApproverAsync(), CancellationToken.None)).IsDone);
        Assert.Equal((AdviceState.Replaced, 0), ((await NewestAsync(slot)).State, (await NewestAsync(slot)).FloorDays));
        Assert.Equal(DecisionResult.Outdated, (await DecideAsync(waiting)).Result);
        Assert.Empty(await FloorAlertsAsync());
    }

    [Fact]
    public async Task AnotherMode_LearnsAnew_InShadow_AndAsksNoPriceOfTheOneBefore()
    {
        var (slot, waiting) = await WaitingAsync(new() { Floor = "80", Ceiling = "160" }, places: 8);
        await DecideAsync(waiting);
        await agency.SendAsync("availability", Availability(slot, Capacity, refused: 3));
        Assert.True((await SlotOnSiteAsync(slot)).IsOwn);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            var owner = await agency.Host.Services.GetRequiredService<CompanyProfile>().CurrentAsync(CancellationToken.None);
            var live = Assert.Single(await new SlotReader(db, owner, Mode.Live, 2_000, agency.Clock.GetUtcNow()).ReadAsync(CancellationToken.None));
            Assert.Equal((true, 0, 0), (live.IsShadow, live.Past.Count, live.Refusals.Count));
            Assert.Equal(live.BaseMinor, live.PriceMinorOf(slot));
            var trial = Assert.Single(await new SlotReader(db, owner, Mode.Sandbox, 2_000, agency.Clock.GetUtcNow()).ReadAsync(CancellationToken.None));
            Assert.Equal((false, 30, 3), (trial.IsShadow, trial.Past.Count, trial.Refusals[slot].Sum(refusal => refusal.Requests)));
            await db.Set<PriceVersion>().Where(price => price.SlotStart != null).ExecuteUpdateAsync(change => change.SetProperty(price => price.Mode, Mode.Live), CancellationToken.None);
        }

        Assert.False((await SlotOnSiteAsync(slot)).IsOwn);
    }

    [Fact]
    public async Task WhatMovesWhileAdviceIsThoughtOut_IsLeftUntilTheNextRun()
    {
        var service = await OfferAsync();
        await SetAsync(service, new() { Floor = "80", Ceiling = "160" });
        var sold = false;
        using (agency.Host.Services.GetRequiredService<ChangeFeed>().Listen(nameof(AdviceProgress), () =>
        {
            if (!sold)
                Task.Run(() => agency.SendAsync("booking_confirmed", Sale("W-1", Slot(20), 100m, 8))).GetAwaiter().GetResult();
            sold = true;
        }))
        {
            await using var scope = agency.Host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AdviseSlots>().RunAsync(null!, CancellationToken.None);
        }

        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.Equal((0, 1), (await db.Set<SlotAdvice>().CountAsync(advice => advice.SlotStart == Slot(20), CancellationToken.None), await db.Set<SlotAdvice>().CountAsync(advice => advice.SlotStart == Slot(21), CancellationToken.None)));
        await AdviseAsync();
        Assert.Equal(8, (await NewestAsync(Slot(20))).Booked);
    }

    [Fact]
    public async Task ARunThatDiedBeforeTheRuleSpoke_IsCaughtUpByTheNext()
    {
        var (slot, byRule) = await WaitingAsync(new() { Floor = "80", Ceiling = "160", MostDailyChange = "4", ApprovalAbove = "4", AcceptsByRule = true }, places: 9, state: AdviceState.Accepted);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            await db.Set<SlotAdvice>().Where(advice => advice.Id == byRule.Id).ExecuteUpdateAsync(change => change.SetProperty(advice => advice.State, AdviceState.Awaiting).SetProperty(advice => advice.DecidedAt, (DateTimeOffset?)null).SetProperty(advice => advice.PriceVersionId, (Guid?)null), CancellationToken.None);
            await db.Set<PriceVersion>().Where(price => price.Id == byRule.PriceVersionId).ExecuteDeleteAsync(CancellationToken.None);
        }

        await AdviseAsync();
        var again = await NewestAsync(slot);
        Assert.Equal((byRule.Id, AdviceState.Accepted, true), (again.Id, again.State, (await SlotOnSiteAsync(slot)).IsOwn));
    }

    [Fact]
    public async Task AskedTwice_AdviceIsMadeOnce_AndAgainOnceItWasMade()
    {
        var ask = agency.Host.Services.GetRequiredService<AskAdvice>();
        await ask.NowAsync(CancellationToken.None);
        await ask.NowAsync(CancellationToken.None);
        Assert.Equal(1, await RunsAsync());
        await agency.Host.DrainAsync();
        await ask.NowAsync(CancellationToken.None);
        Assert.Equal(2, await RunsAsync());
    }

    [Fact]
    public async Task ALoweredPrice_NamesTheLowestOf30DaysBefore()
    {
        var (slot, waiting) = await WaitingAsync(new() { Floor = "80", Ceiling = "160", MostDailyChange = "20" }, places: 9);
        Assert.Null(await LowestAsync(slot));
        await DecideAsync(waiting);
        Assert.Null(await LowestAsync(slot));
        var cheap = await AwaitAsync(Slot(16));
        Assert.True(cheap.AdvisedMinor < 100_00);
        var row = (await agency.Host.Services.GetRequiredService<PricingQueries>().OfAsync(new(DateOnly.FromDateTime(Slot(16).Date), null, AdviceShow.Week, AdviceSort.Slot, false, 1), CancellationToken.None)).Rows.Single(one => one.Id == cheap.Id);
        Assert.Equal(new Money(100_00, "EUR"), row.LowestBefore);
        await DecideAsync(cheap);
        Assert.Equal(100m, await LowestAsync(Slot(16)));
    }

    [Fact]
    public async Task Places_AreEnteredForDaysToCome()
    {
        await OfferAsync();
        var (today, by) = (DateOnly.FromDateTime(Agency.Morning.Date), await agency.ApproverAsync());
        CapacityEntry entry = new() { ServiceCode = "WORKSHOP", From = today.AddDays(-1).ToString("yyyy-MM-dd"), Until = today.AddDays(60).ToString("yyyy-MM-dd"), Start = "18:00", End = "20:00", Capacity = "6" };
        Assert.Equal("pastDay", (await Desk.EnterCapacityAsync(entry, by, CancellationToken.None)).Problems[nameof(entry.From)]);
        entry.From = today.ToString("yyyy-MM-dd");
        Assert.True((await Desk.EnterCapacityAsync(entry, by, CancellationToken.None)).IsDone);
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(45, await db.Set<SlotAvailability>().CountAsync(slot => slot.Capacity == 6, CancellationToken.None));
    }

    /// <summary>Shadow mode is over, and a slot that sells well waits for an answer.</summary>
    private async Task<(DateTimeOffset Slot, SlotAdvice Advice)> WaitingAsync(PricingEntry entry, int places, AdviceState state = AdviceState.Awaiting)
    {
        await SetAsync(await OfferAsync(), entry);
        var hot = Slot(20);
        await SellAsync(hot, places);
        await AdviseAsync();
        await TurnAsync(14);
        return (hot, await AwaitAsync(hot, state));
    }

    private async Task<SlotAdvice> AwaitAsync(DateTimeOffset slot, AdviceState state = AdviceState.Awaiting)
    {
        var advice = await NewestAsync(slot);
        Assert.Equal(state, advice.State);
        return advice;
    }

    private async Task PriceAsync(Guid service, string amount, DateTimeOffset from, bool inclusive = false) => Assert.True((await agency.Host.Services.GetRequiredService<KeepCatalogue>().AddPriceAsync(service, null,
        new() { Amount = amount, Currency = "EUR", From = from.ToString("yyyy-MM-dd"), Tax = inclusive ? CatalogueRules.Inclusive : CatalogueRules.Exclusive }, await agency.ApproverAsync(), CancellationToken.None)).IsDone);

    private async Task SetAgainAsync(Guid service, Func<PricingEntry, PricingEntry> change)
    {
        var setting = await SettingAsync(service);
        Assert.True((await Desk.SetAsync(service, setting.Number, change(PricingEntry.Of(setting, System.Globalization.CultureInfo.InvariantCulture)), await agency.ApproverAsync(), CancellationToken.None)).IsDone);
    }

    private async Task<DecisionResult> UndoAsync(SlotAdvice advice) => await Desk.UndoAsync(advice.Id, await agency.ApproverAsync(), CancellationToken.None);

    private async Task<AdviceRow> DecidedAsync(SlotAdvice advice) => (await agency.Host.Services.GetRequiredService<PricingQueries>().HistoryAsync("workshop", null, AdviceSort.Decided, true, 1, CancellationToken.None)).Rows.Single(row => row.Id == advice.Id);

    private async Task<decimal?> LowestAsync(DateTimeOffset slot) => (decimal?)JsonNode.Parse(await site.GetStringAsync("/api/v1/prices?service=WORKSHOP"))!["services"]![0]!["slots"]!.AsArray().Single(one => (DateTimeOffset)one!["start"]! == slot)!["lowestBefore"];

    private async Task<int> RunsAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Core.Platform.Outbox.OutboxRow>().CountAsync(row => row.Job == nameof(AdviseSlots) && row.Argument == "asked");
    }
}
