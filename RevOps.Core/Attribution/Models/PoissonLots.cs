namespace RevOps.Core.Attribution.Models;

/// <summary>Poisson lots from one stream of random numbers (splitmix64), the same on every machine.</summary>
internal sealed class PoissonLots(int seed, int stream)
{
    // Above it, lots come from the transformed rejection of Hörmann (1993), which needs a mean of at least 10.
    private const int MostByTable = 16;

    private const int Slices = 1 << 10;

    private static readonly double[][] Below = [.. Enumerable.Range(0, MostByTable + 1).Select(Distribution)];

    // The least lot of each slice of the numbers between 0 and 1: nearly always the only one.
    private static readonly byte[][] Least =
        [.. Below.Select(below => Enumerable.Range(0, Slices).Select(slice => (byte)Array.FindIndex(below, sum => sum > (double)slice / Slices)).ToArray())];

    private ulong state = ((ulong)(uint)seed << 32) ^ Mix((ulong)(uint)stream + 1);

    /// <summary>How many of so many journeys are drawn: Poisson with that mean.</summary>
    public long Next(long mean)
    {
        if (mean <= 0)
            return 0;
        if (mean > MostByTable)
            return Rejection(mean);
        var (uniform, below) = (Uniform(), Below[mean]);
        var lot = (int)Least[mean][(int)(uniform * Slices)];
        while (uniform >= below[lot])
            lot++;
        return lot;
    }

    private long Rejection(double mean)
    {
        var root = Math.Sqrt(mean);
        var b = 0.931 + (2.53 * root);
        var a = -0.059 + (0.02483 * b);
        var (inverse, edge, log) = (1.1239 + (1.1328 / (b - 3.4)), 0.9277 - (3.6224 / (b - 2)), Math.Log(mean));
        while (true)
        {
            var (u, v) = (Uniform() - 0.5, Uniform());
            var us = 0.5 - Math.Abs(u);
            var lot = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= edge)
                return (long)lot;
            if (lot < 0 || (us < 0.013 && v > us))
                continue;
            if (Math.Log(v) + Math.Log(inverse) - Math.Log((a / (us * us)) + b) <= (lot * log) - mean - LogFactorial(lot))
                return (long)lot;
        }
    }

    /// <summary>Stirling's series; from 10 on it is right to the last digits, and below the product is short.</summary>
    private static double LogFactorial(double n)
    {
        if (n < 10)
        {
            var product = 1.0;
            for (var factor = 2; factor <= n; factor++)
                product *= factor;
            return Math.Log(product);
        }

        var x = n + 1;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x)) + (1 / (1_260 * x * x * x * x * x));
    }

    private double Uniform() => (Mix(state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1ul << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static double[] Distribution(int mean)
    {
        var (sums, term, sum) = (new List<double>(), Math.Exp(-mean), 0.0);
        for (var lot = 0; sum + term > sum; term *= mean / (double)++lot)
            sums.Add(sum += term);
        sums[^1] = 1;
        return [.. sums];
    }
}
