using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Settings;

namespace RevOps.Tests.Pricing;

/// <summary>One slot's price on one day, and what follows from it.</summary>
public sealed class PriceDecisionTests
{
    private static readonly PriceRules Rules = new(10_000, 7_000, 15_000, 2_000, PriceAttitude.Advised);
    private static readonly DecisionTerms Terms = new(100, IsPaused: false, IsShadow: false, ApprovalAbove: 500, AcceptsByRule: true);
    private static readonly SlotState Ahead = new(10_000, 100, 82, 0.61, 5, 200);
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void AheadOfItsUsualLoad_ItIsAdvisedInWholeSteps_TowardsThePriceUntilNow()
    {
        var decision = PriceDecision.Of(Rules, Terms, Ahead, 20);
        Assert.Equal((10_800L, DecisionTurn.Ask, false), (decision.Advice.AdvisedMinor, decision.Turn, decision.AtFloor));
        Assert.Equal([new(AdviceReason.LoadAhead, 0.82, 0.61, 840), new(AdviceReason.Rounding, 10_840, 100, -40)], decision.Advice.Why);
    }

    [Theory]
    [InlineData(500, true, DecisionTurn.Ask)]
    [InlineData(800, true, DecisionTurn.Accept)]
    [InlineData(800, false, DecisionTurn.Ask)]
    [InlineData(799, true, DecisionTurn.Ask)]
    public void ARule_AcceptsOnlyWhatItIsSetTo(int above, bool byRule, DecisionTurn expected) =>
        Assert.Equal(expected, PriceDecision.Of(Rules, Terms with { ApprovalAbove = above, AcceptsByRule = byRule }, Ahead, 20).Turn);

    [Theory]
    [InlineData(10_000, 11_000, false, true)]
    [InlineData(10_000, 11_001, false, false)]
    [InlineData(10_000, 9_000, false, true)]
    [InlineData(10_000, 8_999, false, false)]
    [InlineData(5_000, 7_000, false, true)]
    [InlineData(5_000, 7_001, false, false)]
    [InlineData(10_000, 10_500, true, true)]
    [InlineData(10_000, 10_501, true, false)]
    public void ADay_ChangesAPriceByNoMoreThanIsSet_AndARuleByLess(long morning, long advised, bool byRule, bool expected) =>
        Assert.Equal(expected, Setting(acceptsByRule: true).Allows(morning, advised, byRule, new(2026, 11, 20), 9));

    [Fact]
    public void WithoutARule_NothingPassesByRule() => Assert.False(Setting(acceptsByRule: false).Allows(10_000, 10_100, byRule: true, new(2026, 11, 20), 9));

    /// <summary>Wheelhouse's order: a date before a lead time, that before a month, that before a weekday, and any of them before the service's own.</summary>
    [Theory]
    [InlineData("2026-12-24", 9, 9_500)]
    [InlineData("2026-12-23", 2, 9_000)]
    [InlineData("2026-12-26", 9, 8_500)]
    [InlineData("2026-11-28", 9, 8_000)]
    [InlineData("2026-11-27", 9, 7_000)]
    public void OfFloors_TheMostSpecificHolds(string day, int lead, long floor)
    {
        var rules = Rules with { Bounds = [new(BoundKind.Weekdays, 6, 7, 8_000, 15_000), new(BoundKind.Months, 12, 1, 8_500, 15_000), new(BoundKind.Lead, 0, 2, 9_000, 15_000), new(BoundKind.Dates, 20261224, 20261225, 9_500, 15_000)] };
        Assert.Equal(floor, rules.On(DateOnly.ParseExact(day, "yyyy-MM-dd", null), lead).FloorMinor);
    }

