namespace RevOps.Core.Pricing.Yield;

/// <summary>
/// What is believed of a falling demand curve: the chance of a sale is logistic in the price, with any chance at the lowest price as likely as any other and
/// the same at the highest below it; what was seen weighs the curves (Bayes on a grid, exact for the grid). What is learnt at one price says something of its neighbours.
/// </summary>
internal sealed class CurveBelief
{
    private const double LeastOdds = -6, MostOdds = 5, Between = 0.5;

    // [curve][price]
    private readonly double[][] _chances;
    private readonly double[] _logs;

    public CurveBelief(double[] prices)
    {
        var (curves, logs) = (new List<double[]>(), new List<double>());
        for (var low = LeastOdds; low <= MostOdds; low += Between)
        {
            for (var high = LeastOdds; high <= low; high += Between)
            {
                var (start, end) = (low, high);
                curves.Add(Array.ConvertAll(prices, price => Chance(prices.Length == 1 ? start : start + ((end - start) * (price - prices[0]) / (prices[^1] - prices[0])))));

                // Even in chances, not in their odds.
                logs.Add(Math.Log(Chance(low) * (1 - Chance(low)) * Chance(high) * (1 - Chance(high))));
            }
        }

        (_chances, _logs) = ([.. curves], [.. logs]);
    }

    public void Learn(int price, int sold, int asked)
    {
        for (var at = 0; at < _logs.Length; at++)
            _logs[at] += (sold == 0 ? 0 : sold * Math.Log(_chances[at][price])) + (sold == asked ? 0 : (asked - sold) * Math.Log(1 - _chances[at][price]));
    }

    /// <summary>A curve as likely as it is believed: chance of a sale by price.</summary>
    /// <param name="random">Draws it.</param>
    /// <param name="sureness">What was seen counts so many times.</param>
    public IReadOnlyList<double> Draw(Random random, double sureness)
    {
        var (most, sum) = (_logs.Max(), 0.0);
        var weights = Array.ConvertAll(_logs, log => Math.Exp(sureness * (log - most)));
        var lot = random.NextDouble() * weights.Sum();
        for (var at = 0; at < weights.Length; at++)
        {
            sum += weights[at];
            if (lot < sum)
                return _chances[at];
        }

        return _chances[^1];
    }

    private static double Chance(double odds) => 1 / (1 + Math.Exp(-odds));
}
