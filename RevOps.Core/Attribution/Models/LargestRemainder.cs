namespace RevOps.Core.Attribution.Models;

/// <summary>Rounds credit to minor units so that it still adds up: what rounding down leaves goes to the largest remainders, of equal ones to the first.</summary>
public static class LargestRemainder
{
    /// <summary>
    /// Splits an amount in proportion to the weights, exactly. <see cref="Platform.Money.Split"/> does so for parts that cannot be negative;
    /// a Shapley value can.
    /// </summary>
    /// <param name="minor">Below 0 for a refund.</param>
    /// <param name="weights">Their sum is not 0.</param>
    public static long[] Split(long minor, IReadOnlyList<double> weights)
    {
        var sum = weights.Sum();
        if (sum == 0 || !double.IsFinite(sum))
            throw new ArgumentException("Weights that add up to nothing share nothing.", nameof(weights));

        var exact = weights.Select(weight => (decimal)minor * (decimal)(weight / sum)).ToArray();
        var parts = exact.Select(part => (long)decimal.Floor(part)).ToArray();
        var left = minor - parts.Sum();
        var order = Enumerable.Range(0, parts.Length).OrderByDescending(at => exact[at] - parts[at]).ThenBy(at => at).ToArray();

        // Shares that fail to add up to one by their last digit can leave a unit more than there are parts, or one too few.
        for (var turn = 0; left > 0; turn++, left--)
            parts[order[turn % order.Length]]++;
        for (var turn = order.Length - 1; left < 0; turn = turn > 0 ? turn - 1 : order.Length - 1, left++)
            parts[order[turn]]--;
        return parts;
    }
}
