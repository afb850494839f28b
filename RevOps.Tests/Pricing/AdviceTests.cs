using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Pricing.Advice;

namespace RevOps.Tests.Pricing;

public sealed class AdviceTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private static PriceRules Rules { get; } = new(10_000, 7_000, 15_000, 2_000, PriceAttitude.Advised);

    private static SlotState Slot { get; } = new(10_000, 100, 82, 0.61, 5, 200);

    [Fact]
    public void ASlotAheadOfItsUsualLoad_CostsMore_AndSaysWhy()
    {
        var advice = PriceAdvice.Of(Rules, Slot);
        Assert.Equal((AdviceOutcome.Advised, 10_840L), (advice.Outcome, advice.AdvisedMinor));
        Assert.Equal(new(AdviceReason.LoadAhead, 0.82, 0.61, 840), Assert.Single(advice.Why));
    }

    [Fact]
    public void ASlotBehind_CostsLess_AndBoldGoesFurtherThanCareful()
    {
        long At(PriceAttitude attitude, SlotState slot) => PriceAdvice.Of(Rules with { Attitude = attitude }, slot).AdvisedMinor!.Value;
        var behind = Slot with { Booked = 41 };
        Assert.Equal((9_600L, 9_200L, 8_800L), (At(PriceAttitude.Careful, behind), At(PriceAttitude.Advised, behind), At(PriceAttitude.Bold, behind)));
        Assert.Equal((10_420L, 11_260L), (At(PriceAttitude.Careful, Slot), At(PriceAttitude.Bold, Slot)));
    }

    /// <summary>One place and one request expected: Erlang's loss is a half, so the price rises by ln 2.</summary>
    [Fact]
    public void TheLastPlace_CostsWhatItIsWorth()
    {
        var advice = PriceAdvice.Of(Rules with { MostDailyChange = 10_000, CeilingMinor = 20_000 }, new(10_000, 10, 9, 0.9, 1, 200));
        Assert.Equal(16_931, advice.AdvisedMinor);
        Assert.Equal(new(AdviceReason.FewPlacesLeft, 1, 1, 6_931), Assert.Single(advice.Why));
    }

    [Fact]
    public void Under30SalesAMonth_NothingIsAdvised()
    {
        Assert.Equal((AdviceOutcome.NotEnoughData, null), (PriceAdvice.Of(Rules, Slot with { SalesInMonth = 29 }).Outcome, PriceAdvice.Of(Rules, Slot with { SalesInMonth = 29 }).AdvisedMinor));
        Assert.Equal(AdviceOutcome.Advised, PriceAdvice.Of(Rules, Slot with { SalesInMonth = 30 }).Outcome);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(103)]
    public void BookedSlots_AreNeverRepriced(int booked)
    {
        var advice = PriceAdvice.Of(Rules, Slot with { Booked = booked });
        Assert.Equal((AdviceOutcome.SoldOut, null), (advice.Outcome, advice.AdvisedMinor));
        Assert.Empty(advice.Why);
    }

    [Fact]
    public void Advice_StaysWithinFloorCeilingAndDailyChange_AndItsPartsAddUp() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var floor = random.Next(1, 10_000);
        var rules = new PriceRules(random.Next(1, 20_000), floor, floor + random.Next(20_000), random.Next(10_001), (PriceAttitude)random.Next(3));
        var slot = new SlotState(random.Next(1, 20_000), random.Next(1, 50), 0, random.NextDouble(), 60 * random.NextDouble(), 30);
        slot = slot with { Booked = random.Next(slot.Capacity) };
        var advice = PriceAdvice.Of(rules, slot);
        var (advised, day) = (advice.AdvisedMinor!.Value, slot.PriceMinor * rules.MostDailyChange / 10_000.0);

        // Floor and ceiling win over the daily change, and only they do.
        var within = Math.Abs(advised - slot.PriceMinor) <= day || advised == rules.FloorMinor || advised == rules.CeilingMinor;
        return within && advised >= rules.FloorMinor && advised <= rules.CeilingMinor && rules.BaseMinor + advice.Why.Sum(part => part.ChangeMinor) == advised && advice.Why.All(part => part.ChangeMinor != 0);
    }));

    [Fact]
    public void MoreBooked_NeverCostsLess() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (usual, demand, capacity) = (random.NextDouble(), 20 * random.NextDouble(), random.Next(2, 40));
        var prices = Enumerable.Range(0, capacity).Select(booked => PriceAdvice.Of(Rules with { MostDailyChange = 10_000 }, new(10_000, capacity, booked, usual, demand, 99)).AdvisedMinor!.Value).ToList();
        return prices.Zip(prices.Skip(1)).All(pair => pair.First <= pair.Second);
    }));

    [Fact]
    public void RulesThatContradictThemselves_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => PriceAdvice.Of(Rules with { FloorMinor = 16_000 }, Slot));
        Assert.Throws<ArgumentException>(() => PriceAdvice.Of(Rules, Slot with { UsualLoad = double.NaN }));
    }

    /// <summary>
    /// Slots of uncertain pull, sold day by day to buyers of exponential demand, 2,000 of each world: where the base price is the right one, advice earns more than
    /// it; where buyers mind twice as much as that, the careful still does.
    /// </summary>
    [Theory]
    [InlineData(0.7, 1, PriceAttitude.Advised, 0.01)]
    [InlineData(1.4, 1, PriceAttitude.Advised, 0.15)]
    [InlineData(1.4, 1, PriceAttitude.Careful, 0.1)]
    [InlineData(1.4, 2, PriceAttitude.Careful, 0.03)]
    public void Advice_EarnsMoreThanTheBasePrice(double load, double sensitivity, PriceAttitude attitude, double least)
    {
        const int Capacity = 10, Lead = 29;
        var random = new Random(1);
        var curve = BookingCurve.Of([.. Enumerable.Range(0, 200).Select(day =>
        {
            var leads = Enumerable.Range(0, Lead + 1).Reverse().SelectMany(lead => Enumerable.Repeat(lead, Asked(random, load * Capacity / (Lead + 1)))).ToList();
            return new PastSlot(new DateOnly(2026, 1, 1).AddDays(day), Capacity, [.. leads.Select((lead, at) => new PastRequest(lead, 10_000, at >= Capacity))]);
        })]);
        var rules = Rules with { CeilingMinor = 20_000, MostDailyChange = 1_000, Attitude = attitude };
        double Earn(bool advised)
        {
            var (draws, earned) = (new Random(2), 0.0);
            for (var slot = 0; slot < 2_000; slot++)
            {
                var (left, price, pull) = (Capacity, rules.BaseMinor, 0.4 + (1.2 * draws.NextDouble()));
                for (var lead = Lead; lead >= 0 && left > 0; lead--)
                {
                    if (advised)
                        price = PriceAdvice.Of(rules, new(price, Capacity, Capacity - left, curve.UsualLoad(lead), curve.RemainingDemand(lead), 99)).AdvisedMinor!.Value;
                    var sold = Math.Min(left, Asked(draws, pull * load * Capacity / (Lead + 1) * Math.Exp(sensitivity * (1 - (price / 10_000.0)))));
                    (left, earned) = (left - sold, earned + (sold * price));
                }
            }

            return earned;
        }

        Assert.InRange((Earn(advised: true) / Earn(advised: false)) - 1, least, 0.5);
    }

    /// <summary>A Poisson lot.</summary>
    private static int Asked(Random random, double mean)
    {
        var (asked, chance) = (0, random.NextDouble());
        for (; chance > Math.Exp(-mean); asked++)
            chance *= random.NextDouble();
        return asked;
    }
}
