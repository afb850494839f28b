namespace RevOps.Core.Pricing.Yield;

/// <summary>How many to book where some do not come.</summary>
/// <param name="Limit">Bookings to take, at least the capacity.</param>
/// <param name="Denied">Expected number turned away at the door when the limit is reached.</param>
/// <param name="Empty">Expected places left empty then.</param>
/// <param name="Cost">Of both, in the unit of the costs.</param>
public sealed record Overbooking(int Limit, double Denied, double Empty, double Cost)
{
    // A show chance near 0 has no limit that means anything.
    private const int MostTimes = 1_000;

    /// <summary>
    /// Bookings come independently of one another (binomial shows). One booking more is taken while, if it comes, an empty place is filled more often than
    /// somebody is denied, each weighed by its cost: up to the least x with P(shows of x ≥ capacity) ≥ empty / (empty + denied). Beckmann (1958),
    /// Thompson (1961); Talluri and van Ryzin (2004), section 4.2.
    /// </summary>
    /// <param name="capacity">Places.</param>
    /// <param name="showChance">That one who booked comes, more than 0 and at most 1.</param>
    /// <param name="costDenied">Of turning one away who came.</param>
    /// <param name="costEmpty">Of a place nobody sits in.</param>
    /// <exception cref="ArgumentOutOfRangeException">Names what is out of its range.</exception>
    public static Overbooking Of(int capacity, double showChance, double costDenied, double costEmpty)
    {
        _ = Positive.Whole(capacity, nameof(capacity));
        var come = Positive.Share(showChance, nameof(showChance));
        var bound = Positive.OrZero(costEmpty, nameof(costEmpty)) / (costEmpty + Positive.Only(costDenied, nameof(costDenied)));

        // P(x shows ≥ capacity) grows by the chance that the new one meets capacity − 1 others.
        var (limit, full, stay) = (capacity, Math.Exp(capacity * Math.Log(come)), Math.Log(1 - come));
        var almost = Math.Log(capacity) + ((capacity - 1) * Math.Log(come)) + stay;
        var over = 0.0;
        while (full < bound && come < 1 && limit < (long)capacity * MostTimes)
        {
            // Denied grows by one whenever the new one comes to a full house.
            over += come * full;
            full += come * Math.Exp(almost);
            almost += Math.Log((limit + 1.0) / (limit + 2 - capacity)) + stay;
            limit++;
        }

        var empty = capacity - (limit * come) + over;
        return new(limit, over, empty, (costDenied * over) + (costEmpty * empty));
    }
}
