using RevOps.Core.Pricing.Yield;

namespace RevOps.Bench;

/// <summary>
/// Bounds: EMSR-b against the exact programme, mean gap 1 % and worst 3 % at most; learning prices with a stock, 97.5 % of the clairvoyant optimum at least
/// after 500 periods; advice for 90 days of 200 slots in 2 s of processor.
/// </summary>
internal static class PricingMeasures
{
    private const double MostMeanGap = 0.01, MostWorstGap = 0.03, LeastLearnt = 0.975;
    private const int Instances = 1_000, Curves = 40, Seeds = 30, Periods = 500;

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

    /// <summary>Prices around a base as guardrails allow, demand of four shapes, stock for 15 to 50 % of the periods.</summary>
    private static bool Learning()
    {
        var earned = Enumerable.Range(1, Curves).Select(curve =>
        {
            var (shape, prices, chances, stock) = Curve(curve);
            var bound = Periods * PriceMixture.Of(prices, chances, (double)stock / Periods).Value;
            return (Shape: shape, Share: Enumerable.Range(1, Seeds).Average(seed => Earn(new((curve * 1_000) + seed), prices, chances, stock)) / bound);
        }).ToList();
        Console.WriteLine($"{Curves} demand curves, {Seeds} seeds each, {Periods} periods: what learning earns of the clairvoyant's linear programme");
        foreach (var shape in earned.GroupBy(one => one.Shape, StringComparer.Ordinal))
            Console.WriteLine($"  {shape.Key,-14} mean {shape.Average(one => one.Share):P2}, worst {shape.Min(one => one.Share):P2}");
        var mean = earned.Average(one => one.Share);
        Console.WriteLine($"  all            mean {mean:P2} (bound {LeastLearnt:P1})");
        return mean >= LeastLearnt;
    }

    private static (string Shape, double[] Prices, double[] Chances, int Stock) Curve(int seed)
    {
        var random = new Random(seed);
        var (count, top, high) = (random.Next(3, 6), 1.2 + (0.6 * random.NextDouble()), 0.4 + (0.5 * random.NextDouble()));
        var low = high * (0.1 + (0.5 * random.NextDouble()));
        double[] Falling(Func<double, double> at) => [.. Enumerable.Range(0, count).Select(price => at((double)price / (count - 1)))];
        static double Odds(double chance) => Math.Log(chance / (1 - chance));
        var (shape, chances) = (seed % 4) switch
        {
            0 => ("logistic", Falling(at => 1 / (1 + Math.Exp(-Odds(high) - (at * (Odds(low) - Odds(high))))))),
            1 => ("linear", Falling(at => high + (at * (low - high)))),
            2 => ("exponential", Falling(at => high * Math.Pow(low / high, at))),
            _ => ("stepped", [.. Falling(_ => low + ((high - low) * random.NextDouble())).OrderDescending()]),
        };
        return (shape, Falling(at => 100 * (1 + (at * (top - 1)))), chances, random.Next(Periods * 15 / 100, (Periods / 2) + 1));
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
