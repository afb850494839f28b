using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Tests.Pricing;

public sealed class LearningTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>No mixture on a fine grid of shares of any two prices earns more within the stock.</summary>
    [Fact]
    public void TheMixture_IsTheLinearProgrammesOptimum() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        double[] prices = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => 10 + (90 * random.NextDouble()))];
        double[] demands = [.. prices.Select(_ => random.NextDouble())];
        var stock = random.NextDouble();
        var best = PriceMixture.Of(prices, demands, stock);
        var held = (best.FirstShare * demands[best.First]) + (best.SecondShare * demands[best.Second]);
        return held <= stock + 1e-12 && best.FirstShare + best.SecondShare <= 1 + 1e-12 && (from one in Enumerable.Range(0, prices.Length)
            from other in Enumerable.Range(0, prices.Length)
            from share in Enumerable.Range(0, 51)
            from rest in Enumerable.Range(0, 51 - share)
            let sold = ((share * demands[one]) + (rest * demands[other])) / 50
            where sold <= stock
            select ((share * prices[one] * demands[one]) + (rest * prices[other] * demands[other])) / 50).Max() <= best.Value + 1e-9;
    }));

    /// <summary>The example of Ferreira, Simchi-Levi and Wang (2018), section 5.1: four prices, stock for a quarter of the periods.</summary>
    [Fact]
    public void Learning_EarnsNearlyWhatTheClairvoyantDoes()
    {
        double[] prices = [29.9, 34.9, 39.9, 44.9], chances = [0.8, 0.6, 0.3, 0.1];
        var bound = 500 * PriceMixture.Of(prices, chances, 0.25).Value;
        var (earned, oversold) = (0.0, false);
        for (var seed = 1; seed <= 30; seed++)
        {
            var (random, learner, stock) = (new Random(seed), new ThompsonPricing(prices), 125);
            for (var left = 500; left > 0; left--)
            {
                if (learner.Choose(random, stock, left) is not { } price)
                    continue;
                var sold = random.NextDouble() < chances[price];
                learner.Learn(price, sold);
                if (sold)
                    (stock, earned) = (stock - 1, earned + (prices[price] / 30));
                oversold |= stock < 0;
            }
        }

        Assert.False(oversold);
        Assert.InRange(earned, 0.975 * bound, 1.02 * bound);
    }

    /// <summary>Draws cut off at 20 places: the law behind them is found again, where the plain mean is far off.</summary>
    [Fact]
    public void SoldOutSlots_AreUnconstrained()
    {
        var random = new Random(3);
        var (normal, poisson) = (new List<double>(), new List<double>());
        for (var at = 0; at < 4_000; at++)
        {
            normal.Add(20 + (5 * NormalLaw.Quantile(1e-9 + ((1 - 2e-9) * random.NextDouble()))));
            poisson.Add(new PoissonDemand(19).Quantile(random.NextDouble()));
        }

        static ObservedDemand[] Cut(List<double> demands) => [.. demands.Select(demand => new ObservedDemand(Math.Min(20, demand), demand >= 20))];
        var (fitted, count) = ((NormalDemand)Unconstraining.Normal(Cut(normal))!.Demand, Unconstraining.Poisson(Cut(poisson))!);
        Assert.Equal(20, fitted.Mean, 0.3);
        Assert.Equal(5, fitted.Deviation, 0.3);
        Assert.Equal(19, count.Demand.Mean, 0.3);
        Assert.True(Cut(poisson).Average(one => one.Sold) < 18);
        Assert.All(Cut(poisson).Zip(count.Each), pair => Assert.True(pair.First.SoldOut ? pair.Second > 20 : pair.Second == pair.First.Sold));
    }

    [Fact]
    public void WhereAllSoldOut_NothingIsMadeUp()
    {
        Assert.Null(Unconstraining.Poisson([new(5, true), new(5, true)]));
        Assert.Null(Unconstraining.Normal([new(5, true), new(4, false)]));
    }
}
