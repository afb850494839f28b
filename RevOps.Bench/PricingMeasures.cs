using RevOps.Core.Pricing.Yield;

namespace RevOps.Bench;

/// <summary>
/// Bounds: EMSR-b against the exact programme, mean gap 1 % and worst 3 % at most; learning prices with a stock, 97.5 % of the clairvoyant optimum at least
/// after 500 periods; advice for 90 days of 200 slots in 2 s of processor.
/// </summary>
internal static class PricingMeasures
{
    private const double MostMeanGap = 0.01, MostWorstGap = 0.03, LeastLearnt = 0.975;
    private const int Instances = 1_000, Curves = 20, Seeds = 30, Periods = 500;

    public static bool Run() => new[] { Levels(), Learning() }.All(held => held);

    /// <summary>Low fare first, independent normal demand, load 0.8 to 1.6.</summary>
    private static bool Levels()
    {
        var (a, b, first) = (new List<double>(), new List<double>(), new List<double>());
        for (var seed = 1; seed <= Instances; seed++)
        {
            var (classes, capacity) = Instance(new(seed));
            var best = NestedProgramme.Solve(classes, capacity).Value;
            double Gap(double[] levels) => 1 - (NestedProgramme.Value(classes, capacity, levels) / best);
            a.Add(Gap(ProtectionLevels.EmsrA(classes)));
            b.Add(Gap(ProtectionLevels.EmsrB(classes)));
            first.Add(Gap(new double[classes.Length - 1]));
        }

        Console.WriteLine($"{Instances} instances of 2 to 6 classes, 10 to 200 places, load 0.8 to 1.6: gap to the exact programme");
        Console.WriteLine("                      mean    p95  worst");
        foreach (var (name, gaps) in new[] { ("EMSR-b", b), ("EMSR-a", a), ("first come", first) })
            Console.WriteLine($"  {name,-14} {gaps.Average(),9:P3} {gaps.Order().ElementAt(Instances * 95 / 100),6:P2} {gaps.Max(),6:P2}");
        Console.WriteLine($"  EMSR-b bounds: mean {MostMeanGap:P0}, worst {MostWorstGap:P0}");
        return b.Average() <= MostMeanGap && b.Max() <= MostWorstGap;
    }

    private static (FareClass[] Classes, int Capacity) Instance(Random random)
    {
        var (count, capacity, load) = (random.Next(2, 7), random.Next(10, 201), 0.8 + (0.8 * random.NextDouble()));
        var weights = Enumerable.Range(0, count).Select(_ => 0.2 + random.NextDouble()).ToArray();
        var fares = Enumerable.Range(0, count).Select(_ => 50 + (450 * random.NextDouble())).OrderDescending().ToArray();
        return ([.. fares.Select((fare, at) =>
        {
            var mean = weights[at] / weights.Sum() * load * capacity;
            return new FareClass(fare, new NormalDemand(mean, mean * (0.1 + (0.3 * random.NextDouble()))));
        })], capacity);
    }

    private static bool Learning()
    {
        var (mean, all) = (0.0, new List<double>());
        for (var curve = 1; curve <= Curves; curve++)
        {
            var random = new Random(curve);
            var (prices, chances, stock) = Curve(random);
            var bound = Periods * PriceMixture.Of(prices, chances, (double)stock / Periods).Value;
            var earned = Enumerable.Range(1, Seeds).Average(seed => Earn(new((curve * 1_000) + seed), prices, chances, stock));
            all.Add(earned / bound);
        }

        mean = all.Average();
        Console.WriteLine($"{Curves} demand curves, {Seeds} seeds each, {Periods} periods: learnt prices earn {mean:P2} of the clairvoyant's linear programme (bound {LeastLearnt:P1}), worst curve {all.Min():P2}, best {all.Max():P2}");
        return mean >= LeastLearnt;
    }

    private static (double[] Prices, double[] Chances, int Stock) Curve(Random random)
    {
        var count = random.Next(3, 7);
        var (middle, steep) = (60 + (80 * random.NextDouble()), 0.02 + (0.04 * random.NextDouble()));
        var prices = Enumerable.Range(0, count).Select(at => 40 + (120.0 * at / (count - 1))).ToArray();
        return (prices, [.. prices.Select(price => 0.95 / (1 + Math.Exp(steep * (price - middle))))], random.Next(75, 251));
    }

    private static double Earn(Random random, double[] prices, double[] chances, int stock)
    {
        var (learner, earned) = (new ThompsonPricing(prices), 0.0);
        for (var left = Periods; left > 0 && stock > 0; left--)
        {
            if (learner.Choose(random, stock, left) is not { } price)
                continue;
            var sold = random.NextDouble() < chances[price];
            learner.Learn(price, sold);
            if (!sold)
                continue;
            (stock, earned) = (stock - 1, earned + prices[price]);
        }

        return earned;
    }
}
