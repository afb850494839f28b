using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Tests.Pricing;

public sealed class PriceBacktestTests
{
    private static PriceRules Rules { get; } = new(10_000, 8_000, 16_000, 2_000, PriceAttitude.Advised);

    [Fact]
    public void TheCurve_IsUsualLoadAndDemandToCome()
    {
        PastSlot[] slots =
        [
            new(new(2026, 1, 1), 4, [new(10, 1), new(3, 1), new(0, 1)]),
            new(new(2026, 1, 2), 4, [new(10, 1), new(5, 1), new(4, 1), new(4, 1), new(2, 1, Refused: true)]),
        ];
        var curve = BookingCurve.Of(slots);
        Assert.Equal((0, 0.25, 0.75), (curve.UsualLoad(10), curve.UsualLoad(9), curve.UsualLoad(2)));

        // Refused ones were counted, so the full slot hides nothing.
        Assert.Equal((4, 1.5), (Math.Round(curve.RemainingDemand(10), 9), Math.Round(curve.RemainingDemand(3), 9)));
    }

    [Fact]
    public void ASoldOutSlotThatCountedNobody_HidesDemand()
    {
        PastSlot[] slots = [new(new(2026, 1, 1), 4, [new(3, 1), new(3, 1)]), new(new(2026, 1, 2), 4, [new(3, 1), new(3, 1), new(2, 1), new(2, 1)])];
        Assert.InRange(BookingCurve.Of(slots).RemainingDemand(3), 3.2, 6);
    }

    [Fact]
    public void TheElasticity_IsFoundAgain_WithinItsError()
    {
        var random = new Random(5);
        var seen = Enumerable.Range(0, 800).Select(_ => 0.7 + (0.6 * random.NextDouble()))
            .Select(share => new PricedDemand(share, new PoissonDemand(4 * Math.Pow(share, -1.8)).Quantile(random.NextDouble()), 4)).ToList();
        var elasticity = Elasticity.Of(seen)!;
        Assert.InRange(1.8, elasticity.Value - (3 * elasticity.Error), elasticity.Value + (3 * elasticity.Error));
        Assert.InRange(elasticity.Error, 0.05, 0.2);
        Assert.Null(Elasticity.Of([.. seen.Take(5)]));
        Assert.Null(Elasticity.Of([.. seen.Select(one => one with { PriceShare = 1 })]));
    }

    /// <summary>Buyers who hardly mind the price and slots that sell out early: advice earns more, surely. Buyers who mind very much: less.</summary>
    [Fact]
    public void TheBacktest_ToldFromBuyers()
    {
        var slots = Busy();
        var (calm, keen) = (PriceBacktest.Of(slots, Rules, new(0.3, 0.1))!, PriceBacktest.Of(slots, Rules, new(4, 0.1))!);
        Assert.True(calm.Low > 0.02 && calm.Low < calm.Gain && calm.Gain < calm.High);
        Assert.True(keen.Gain < calm.Gain);
        Assert.Equal(slots.Where(slot => slot.Day >= new DateOnly(2026, 2, 1)).Sum(slot => slot.Sold * 10_000.0), calm.FixedMinor, 3);
        Assert.Equal(calm, PriceBacktest.Of(slots, Rules, new(0.3, 0.1)));
    }

    [Fact]
    public void LessKnownOfBuyers_IsAWiderInterval()
    {
        var (sure, unsure) = (PriceBacktest.Of(Busy(), Rules, new(1, 0.05))!, PriceBacktest.Of(Busy(), Rules, new(1, 0.8))!);
        Assert.True(unsure.High - unsure.Low > 1.5 * (sure.High - sure.Low));

        // As far down as buyers who mind by nearly two errors more would bring it.
        Assert.True(unsure.Low < PriceBacktest.Of(Busy(), Rules, new(1 + (1.8 * 0.8), 0))!.Gain);
    }

    /// <summary>Whatever was asked then, and whatever the list price was: only moving the price is a gain of advice.</summary>
    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(12_000, 10_000)]
    [InlineData(8_000, 8_000)]
    public void PricesThatMayNotMove_EarnWhatAFixedPriceDoes(long asked, long listed)
    {
        var replayed = PriceBacktest.Of(Busy(false, request => request with { PriceMinor = asked, ListMinor = listed }), Rules with { MostDailyChange = 0 }, new(1.5, 0.2))!;
        Assert.Equal((0, 0, 0), (Math.Round(replayed.Gain, 9), Math.Round(replayed.Low, 9), Math.Round(replayed.High, 9)));
    }

    [Fact]
    public void AListPriceThatRoseSince_IsNoGain()
    {
        var (now, then) = (PriceBacktest.Of(Busy(), Rules, new(0.5, 0.1))!, PriceBacktest.Of(Busy(change: request => request with { PriceMinor = 8_000, ListMinor = 8_000 }), Rules, new(0.5, 0.1))!);
        Assert.Equal(now.FixedMinor * 0.8, then.FixedMinor, 3);
        Assert.Equal(now.Gain, then.Gain, 3);
    }

    [Fact]
    public void SalesApart_TakeTheirPlaces_AndCountOnNeitherSide()
    {
        var slots = Busy(false, request => request with { IsApart = request.LeadDays % 2 == 0 });
        var replayed = PriceBacktest.Of(slots, Rules, new(0.5, 0.1))!;
        Assert.Equal(slots.Where(slot => slot.Day >= new DateOnly(2026, 2, 1)).SelectMany(slot => slot.Requests).Count(request => !request.IsApart) * 10_000.0, replayed.FixedMinor, 3);
        Assert.Null(PriceBacktest.Of(Busy(false, request => request with { IsApart = true }), Rules, new(0.5, 0.1)));
    }

    [Fact]
    public void WithoutAnElasticityOrSales_ThereIsNone()
    {
        Assert.Null(PriceBacktest.Of(Busy(), Rules, null));
        Assert.Null(PriceBacktest.Of([.. Busy().Where(slot => slot.Day.Day % 15 == 1)], Rules, new(1, 0.1)));
    }

    /// <summary>Three months of days with six places, at one price, asked for by some eight.</summary>
    private static PastSlot[] Busy(bool refused = true, Func<PastRequest, PastRequest>? change = null)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, 90).Select(day =>
        {
            var leads = Enumerable.Range(0, 4 + random.Next(9)).Select(_ => random.Next(30)).OrderDescending().ToList();
            return new PastSlot(new DateOnly(2026, 1, 1).AddDays(day), 6, [.. leads.Take(refused ? leads.Count : 6).Select((lead, at) => new PastRequest(lead, 10_000, at >= 6)).Select(change ?? (request => request))]);
        })];
    }
}
