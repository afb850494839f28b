namespace RevOps.Core.Pricing.Yield;

/// <summary>What was sold of a slot; where it sold out, demand was that or more.</summary>
public sealed record ObservedDemand(double Sold, bool SoldOut);

/// <param name="Demand">The law that would have been seen with room for all.</param>
/// <param name="Each">Expected demand of each observation: what was sold where it did not sell out.</param>
/// <param name="Rounds">Until it stood still.</param>
public sealed record UnconstrainedDemand(Demand Demand, IReadOnlyList<double> Each, int Rounds);

/// <summary>
/// Demand behind sold-out slots by expectation and maximisation (Dempster, Laird and Rubin 1977; for bookings Talluri and van Ryzin 2004, section 9.4):
/// a sold-out slot counts as what is expected beyond what it sold, under the law fitted so far, until that stands still.
/// </summary>
public static class Unconstraining
{
    private const int MostRounds = 20_000;
    private const double Still = 1e-10;

    /// <returns>Null where all sold out: then nothing says how much more there was.</returns>
    public static UnconstrainedDemand? Poisson(IReadOnlyList<ObservedDemand> observed)
    {
        if (observed.All(one => one.SoldOut))
            return null;
        var (mean, beyond, rounds) = Fit(observed.Where(one => !one.SoldOut).Sum(one => one.Sold), observed.Count(one => !one.SoldOut), [.. observed.Where(one => one.SoldOut).Select(one => one.Sold)]);
        return new(new PoissonDemand(mean), [.. observed.Select(one => one.SoldOut ? beyond[one.Sold] : one.Sold)], rounds);
    }

    /// <summary>Mean demand alone.</summary>
    /// <param name="seen">Sold by those that did not sell out, together.</param>
    /// <param name="count">Of those.</param>
    /// <param name="full">Sold by each that did.</param>
    /// <returns>Null where all sold out.</returns>
    internal static double? PoissonMean(double seen, int count, IReadOnlyList<double> full) => count == 0 ? null : full.Count == 0 ? seen / count : Fit(seen, count, full).Mean;

    private static (double Mean, Dictionary<double, double> Beyond, int Rounds) Fit(double seen, int count, IReadOnlyList<double> full)
    {
        // Many slots sell the same number, which is worked out once.
        var (groups, beyond, all) = (full.GroupBy(sold => sold).Select(same => (Sold: same.Key, Count: same.Count())).ToArray(), new Dictionary<double, double>(), count + full.Count);
        var (mean, rounds) = ((seen + full.Sum()) / all, 0);
        for (var moved = double.MaxValue; moved > Still * (1 + mean) && rounds < MostRounds; rounds++)
        {
            var (demand, sum) = (new PoissonDemand(mean), seen);
            foreach (var (sold, times) in groups)
            {
                // E(D | D ≥ x) = λ·P(D ≥ x − 1) / P(D ≥ x), and the one is the other and the chance of x − 1.
                beyond[sold] = mean > 0 && demand.Above(sold - 1) is > 0 and var reached ? mean * (1 + (demand.Chance(sold - 1) / reached)) : sold;
                sum += times * beyond[sold];
            }

            (moved, mean) = (Math.Abs((sum / all) - mean), sum / all);
        }

        return (mean, beyond, rounds);
    }

    /// <returns>Null where all sold out, or fewer than two did not: then nothing says how much more there was.</returns>
    public static UnconstrainedDemand? Normal(IReadOnlyList<ObservedDemand> observed)
    {
        if (observed.Count(one => !one.SoldOut) < 2)
            return null;
        var (mean, variance) = (observed.Average(one => one.Sold), Spread(observed));
        var (each, rounds) = (new double[observed.Count], 0);
        for (var moved = double.MaxValue; moved > Still * (1 + mean) && rounds < MostRounds; rounds++)
        {
            var (deviation, rest) = (Math.Sqrt(variance), 0.0);
            for (var at = 0; at < each.Length; at++)
            {
                each[at] = observed[at].Sold;
                if (!observed[at].SoldOut || deviation == 0)
                    continue;
                var z = (observed[at].Sold - mean) / deviation;
                var hazard = NormalLaw.Above(z) is > 0 and var above ? NormalLaw.Density(z) / above : z;
                each[at] = mean + (deviation * hazard);

                // What stays unknown of it: the variance of a normal law cut off at z.
                rest += variance * Math.Max(0, 1 - (hazard * (hazard - z)));
            }

            var (nextMean, centre) = (each.Average(), each.Average());
            var nextVariance = (each.Sum(one => (one - centre) * (one - centre)) + rest) / each.Length;
            moved = Math.Abs(nextMean - mean) + Math.Abs(Math.Sqrt(nextVariance) - deviation);
            (mean, variance) = (nextMean, nextVariance);
        }

        return new(new NormalDemand(Math.Max(0, mean), Math.Sqrt(variance)), each, rounds);
    }

    private static double Spread(IReadOnlyList<ObservedDemand> observed)
    {
        var mean = observed.Average(one => one.Sold);
        return observed.Average(one => (one.Sold - mean) * (one.Sold - mean));
    }
}
