namespace RevOps.Core.Scorecard.Claims;

/// <summary>The exact interval of a proportion (Clopper and Pearson 1934): never shorter than it says, whatever the numbers.</summary>
public static class ExactProportion
{
    private const double Tail = 0.025;
    private const int Steps = 60;

    /// <param name="hits">Of those counted.</param>
    /// <param name="of">How many were counted, above 0.</param>
    public static (double Low, double High) Of(long hits, long of)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        return (hits == 0 ? 0 : Solve(p => 1 - AtMost(hits - 1, of, p), Tail), hits == of ? 1 : Solve(p => -AtMost(hits, of, p), -Tail));
    }

    /// <summary>How many without a single miss prove, at 95 %, that the rate of misses is below one: 299 for 1 %.</summary>
    public static long CleanFor(double rate) => (long)Math.Ceiling(Math.Log(0.05) / Math.Log(1 - rate));

    /// <summary>How many, with so many misses and no further one, until the exact interval of the rate of misses lies below a rate: 299 for 1 % without a miss.</summary>
    /// <param name="rate">Above 0 and below 1.</param>
    /// <param name="misses">So far.</param>
    public static long EnoughFor(double rate, long misses)
    {
        if (misses == 0)
            return CleanFor(rate);
        var (few, enough) = (misses, (long)Math.Ceiling((misses + 1) / rate));
        while (Of(misses, enough).High >= rate)
            (few, enough) = (enough, 2 * enough);
        while (enough - few > 1)
        {
            var middle = few + ((enough - few) / 2);
            if (Of(misses, middle).High >= rate)
                few = middle;
            else
                enough = middle;
        }

        return enough;
    }

    /// <summary>What n hits of n prove at 95 %: the rate is no lower than this.</summary>
    public static double LeastOf(long n) => Math.Pow(0.05, 1.0 / n);

    /// <summary>The rate of hits is no higher than this, at 95 % on that one side.</summary>
    /// <param name="hits">Of those counted.</param>
    /// <param name="of">How many were counted, above 0.</param>
    public static double MostOf(long hits, long of) => hits == 0 ? 1 - LeastOf(of) : hits == of ? 1 : Solve(p => -AtMost(hits, of, p), -0.05);

    // Rises with p.
    private static double Solve(Func<double, double> rising, double level)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < Steps; step++)
        {
            var middle = (low + high) / 2;
            if (rising(middle) < level)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>The chance of so many hits and fewer, summed from the term before it.</summary>
    private static double AtMost(long hits, long of, double p)
    {
        if (p <= 0)
            return 1;
        if (p >= 1)
            return hits >= of ? 1 : 0;
        var (log, odds, sum) = (of * Math.Log(1 - p), Math.Log(p / (1 - p)), 0.0);
        for (long k = 0; k <= hits; k++)
        {
            sum += Math.Exp(log);
            log += odds + Math.Log((double)(of - k) / (k + 1));
        }

        return Math.Min(1, sum);
    }
}
