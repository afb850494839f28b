using System.Diagnostics;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Bench;

/// <summary>
/// Bounds: EMSR-b against the exact programme, mean gap 1 % and worst 3 % at most; learning prices with a stock, 97.5 % of the clairvoyant optimum at least
/// after 500 periods; advice for 90 days of 200 slots in 2 s of processor.
/// </summary>
internal static class PricingMeasures
{
    private const double MostMeanGap = 0.01, MostWorstGap = 0.03, LeastLearnt = 0.975, MostSeconds = 2;
    private const int Instances = 1_000, Curves = 40, Seeds = 30, Periods = 500, Services = 20, SlotsEach = 10, Days = 90, History = 365;

    public static bool Run() => new[] { Levels(), Learning(), Speed(), PricingThinking.Run(MostSeconds) }.All(held => held);

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

    /// <summary>From what was sold in a year to the advice for every slot.</summary>
    private static bool Speed()
    {
        var services = Enumerable.Range(1, Services).Select(seed => Past(new(seed))).ToList();
        var (begun, advised, moved) = (Process.GetCurrentProcess().TotalProcessorTime, 0, 0);
        foreach (var (past, capacity) in services)
        {
            var (curve, random) = (BookingCurve.Of(past), new Random(capacity));
            for (var slot = 0; slot < Days * SlotsEach; slot++)
            {
                var lead = slot / SlotsEach;
                var booked = Math.Min(capacity, (int)Math.Round(2 * random.NextDouble() * curve.UsualLoad(lead) * capacity));
                var advice = PriceAdvice.Of(new(10_000, 8_000, 16_000, 1_000, PriceAttitude.Advised), new(10_000, capacity, booked, curve.UsualLoad(lead), curve.RemainingDemand(lead), 200));
                (advised, moved) = (advised + 1, moved + (advice.Why.Count > 0 ? 1 : 0));
            }
        }

        var seconds = (Process.GetCurrentProcess().TotalProcessorTime - begun).TotalSeconds;
        Console.WriteLine($"{advised} slots ({Days} days of {Services * SlotsEach}) advised, {moved} moved, booking curves of {Services} services from a year each: {seconds:F2} s of processor (bound {MostSeconds:F0})");
        return seconds <= MostSeconds;
    }

    /// <summary>A year of daily slots, a fifth of them sold out with nobody counting who was turned away.</summary>
    private static (PastSlot[] Slots, int Capacity) Past(Random random)
    {
        var capacity = random.Next(6, 25);
        return ([.. Enumerable.Range(0, History).Select(day =>
        {
            var asked = Enumerable.Range(0, (int)(capacity * (0.4 + (0.75 * random.NextDouble())))).Select(_ => (int)(-20 * Math.Log(1 - random.NextDouble()))).OrderDescending();
            return new PastSlot(new DateOnly(2025, 1, 1).AddDays(day), capacity, [.. asked.Take(capacity).Select(lead => new PastRequest(lead, 10_000))]);
        })], capacity);
    }
}
