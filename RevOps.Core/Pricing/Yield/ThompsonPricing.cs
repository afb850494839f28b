namespace RevOps.Core.Pricing.Yield;

/// <summary>
/// Learns what sells at which price while it sells, with a stock that ends: draws a demand curve from what is believed, solves the linear programme for it
/// and asks one of its prices by lot. Ferreira, Simchi-Levi and Wang (2018), Operations Research 66, algorithm 2 (stock per period worked out anew each period);
/// sells one or none per period. Belief at a price is a beta law that begins at a drawn falling curve, worth <see cref="CurveWeight"/> periods there: what is
/// seen at the price itself outweighs the curve's shape in the end, and before that neighbours teach.
/// </summary>
public sealed class ThompsonPricing
{
    // Both tried on 80 curves, logistic, linear, exponential and stepped. The weight: 10 learns slowly, 150 believes in the shape too long.
    private const double CurveWeight = 40;

    // Belief counts as so many times as sure as it is when drawn from: over some hundred periods plain draws go on trying for longer than it pays.
    private const double Sureness = 4;

    private readonly double[] _prices;
    private readonly CurveBelief _curve;
    private readonly int[] _sold, _asked;

    /// <param name="prices">Ascending.</param>
    /// <exception cref="ArgumentException">No price, one not above 0, or not ascending.</exception>
    public ThompsonPricing(IReadOnlyList<double> prices)
    {
        if (prices.Count == 0 || prices[0] <= 0 || prices.Zip(prices.Skip(1)).Any(pair => !(pair.First < pair.Second)))
            throw new ArgumentException("Prices are positive and ascend.", nameof(prices));
        (_prices, _curve, _sold, _asked) = ([.. prices], new([.. prices]), new int[prices.Count], new int[prices.Count]);
    }

    /// <summary>Periods in which each price was asked.</summary>
    public IReadOnlyList<int> Asked => _asked;

    /// <summary>Index of the price to ask now; null: closed for this period.</summary>
    /// <param name="random">Draws the belief and the lot.</param>
    /// <param name="stock">Left.</param>
    /// <param name="periods">Left, this one included.</param>
    public int? Choose(Random random, int stock, int periods)
    {
        if (stock <= 0)
            return null;
        var (believed, curve) = (new double[_prices.Length], _curve.Draw(random, Sureness));
        for (var at = 0; at < believed.Length; at++)
            believed[at] = Lots.Beta(random, Sureness * ((CurveWeight * curve[at]) + _sold[at]), Sureness * ((CurveWeight * (1 - curve[at])) + _asked[at] - _sold[at]));
        return PriceMixture.Of(_prices, believed, (double)stock / Positive.Whole(periods, nameof(periods))).Draw(random.NextDouble());
    }

    public void Learn(int price, bool sold) => Learn(price, sold ? 1 : 0, 1);

    /// <param name="price">Index of the price.</param>
    /// <param name="sold">Periods that sold.</param>
    /// <param name="asked">Periods in which it was asked, no fewer.</param>
    public void Learn(int price, int sold, int asked)
    {
        (_sold[price], _asked[price]) = (_sold[price] + sold, _asked[price] + asked);
        _curve.Learn(price, sold, asked);
    }
}
