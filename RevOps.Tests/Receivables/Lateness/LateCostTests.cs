using RevOps.Core.Receivables.Lateness;

namespace RevOps.Tests.Receivables.Lateness;

/// <summary>What one click would claim, and why it would not.</summary>
public sealed class LateCostTests
{
    private static readonly DateOnly Due = new(2026, 3, 31);
    private static readonly DateOnly Today = new(2026, 4, 30);
    private static readonly RateTable Rates = new([new(new(2026, 1, 1), 1_215)]);

    [Fact]
    public void ABusiness_OwesInterestAndTheIndemnityOnce()
    {
        var cost = Of(Late());
        Assert.Equal((1_199L, 4_000L, 5_199L, null), (cost.Interest.Minor, cost.IndemnityMinor, cost.ClaimableMinor, cost.Bar)); // 1,200.50 € × 12.15 % × 30 ÷ 365.
        var after = Of(Late(), [new(Today.AddDays(-10), 800, 4_000)]);
        Assert.Equal((0L, 10, (Today.AddDays(-9), Today)), (after.ClaimableIndemnityMinor, after.Claimable.Days, after.ClaimDays!.Value));
        Assert.Equal(ClaimBar.Claimed, Of(Late(), [new(Today, 1_199, 4_000)]).Bar);
    }

    [Fact]
    public void WhoOwesNothing_IsNamed()
    {
        Assert.Equal((ClaimBar.Consumer, 0L, 0L), Said(Late() with { IsBusiness = false }));
        Assert.Equal((ClaimBar.IsClaim, 0L, 0L), Said(Late() with { IsClaim = true }));
        Assert.Equal(ClaimBar.History, Of(Late() with { IsHistory = true }).Bar);
        Assert.Equal(ClaimBar.NotLate, Of(Late() with { Owed = new(Today, 120_050, []) }).Bar);
        Assert.Equal(ClaimBar.RateMissing, LateCost.Of(Late(), [], new([]), new([]), Today).Bar);
        static (ClaimBar, long, long) Said(LateFacts facts) => Of(facts) is var cost ? (cost.Bar!.Value, cost.ClaimableMinor, cost.IndemnityMinor) : default;
    }

    [Fact]
    public void PaidLate_CanBeClaimedUntilTheDayOfPaymentAndNoFurther()
    {
        var cost = Of(Late() with { Owed = new(Due, 120_050, [(new(2026, 4, 10), 120_050)]) });
        Assert.Equal((10, (new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 10)), null), (cost.Claimable.Days, cost.ClaimDays!.Value, cost.Bar));
        var all = Of(Late() with { Owed = new(Due, 120_050, [(new(2026, 4, 10), 120_050)]) }, [new(new(2026, 4, 10), 400, 4_000)]);
        Assert.Equal(ClaimBar.Claimed, all.Bar);
    }

    [Fact]
    public void DaysOfAClaim_CostLessOncePaidBeforeTheyWereOver()
    {
        Assert.Equal((1_199L, 4_000L), OfDays([]));
        Assert.Equal((400L, 4_000L), OfDays([(new(2026, 4, 10), 120_050)]));
        Assert.Equal((0L, 0L), OfDays([(Due, 120_050)]));
        static (long, long) OfDays((DateOnly, long)[] payments) => LateCost.OfDays(Late() with { Owed = new(Due, 120_050, payments) }, Rates, Due.AddDays(1), Today);
    }

    [Fact]
    public void TheIndemnity_IsNeverAddedToAnotherCurrency() => Assert.Equal((0L, 1_199L), Of(Late() with { Currency = "USD" }) is var cost ? (cost.IndemnityMinor, cost.ClaimableMinor) : default);

    [Fact]
    public void Financing_CostsWhoeverTheClientIs() => Assert.Equal(1_199L, Of(Late() with { IsBusiness = false }).Financing.Minor);

    private static LateFacts Late() => new(new(Due, 120_050, []), IsBusiness: true, IsHistory: false, IsClaim: false, "EUR");

    private static LateCost Of(LateFacts facts, PriorClaim[]? claims = null) => LateCost.Of(facts, claims ?? [], Rates, Rates, Today);
}