    [Fact]
    public void Floors_OfSomeSlots_AreReadInBothLanguages_AndWrittenInTheReaders()
    {
        var read = BoundText.Read("Lead 0..2; 150; 250\nmois 11..2; 90; 100,50\ndate 2026-12-24; 180; 320\n", "EUR")!;
        Assert.Equal([new(BoundKind.Lead, 0, 2, 15_000, 25_000), new(BoundKind.Months, 11, 2, 9_000, 10_050), new(BoundKind.Dates, 20261224, 20261224, 18_000, 32_000)], read);
        Assert.Equal(["délai 0..2", "mois 11..2", "date 2026-12-24"], read.Select(bound => BoundText.Of(bound, new("fr-FR"))));
        foreach (var wrong in new[] { "lead 2..0; 150; 250", "lead 0..2; 250; 150", "month 13; 1; 2", "weekday 0; 1; 2", "date 24/12; 1; 2", "floor 1; 2; 3", "lead 1..2..3; 1; 2", "lead 1; 2" })
            Assert.Null(BoundText.Read(wrong, "EUR"));
    }

    [Fact]
    public void APrice_IsHeldAgainstTheFloorOfItsSlot()
    {
        var setting = Setting(acceptsByRule: true, """[{"Kind":1,"From":0,"To":2,"FloorMinor":10500,"CeilingMinor":15000}]""");
        Assert.True(setting.Allows(10_000, 10_000, byRule: false, new(2026, 11, 20), 3));
        Assert.False(setting.Allows(10_000, 10_000, byRule: false, new(2026, 11, 20), 2));
        Assert.True(setting.Allows(10_000, 10_500, byRule: false, new(2026, 11, 20), 2));
    }

    [Fact]
    public void ShadowMode_BeginsWithTheFirstAdvice()
    {
        var today = new DateOnly(2026, 11, 20);
        Assert.Equal(new DateOnly(2026, 12, 4), PricingSetting.ShadowEnd(null, today));
        Assert.Equal(new DateOnly(2026, 12, 2), PricingSetting.ShadowEnd(new DateOnly(2026, 11, 18), today));
    }

    [Fact]
    public void InShadow_ItIsOnlyLookedAt_WhateverTheRule() =>
        Assert.Equal(DecisionTurn.Look, PriceDecision.Of(Rules, Terms with { IsShadow = true, ApprovalAbove = 10_000 }, Ahead, 20).Turn);

    [Fact]
    public void PausedSoldOutAndUnknown_KeepThePrice()
    {
        Assert.Equal((AdviceOutcome.Paused, null), Kept(Terms with { IsPaused = true }, Ahead));
        Assert.Equal((AdviceOutcome.SoldOut, null), Kept(Terms, Ahead with { Booked = 100 }));
        Assert.Equal((AdviceOutcome.Closed, null), Kept(Terms, Ahead with { Capacity = 0, Booked = 0 }));

        // However many were sold, and be it of slots to come: nobody knows what is usual.
        foreach (var sales in new[] { 29, 200 })
            Assert.Equal((AdviceOutcome.TooFewSlots, null), Kept(Terms, Ahead with { SalesInMonth = sales }, pastSlots: PriceAdvice.LeastPastSlots - 1));
    }

    [Fact]
    public void SmallMoves_AreNotWorthAChange()
    {
        Assert.Equal((AdviceOutcome.TooSmall, null), Kept(Terms with { StepMinor = 1 }, Ahead with { Booked = 63, RemainingDemand = 1 }));
        Assert.Equal((AdviceOutcome.TooSmall, null), Kept(Terms with { StepMinor = 1_000 }, Ahead));

        // A move that a step takes away says so; where the price fits there is nothing to say.
        Assert.Equal(AdviceReason.Rounding, Assert.Single(PriceDecision.Of(Rules, Terms with { StepMinor = 1_000 }, Ahead, 20).Advice.Why).Reason);
        Assert.Empty(PriceDecision.Of(Rules, Terms with { StepMinor = 1 }, Ahead with { Booked = 63, RemainingDemand = 1 }, 20).Advice.Why);

        // A price that new rules left outside is moved however little it takes.
        var lifted = PriceDecision.Of(Rules with { FloorMinor = 10_050, BaseMinor = 10_000 }, Terms with { StepMinor = 1 }, Ahead with { Booked = 61, RemainingDemand = 0 }, 20);
        Assert.Equal((10_050L, true), (lifted.Advice.AdvisedMinor, lifted.AtFloor));
    }

