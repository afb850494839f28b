namespace RevOps.Core.Pricing.Yield;

/// <summary>
/// One product, so many places, requests at the rate a·e^(−α·price) until the slot begins: the only demand whose best price has a closed form. Gallego
/// and van Ryzin (1994), section 2.3: J(n, t) = ln(Σ_{i ≤ n} (λ*t)^i / i!) / α with λ* = a/e, and the price is J(n, t) − J(n−1, t) + 1/α. The
/// quotients of that sum are Erlang's loss formula, whose recursion never overflows.
/// </summary>
/// <param name="Rate">a: requests per unit of time at price 0.</param>
/// <param name="Sensitivity">α: share of requests lost per unit of price; 1/α is the best price where places do not run out.</param>
public sealed record GallegoVanRyzin(double Rate, double Sensitivity)
{
    /// <summary>Expected revenue of the best prices.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names what is out of its range.</exception>
    public double Value(int stock, double time)
    {
        var sum = 0.0;
        var loss = 1.0;
        for (var left = 1; left <= stock; left++)
            sum += Math.Log(1 + Odds(left, Expected(time), ref loss));
        return sum / Sensitivity;
    }

    /// <summary>With so many places and so much time left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names what is out of its range.</exception>
    public double Price(int stock, double time) => (1 + Scarcity(Positive.Whole(stock, nameof(stock)), Expected(time))) / Sensitivity;

    /// <summary>Prices while nothing is sold, from now to the end in equal parts: they fall to 1/α.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names what is out of its range.</exception>
    public IReadOnlyList<(double TimeLeft, double Price)> Path(int stock, double time, int parts) =>
        [.. Enumerable.Range(0, Positive.Whole(parts, nameof(parts)) + 1).Select(at => time * (parts - at) / parts).Select(left => (left, Price(stock, left)))];

    /// <summary>
    /// By what share the price of the last of so many places lies above the best price with room for all, where so many are expected to ask at that
    /// price: −ln(1 − B), B Erlang's loss.
    /// </summary>
    /// <param name="places">Left, 1 or more.</param>
    /// <param name="expected">Requests to come at the best price with room for all, 0 or more.</param>
    public static double Scarcity(int places, double expected)
    {
        var (odds, loss) = (0.0, 1.0);
        for (var left = 1; left <= places; left++)
            odds = Odds(left, expected, ref loss);
        return Math.Log(1 + odds);
    }

    private static double Odds(int places, double expected, ref double loss)
    {
        var odds = expected * loss / places;
        loss = odds / (1 + odds);
        return odds;
    }

    private double Expected(double time) =>
        Positive.Only(Rate, "rate") * Positive.OrZero(time, nameof(time)) / (Math.E * (Sensitivity > 0 ? 1 : Positive.Only(Sensitivity, "sensitivity")));
}
