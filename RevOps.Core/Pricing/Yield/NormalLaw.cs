namespace RevOps.Core.Pricing.Yield;

/// <summary>The standard normal law to about fifteen digits, tails included.</summary>
public static class NormalLaw
{
    // Up to here the series keeps its digits; further out the fraction does.
    private const double SeriesEnds = 3;

    public static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>P(Z ≤ z).</summary>
    public static double Below(double z) => z > 0 ? 1 - Above(z) : Above(-z);

    /// <summary>P(Z > z): Marsaglia's series (2004) in the middle, Laplace's continued fraction in the tail, where a difference to 1 would lose all digits.</summary>
    public static double Above(double z)
    {
        if (z < -SeriesEnds)
            return 1 - Above(-z);
        if (z > SeriesEnds)
        {
            var fraction = 0.0;
            for (var at = 100; at > 0; at--)
                fraction = at / (z + fraction);
            return Density(z) / (z + fraction);
        }

        var (sum, term) = (z, z);
        for (var at = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); at += 2)
        {
            term *= z * z / at;
            sum += term;
        }

        return 0.5 - (Density(z) * sum);
    }

    /// <summary>The z with P(Z ≤ z) = <paramref name="share"/>: a start within 4.5e-4 (Abramowitz and Stegun 26.2.23), then Newton.</summary>
    public static double Quantile(double share)
    {
        if (share is <= 0 or >= 1)
            return share <= 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (share > 0.5)
            return -Quantile(1 - share);

        var t = Math.Sqrt(-2 * Math.Log(share));
        var z = -(t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308))))))));
        for (var round = 0; round < 4; round++)
        {
            // Halley's step: Newton's, mended by the density's own slope.
            var off = (Below(z) - share) / Density(z);
            z -= off / (1 + (z * off / 2));
        }

        return z;
    }
}
