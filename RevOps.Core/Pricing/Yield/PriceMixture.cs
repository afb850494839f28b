namespace RevOps.Core.Pricing.Yield;

/// <summary>
/// The linear programme over a list of prices with one resource: the shares of time at each price that earn most while expected sales stay within the
/// stock. Two constraints (time and stock), so a corner of it has two prices at most, one of which may be "closed": all corners are tried, which is exact.
/// </summary>
/// <param name="First">Index of a price.</param>
/// <param name="FirstShare">Of time, 0 to 1.</param>
/// <param name="Second">Index of the other price; the same as the first where one is enough.</param>
/// <param name="SecondShare">Of time; what both leave is closed.</param>
/// <param name="Value">Expected revenue per period.</param>
public sealed record PriceMixture(int First, double FirstShare, int Second, double SecondShare, double Value)
{
    /// <param name="prices">In any one unit.</param>
    /// <param name="demands">Expected sales per period at each.</param>
    /// <param name="stock">Per period left, 0 or more.</param>
    /// <exception cref="ArgumentException">No price, or not as many demands.</exception>
    public static PriceMixture Of(IReadOnlyList<double> prices, IReadOnlyList<double> demands, double stock)
    {
        if (prices.Count == 0 || prices.Count != demands.Count)
            throw new ArgumentException("One price at least, and a demand for each.", nameof(demands));
        var best = new PriceMixture(0, 0, 0, 0, 0);
        for (var low = 0; low < prices.Count; low++)
        {
            // Alone: all the time, or closed when the stock would be gone.
            var share = demands[low] <= stock ? 1 : stock / demands[low];
            best = Better(best, new(low, share, low, 0, share * prices[low] * demands[low]));
            for (var high = 0; high < prices.Count; high++)
            {
                // Together they use the stock up, one below it and one above.
                if (!(demands[low] < stock && stock < demands[high]))
                    continue;
                var much = (stock - demands[low]) / (demands[high] - demands[low]);
                best = Better(best, new(low, 1 - much, high, much, ((1 - much) * prices[low] * demands[low]) + (much * prices[high] * demands[high])));
            }
        }

        return best;
    }

    /// <summary>Index of the price to ask by a lot between 0 and 1; null: closed.</summary>
    public int? Draw(double lot) => lot < FirstShare ? First : lot < FirstShare + SecondShare ? Second : null;

    private static PriceMixture Better(PriceMixture best, PriceMixture other) => other.Value > best.Value ? other : best;
}
