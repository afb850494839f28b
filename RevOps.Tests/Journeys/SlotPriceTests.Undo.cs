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

/// <summary>What was decided is taken back, and what holds then.</summary>
public sealed partial class SlotPriceTests
{
    [Fact]
    public async Task Undo_StaysAfterNights_TheLatestPriceFirst()
    {
        var (slot, first) = await WaitingAsync(new() { Floor = "80", Ceiling = "160", MostDailyChange = "5" }, places: 9);
        Assert.Equal(105_00, first.AdvisedMinor);
        await DecideAsync(first);
        await TurnAsync(1);
        var second = await NewestAsync(slot);
        Assert.Equal((105_00L, 110_00L, AdviceState.Awaiting), (second.PriceMinor, second.AdvisedMinor, second.State));
        Assert.True((await DecidedAsync(first)).CanUndo);
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await DecideAsync(second);

        var beneath = await DecidedAsync(first);
        Assert.Equal((false, (await DecidedAsync(second)).DecidedAt), (beneath.CanUndo, beneath.LaterAt));
        Assert.Equal(DecisionResult.Outdated, await UndoAsync(first));
        Assert.Equal(110m, (await SlotOnSiteAsync(slot)).Price);
        Assert.Equal(DecisionResult.Done, await UndoAsync(second));
        Assert.Equal(105m, (await SlotOnSiteAsync(slot)).Price);
        Assert.Equal(DecisionResult.Done, await UndoAsync(first));
        Assert.Equal(100m, (await SlotOnSiteAsync(slot)).Price);

        // What was decided stays as it was decided; what the slot costs now stands beside it.
        var kept = await DecidedAsync(second);
        Assert.Equal((new(105_00, "EUR"), new(100_00, "EUR")), (kept.Price, kept.Now));
        Assert.Equal(1, (await CheckAsync()).Single(part => part.Item1 == "guardrails").Item2);
    }

    /// <summary>A rule lets small changes pass, but not what a person has just taken back.</summary>
    [Fact]
    public async Task WhatAPersonUndid_NoRulePutsBack()
    {
        var service = await OfferAsync();
        await SetAsync(service, new() { Floor = "80", Ceiling = "160", MostDailyChange = "3", ApprovalAbove = "4", AcceptsByRule = true });
        await AdviseAsync();
        var slot = Slot(20);
        await SellAsync(slot, 9);
        await TurnAsync(14);
        var byRule = await NewestAsync(slot);
        Assert.Equal((AdviceState.Accepted, true), (byRule.State, byRule.ByRule));
        Assert.Equal(DecisionResult.Done, await UndoAsync(byRule));
        await TurnAsync(1);
        var asked = await NewestAsync(slot);
        Assert.Equal((AdviceState.Awaiting, false, byRule.PriceMinor), (asked.State, asked.ByRule, asked.PriceMinor));
        await DecideAsync(asked);
        await TurnAsync(1);
        Assert.Equal((AdviceState.Accepted, true), ((await NewestAsync(slot)).State, (await NewestAsync(slot)).ByRule));
    }

    /// <summary>What the night advised from the price that is taken back is asked of nobody, and the list price may be another one by now.</summary>
    [Fact]
    public async Task Undo_OfAnEarlierDay_LeavesThePriceThatHolds_AndNothingToAnswer()
    {
        var (slot, first) = await WaitingAsync(new() { Floor = "80", Ceiling = "160", MostDailyChange = "5" }, places: 9);
        await DecideAsync(first);
        await TurnAsync(1);
        var second = await NewestAsync(slot);
        Assert.Equal((105_00L, AdviceState.Awaiting), (second.PriceMinor, second.State));
        Assert.True((await agency.Host.Services.GetRequiredService<KeepCatalogue>().AddPriceAsync(first.ServiceId, null, new() { Amount = "102", Currency = "EUR", From = DateOnly.FromDateTime(agency.Clock.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }, await agency.ApproverAsync(), CancellationToken.None)).IsDone);
        Assert.Equal(DecisionResult.Done, await UndoAsync(first));
        Assert.Equal(102m, (await SlotOnSiteAsync(slot)).Price);
        Assert.Equal((102_00L, AdviceState.Replaced), ((await NewestAsync(slot)).PriceMinor, (await NewestAsync(slot)).State));
        Assert.Equal(new(102_00, "EUR"), (await DecidedAsync(first)).UndoneTo);
        Assert.Equal(DecisionResult.Outdated, (await DecideAsync(second)).Result);
    }

    [Fact]
    public async Task ADay_ChangesAPriceOnce_HoweverItIsAnswered()
    {
        var (slot, yesterday) = await WaitingAsync(new() { Floor = "80", Ceiling = "160", MostDailyChange = "5" }, places: 9);
        agency.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(DecisionResult.Done, (await DecideAsync(yesterday)).Result);
        await AdviseAsync();
        Assert.Equal((yesterday.Id, AdviceState.Accepted), ((await NewestAsync(slot)).Id, (await NewestAsync(slot)).State));
        Assert.Equal(105m, (await SlotOnSiteAsync(slot)).Price);

        // Set tighter after it was made: what it says is asked by the rules of now.
        await TurnAsync(1);
        var wide = await NewestAsync(slot);
        Assert.Equal((AdviceState.Awaiting, 110_00L), (wide.State, wide.AdvisedMinor));
        await SetAgainAsync(wide.ServiceId, entry => entry with { MostDailyChange = "2" });
        Assert.Equal(DecisionResult.Outdated, (await DecideAsync(wide)).Result);
        Assert.Equal(105m, (await SlotOnSiteAsync(slot)).Price);
    }
}
