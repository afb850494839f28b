namespace RevOps.Core.Pricing.Yield;

/// <summary>Draws from the laws that learning and intervals need.</summary>
internal static class Lots
{
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double Beta(Random random, double won, double lost)
    {
        var (left, right) = (Gamma(random, won), Gamma(random, lost));
        return left / (left + right);
    }

    /// <summary>Marsaglia and Tsang (2000); a shape below 1 is drawn from one above.</summary>
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
            return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var z = Normal(random);
            var v = 1 + (c * z);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < (z * z / 2) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }
}
