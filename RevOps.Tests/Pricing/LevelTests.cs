using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Tests.Pricing;

public sealed class LevelTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>Talluri and van Ryzin (2004), The Theory and Practice of Revenue Management, table 2.5: levels to one decimal.</summary>
    private static FareClass[] Textbook { get; } =
    [
        new(1_050, new NormalDemand(17.3, 5.8)), new(567, new NormalDemand(45.1, 15)), new(534, new NormalDemand(39.6, 13.2)), new(520, new NormalDemand(34, 11.3)),
    ];

    [Fact]
    public void EmsrA_IsTheTextbooks() => Near([16.7, 38.7, 55.7], ProtectionLevels.EmsrA(Textbook), 0.05);

    [Fact]
    public void EmsrB_IsTheTextbooks() => Near([16.7, 50.9, 83.2], ProtectionLevels.EmsrB(Textbook), 0.05);

    /// <summary>The book's optimum was found by simulation; the fine programme is within half a place of it.</summary>
    [Fact]
    public void TheFineProgramme_ComesToTheTextbooksOptimum() => Near([16.7, 42.5, 72.3], NestedProgramme.Solve(Textbook, 124, 0.1).Levels, 0.5);

    /// <summary>Poisson 4 against half the fare: P(D ≤ 3) = 0.433 and P(D ≤ 4) = 0.629 (tables), so four places are kept.</summary>
    [Theory]
    [InlineData(50, 4)]
    [InlineData(60, 3)]
    [InlineData(100, 0)]
    public void Littlewood_OfPoisson_IsReadOffTheTable(double low, double expected) =>
        Assert.Equal(expected, ProtectionLevels.Littlewood(new(100, new PoissonDemand(4)), low));

    /// <summary>Two classes and two places, all by hand: high demand is 0, 1 or more with the chances of Poisson 1, low demand is sure.</summary>
    [Fact]
    public void TheProgramme_IsWhatAHandWorksOut()
    {
        FareClass[] classes = [new(100, new PoissonDemand(1)), new(50, new NormalDemand(5, 0))];
        var (none, one) = (Math.Exp(-1), Math.Exp(-1));
        var (keepOne, keepTwo) = (50 + (100 * (1 - none)), 100 * ((2 * (1 - none - one)) + one));
        var plan = NestedProgramme.Solve(classes, 2);
        Assert.Equal(1, plan.Levels[0]);
        Assert.Equal(keepOne, plan.Value, 9);
        Assert.Equal(keepTwo, NestedProgramme.Value(classes, 2, [2]), 9);
        Assert.Equal(100, NestedProgramme.Value(classes, 2, [0]), 9);
    }

    [Fact]
    public void Levels_RiseWithTheFareRatio_AndNeverFallFromClassToClass() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var (classes, _) = Draw(new(seed));
        var dearer = classes.Select((one, at) => at == 0 ? one with { Fare = one.Fare * 1.5 } : one).ToArray();
        return new Func<IReadOnlyList<FareClass>, double[]>[] { ProtectionLevels.EmsrA, ProtectionLevels.EmsrB }.All(levels =>
            levels(classes).Zip(levels(dearer)).All(pair => pair.First <= pair.Second + 1e-9) && levels(classes).Zip(levels(classes).Skip(1)).All(pair => pair.First <= pair.Second));
    }));

    [Fact]
    public void OfTwoClasses_EmsrAAndB_AreLittlewoods_AndTheProgrammes() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        FareClass[] classes = [new(100, new PoissonDemand(1 + (20 * random.NextDouble()))), new(20 + (70 * random.NextDouble()), new PoissonDemand(30))];
        var level = ProtectionLevels.Littlewood(classes[0], classes[1].Fare);
        return ProtectionLevels.EmsrA(classes)[0] == level && ProtectionLevels.EmsrB(classes)[0] == level && NestedProgramme.Solve(classes, 60).Levels[0] == level;
    }));

    [Fact]
    public void NoLevels_EarnMoreThanTheProgramme_AndItsOwnEarnWhatItSays() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (classes, capacity) = Draw(random);
        var plan = NestedProgramme.Solve(classes, capacity);
        var any = classes.Skip(1).Select(_ => (double)random.Next(capacity)).Order().ToArray();
        return Math.Abs(NestedProgramme.Value(classes, capacity, plan.Levels) - plan.Value) <= 1e-9 * plan.Value
            && new[] { ProtectionLevels.EmsrB(classes), ProtectionLevels.EmsrA(classes), any }.All(levels => NestedProgramme.Value(classes, capacity, levels) <= plan.Value * (1 + 1e-12));
    }));

    /// <summary>So unsure a second class that its own formula would keep fewer places than the first class alone: the first keeps its own.</summary>
    [Fact]
    public void AnUnsureClass_TakesNothingFromTheOneAbove()
    {
        FareClass[] classes = [new(100, new NormalDemand(10, 1)), new(50, new NormalDemand(100, 90)), new(49, new NormalDemand(50, 5))];
        Assert.Equal([10, 10], ProtectionLevels.EmsrB(classes).Select(level => Math.Round(level, 9)));
    }

    /// <summary>The recursion against a plain simulation of the same rules: four standard errors.</summary>
    [Fact]
    public void TheValueOfLevels_IsWhatSellingThemEarns()
    {
        FareClass[] classes = [new(100, new PoissonDemand(6)), new(70, new PoissonDemand(8)), new(40, new PoissonDemand(10))];
        var (random, earned) = (new Random(7), new List<double>());
        for (var run = 0; run < 20_000; run++)
        {
            var (left, sum) = (15, 0.0);
            foreach (var (at, kept) in new[] { (2, 9), (1, 4), (0, 0) })
            {
                var (asked, chance) = (0, random.NextDouble());
                while (chance > Math.Exp(-classes[at].Demand.Mean))
                    (asked, chance) = (asked + 1, chance * random.NextDouble());
                var sold = Math.Min(asked, Math.Max(0, left - kept));
                (left, sum) = (left - sold, sum + (sold * classes[at].Fare));
            }

            earned.Add(sum);
        }

        var mean = earned.Average();
        var error = Math.Sqrt(earned.Average(one => (one - mean) * (one - mean)) / earned.Count);
        Assert.InRange(NestedProgramme.Value(classes, 15, [4, 9]), mean - (4 * error), mean + (4 * error));
    }

    [Fact]
    public void FaresThatRise_AreRefused()
    {
        FareClass[] rising = [new(50, new PoissonDemand(4)), new(60, new PoissonDemand(4))];
        Assert.Throws<ArgumentException>(() => ProtectionLevels.EmsrB(rising));
        Assert.Throws<ArgumentException>(() => NestedProgramme.Solve(rising, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => NestedProgramme.Solve([rising[0]], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalDemand(double.NaN, 1));
    }

    private static (FareClass[] Classes, int Capacity) Draw(Random random)
    {
        var fares = Enumerable.Range(0, random.Next(2, 6)).Select(_ => 20 + (480 * random.NextDouble())).OrderDescending();
        return ([.. fares.Select(fare => new FareClass(fare, random.Next(2) == 0 ? new PoissonDemand(1 + (10 * random.NextDouble())) : new NormalDemand(5 + (15 * random.NextDouble()), 4 * random.NextDouble())))], random.Next(5, 60));
    }

    private static void Near(double[] expected, IReadOnlyList<double> actual, double tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
