namespace RevOps.Core.Pricing.Advice;

/// <param name="PriceShare">Price asked as a share of the base price.</param>
/// <param name="Requests">That came, refused ones included.</param>
/// <param name="Usual">Expected at the base price, more than 0.</param>
public sealed record PricedDemand(double PriceShare, double Requests, double Usual);

/// <summary>By what power of the price demand falls: 1.5 means that 1 % more costs 1.5 % of requests.</summary>
/// <param name="Value">Above 0 where demand falls.</param>
/// <param name="Error">Its standard error.</param>
public sealed record Elasticity(double Value, double Error)
{
    private const int MostRounds = 100;

    // Prices that hardly move say nothing, whatever their number.
    private const double LeastSpread = 0.01;

    /// <summary>
    /// Poisson regression of requests on the logarithm of the price, usual demand as exposure, by Newton (Cameron and Trivedi 2013, chapter 3); the error
    /// allows for more spread than Poisson has. Prices that were set because demand was strong bend it towards 0: prices tried by lot do not.
    /// </summary>
    /// <returns>Null where it cannot be known: fewer than 30 requests, or prices that hardly moved.</returns>
    public static Elasticity? Of(IReadOnlyList<PricedDemand> seen)
    {
        if (seen.Any(one => !(one.PriceShare > 0 && one.Usual > 0 && one.Requests >= 0)))
            throw new ArgumentException("Price share and usual demand above 0, requests 0 or more.", nameof(seen));
        if (seen.Sum(one => one.Requests) < PriceAdvice.LeastSales)
            return null;
        var logs = seen.Select(one => Math.Log(one.PriceShare)).ToArray();
        var middle = logs.Average();
        if (logs.Average(log => (log - middle) * (log - middle)) < LeastSpread * LeastSpread)
            return null;

        var (level, slope) = (Math.Log(seen.Sum(one => one.Requests) / seen.Sum(one => one.Usual)), 0.0);
        for (var round = 0; round < MostRounds; round++)
        {
            var (score, scoreSlope, a, b, c, spread) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for (var at = 0; at < logs.Length; at++)
            {
                var mean = seen[at].Usual * Math.Exp(level + (slope * logs[at]));
                var off = seen[at].Requests - mean;
                (score, scoreSlope, spread) = (score + off, scoreSlope + (off * logs[at]), spread + (off * off / mean));
                (a, b, c) = (a + mean, b + (mean * logs[at]), c + (mean * logs[at] * logs[at]));
            }

            var whole = (a * c) - (b * b);
            if (!(whole > 0) || !double.IsFinite(whole))
                return null;
            var step = ((a * scoreSlope) - (b * score)) / whole;
            (level, slope) = (level + (((c * score) - (b * scoreSlope)) / whole), slope + step);
            if (Math.Abs(step) < 1e-10)
                return new(-slope, Math.Sqrt(a / whole * Math.Max(1, spread / Math.Max(1, logs.Length - 2))));
        }

        return null;
    }
}
