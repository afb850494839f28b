namespace RevOps.Core.Pricing.Yield;

/// <summary>
/// Learns what sells at which price while it sells, with a stock that ends: draws a demand curve from what is believed, solves the linear programme for it
/// and asks one of its prices by lot. Ferreira, Simchi-Levi and Wang (2018), Operations Research 66, algorithm 2 (stock per period worked out anew each period);
/// sells one or none per period, so belief is a beta law, flat at the start. A curve drawn never rises with the price: such draws are made to fall by pooling.
/// </summary>
public sealed class ThompsonPricing
{
    private readonly double[] _prices;
    private readonly int[] _sold, _asked;

    /// <param name="prices">Ascending.</param>
    /// <exception cref="ArgumentException">No price, one not above 0, or not ascending.</exception>
    public ThompsonPricing(IReadOnlyList<double> prices)
    {
        if (prices.Count == 0 || prices[0] <= 0 || prices.Zip(prices.Skip(1)).Any(pair => !(pair.First < pair.Second)))
            throw new ArgumentException("Prices are positive and ascend.", nameof(prices));
        (_prices, _sold, _asked) = ([.. prices], new int[prices.Count], new int[prices.Count]);
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
        var believed = new double[_prices.Length];
        for (var at = 0; at < believed.Length; at++)
            believed[at] = Lots.Beta(random, 1 + _sold[at], 1 + _asked[at] - _sold[at]);
        return PriceMixture.Of(_prices, Falling(believed), (double)stock / Positive.Whole(periods, nameof(periods))).Draw(random.NextDouble());
    }

    public void Learn(int price, bool sold)
    {
        _asked[price]++;
        if (sold)
            _sold[price]++;
    }

    /// <summary>The nearest curve that does not rise, each price weighed by what is known of it (pool adjacent violators).</summary>
    private double[] Falling(double[] drawn)
    {
        var (means, weights, sizes, blocks) = (new double[drawn.Length], new double[drawn.Length], new int[drawn.Length], 0);
        for (var at = 0; at < drawn.Length; at++)
        {
            (means[blocks], weights[blocks], sizes[blocks]) = (drawn[at], _asked[at] + 2, 1);
            for (blocks++; blocks > 1 && means[blocks - 2] < means[blocks - 1]; blocks--)
            {
                var (left, right) = (weights[blocks - 2], weights[blocks - 1]);
                means[blocks - 2] = ((left * means[blocks - 2]) + (right * means[blocks - 1])) / (left + right);
                (weights[blocks - 2], sizes[blocks - 2]) = (left + right, sizes[blocks - 2] + sizes[blocks - 1]);
            }
        }

        var into = 0;
        for (var block = 0; block < blocks; block++)
        {
            for (var left = sizes[block]; left > 0; left--)
                drawn[into++] = means[block];
        }

        return drawn;
    }
}
