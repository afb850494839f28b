using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Receivables.Lateness;

namespace RevOps.Tests.Receivables.Lateness;

/// <summary>Interest day by day: as a person would add it up, whatever the order of payments and rates.</summary>
public sealed class LateInterestTests
{
    private static readonly DateOnly Due = new(2026, 3, 31);
    private static readonly RateTable Ten = new([new(new(2026, 1, 1), 1_000)]);
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Interest_RunsFromTheDayAfterTheDueDate()
    {
        Assert.Equal((0L, 0), Of(Ten, Due));
        Assert.Equal((27L, 1), Of(Ten, Due.AddDays(1)));       // 1,000 € at 10 % is 27.397 ct a day,
        Assert.Equal((10_000L, 365), Of(Ten, Due.AddDays(365))); // and 100 € in 365 of them.
        static (long, int) Of(RateTable rates, DateOnly until) => LateInterest.Of(new(Due, 100_000, []), rates, until) is var found ? (found.Minor, found.Days) : default;
    }

    [Fact]
    public void ARateThatChanges_CountsFromItsDayOn()
    {
        var rates = new RateTable([new(new(2026, 7, 1), 1_215), new(new(2026, 1, 1), 1_240)]);
        var found = LateInterest.Of(new(Due, 365_000_00, []), rates, new(2026, 7, 31));
        Assert.Equal([new(new(2026, 4, 1), new(2026, 6, 30), 365_000_00, 1_240), new(new(2026, 7, 1), new(2026, 7, 31), 365_000_00, 1_215)], found.Parts);
        Assert.Equal((91 * 124_00L) + (31 * 121_50L), found.Minor);
    }

    [Fact]
    public void APartialPayment_LowersWhatRunsFromTheNextDayOn()
    {
        var owed = new OwedByDay(Due, 100_000, [(new(2026, 4, 10), 60_000), (new(2026, 4, 20), 40_000)]);
        var found = LateInterest.Of(owed, Ten, new(2026, 12, 31));
        Assert.Equal([new(new(2026, 4, 1), new(2026, 4, 10), 100_000, 1_000), new(new(2026, 4, 11), new(2026, 4, 20), 40_000, 1_000)], found.Parts);
        Assert.Equal((384L, 20, new DateOnly(2026, 4, 20)), (found.Minor, found.Days, owed.LastLateDay(new(2026, 12, 31))!.Value));
    }

    [Fact]
    public void WhatIsRounded_IsRoundedOnceAndHalfAwayFromZero()
    {
        // Two halves of a cent: half a cent a day for two days, at two rates of the same height, is one cent and not two.
        var halves = new RateTable([new(new(2026, 1, 1), 1_825), new(new(2026, 4, 2), 1_824)]);
        Assert.Equal(1, LateInterest.Of(new(Due, 1_000, []), new([new(new(2026, 1, 1), 1_825)]), Due.AddDays(1)).Minor); // 0.5
        Assert.Equal(1, LateInterest.Of(new(Due, 1_000, []), halves, Due.AddDays(2)).Minor); // 0.5 + 0.4997
    }

    [Fact]
    public void WithoutARate_TheDayIsNamedAndNothingIsMadeUp()
    {
        Assert.Equal((0L, (DateOnly?)new DateOnly(2026, 4, 1)), Said(new([])));
        Assert.Equal((137L, (DateOnly?)new DateOnly(2026, 4, 1)), Said(new([new(new(2026, 4, 6), 1_000)])));
        static (long, DateOnly?) Said(RateTable rates) => LateInterest.Of(new(Due, 100_000, []), rates, new(2026, 4, 10)) is var found ? (found.Minor, found.UnratedFrom) : default;
    }

    [Fact]
    public void PaidInTime_CostsNothing()
    {
        var owed = new OwedByDay(Due, 100_000, [(Due, 100_000)]);
        Assert.Equal((0L, (DateOnly?)null, false), (LateInterest.Of(owed, Ten, new(2026, 12, 31)).Minor, owed.LastLateDay(new(2026, 12, 31)), owed.WasLate(new(2026, 12, 31))));
    }

    [Fact]
    public void Interest_IsTheSumOfItsDays() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (owed, rates, until) = (Draw(random), Rates(random), Due.AddDays(random.Next(-5, 400)));
        var exact = 0m;
        for (var day = Due.AddDays(1); day <= until; day = day.AddDays(1))
            exact += owed.OnMorning(day) * (decimal)rates.On(day)!.Value / 3_650_000;
        return LateInterest.Of(owed, rates, until).Minor == (long)Math.Round(exact, MidpointRounding.AwayFromZero)
            && FinancingCost.Of(owed, rates, until).Minor == LateInterest.Of(owed, rates, until).Minor;
    }));

    [Fact]
    public void ClaimsOneAfterTheOther_CoverEachDayOnce() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (owed, rates, until) = (Draw(random), Rates(random), Due.AddDays(random.Next(1, 400)));
        var cut = Due.AddDays(random.Next(1, 400));
        if (cut > until)
            return true;
        var (whole, first, second) = (LateInterest.Of(owed, rates, until), LateInterest.Of(owed, rates, cut), LateInterest.Of(owed, rates, until, cut));
        return first.Days + second.Days == whole.Days && Math.Abs(first.Minor + second.Minor - whole.Minor) <= 1;
    }));

    [Fact]
    public void Payments_ComeInAnyOrder() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (owed, rates, until) = (Draw(random), Rates(random), Due.AddDays(random.Next(1, 400)));
        var shuffled = owed with { Payments = [.. owed.Payments.OrderBy(_ => random.Next())] };
        return LateInterest.Of(owed, rates, until).Parts.SequenceEqual(LateInterest.Of(shuffled, rates, until).Parts);
    }));

    private static OwedByDay Draw(Random random) =>
        new(Due, random.Next(1, 10_000_000), [.. Enumerable.Range(0, random.Next(6)).Select(_ => (Due.AddDays(random.Next(-20, 380)), (long)random.Next(-200_000, 4_000_000)))]);

    private static RateTable Rates(Random random) =>
        new([new(Due.AddDays(-400), random.Next(0, 2_000)), .. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(-200, 400)).Distinct().Select(day => new DatedRate(Due.AddDays(day), random.Next(0, 2_000)))]);
}