    [Fact]
    public void Under30Sales_TheLoadAloneSpeaks_HalfAsFar_AndSaysThatDataIsShort()
    {
        var decision = PriceDecision.Of(Rules, Terms, Ahead with { SalesInMonth = 12 }, 20);
        Assert.Equal((AdviceOutcome.NotEnoughData, 10_400L, DecisionTurn.Accept), (decision.Advice.Outcome, decision.Advice.AdvisedMinor, decision.Turn));
        Assert.DoesNotContain(decision.Advice.Why, part => part.Reason == AdviceReason.FewPlacesLeft);
    }

    [Fact]
    public void AtTheFloor_IsNoticed_AlsoWhereThePriceLiesThereAlready()
    {
        var empty = Ahead with { Booked = 0, UsualLoad = 1, PriceMinor = 7_000, RemainingDemand = 0 };
        var decision = PriceDecision.Of(Rules with { Attitude = PriceAttitude.Bold }, Terms, empty, 20);
        Assert.Equal((null, true), (decision.Advice.AdvisedMinor, decision.AtFloor));
        Assert.Contains(decision.Advice.Why, part => part.Reason == AdviceReason.Floor);
    }

    /// <summary>Whatever the slot: within floor and ceiling, no faster than the daily change, and in parts that add up.</summary>
    [Fact]
    public void Decisions_HoldEveryGuardrail() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var floor = random.Next(1, 20_000);
        PriceRules rules = new(random.Next(1, 40_000), floor, floor + random.Next(0, 30_000), random.Next(1, 10_001), (PriceAttitude)random.Next(3));
        DecisionTerms terms = new(random.Next(1, 600), false, random.Next(2) == 0, random.Next(0, 10_001), random.Next(2) == 0);
        var capacity = random.Next(1, 60);
        SlotState slot = new(random.Next(rules.FloorMinor > 1 ? (int)rules.FloorMinor : 1, (int)rules.CeilingMinor + 1), capacity, random.Next(0, capacity + 1), random.NextDouble(), random.NextDouble() * 60, random.Next(0, 90));
        var decision = PriceDecision.Of(rules, terms, slot, 20);
        if (decision.Advice.AdvisedMinor is not { } advised)
            return decision.Turn == DecisionTurn.Keep;
        Assert.InRange(advised, rules.FloorMinor, rules.CeilingMinor);
        Assert.True(Math.Abs(advised - slot.PriceMinor) * 10_000m <= slot.PriceMinor * (decimal)rules.MostDailyChange, $"{slot.PriceMinor} → {advised}");
        Assert.Equal(advised - rules.BaseMinor, decision.Advice.Why.Sum(part => part.ChangeMinor));
        return decision.Turn != DecisionTurn.Accept || (terms.AcceptsByRule && !terms.IsShadow && Math.Abs(advised - slot.PriceMinor) * 10_000m <= slot.PriceMinor * (decimal)terms.ApprovalAbove);
    }));

    private static PricingSetting Setting(bool acceptsByRule, string bounds = "[]") => new()
    {
        Id = Guid.Empty, ServiceId = Guid.Empty, Number = 1, At = default, UserId = Guid.Empty, Currency = "EUR", FloorMinor = 7_000, CeilingMinor = 15_000, StepMinor = 100, MostDailyChange = 1_000, Attitude = PriceAttitude.Advised,
        ApprovalAbove = 500, AcceptsByRule = acceptsByRule, IsPaused = false, FareList = "[]", BoundList = bounds,
    };

    private static (AdviceOutcome, long?) Kept(DecisionTerms terms, SlotState slot, int pastSlots = 20)
    {
        var decision = PriceDecision.Of(Rules, terms, slot, pastSlots);
        Assert.Equal(DecisionTurn.Keep, decision.Turn);
        return (decision.Advice.Outcome, decision.Advice.AdvisedMinor);
    }
}
