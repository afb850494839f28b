namespace RevOps.Core.Pricing.Yield;

/// <summary>The w with w·e^w = x (principal branch), asked for by ln x: a price's x overflows where its logarithm is 800.</summary>
public static class LambertW
{
    private const int MostRounds = 50;

    /// <summary>W(e^z), for any z: Newton on w + ln w = z, from above 1 or from e^z below (Corless et al. 1996).</summary>
    public static double OfExp(double z)
    {
        if (z < -36)
            return Math.Exp(z);
        var w = z > 1 ? z - Math.Log(z) : Math.Exp(z) / (1 + Math.Exp(z));
        for (var round = 0; round < MostRounds; round++)
        {
            var next = w * (1 + z - Math.Log(w)) / (1 + w);
            if (Math.Abs(next - w) <= 1e-16 * next)
                return next;
            w = next;
        }

        return w;
    }
}
