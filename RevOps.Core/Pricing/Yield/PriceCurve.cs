namespace RevOps.Core.Pricing.Yield;

/// <summary>How many ask per unit of time, by price. Its kinds are those of Talluri and van Ryzin (2004), section 7.3.3.</summary>
/// <param name="UnitCost">What one more sold costs, 0 or more.</param>
public abstract record PriceCurve(double UnitCost)
{
    /// <summary>Where (price − cost) × demand is greatest with room for all.</summary>
    public abstract double BestPrice { get; }

    public abstract double DemandAt(double price);

    /// <summary>The price at which so many ask; below 0 where not even a gift would bring as many.</summary>
    public abstract double PriceOf(double demand);

    /// <summary>
    /// The best price in a world without chance: the best one with room for all or, where that runs out, the run-out price at which the last place goes as
    /// time ends. What it earns is a bound that no policy under chance beats. Gallego and van Ryzin (1994), section 3.1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Names what is out of its range.</exception>
    public FixedPrice RunOut(double stock, double time)
    {
        var end = PriceOf(Positive.Only(stock, nameof(stock)) / Positive.Only(time, nameof(time)));
        var price = Math.Max(BestPrice, end);
        var sold = Math.Min(stock, DemandAt(price) * time);
        return new(price, end, sold, (price - UnitCost) * sold);
    }
}

/// <param name="Price">To ask.</param>
/// <param name="RunOut">At which demand just meets the stock.</param>
/// <param name="Sold">Until time ends.</param>
/// <param name="Value">Earned above cost.</param>
public sealed record FixedPrice(double Price, double RunOut, double Sold, double Value);

/// <param name="Rate">a in a·e^(−α·price).</param>
/// <param name="Sensitivity">α.</param>
/// <param name="UnitCost">Of one.</param>
public sealed record ExponentialCurve(double Rate, double Sensitivity, double UnitCost = 0) : PriceCurve(UnitCost)
{
    public override double BestPrice => UnitCost + (1 / Sensitivity);

    public override double DemandAt(double price) => Rate * Math.Exp(-Sensitivity * price);

    public override double PriceOf(double demand) => Math.Log(Rate / demand) / Sensitivity;
}

/// <param name="Rate">a in a − b·price, nobody where that is below 0.</param>
/// <param name="Sensitivity">b.</param>
/// <param name="UnitCost">Of one.</param>
public sealed record LinearCurve(double Rate, double Sensitivity, double UnitCost = 0) : PriceCurve(UnitCost)
{
    public override double BestPrice => ((Rate / Sensitivity) + UnitCost) / 2;

    public override double DemandAt(double price) => Math.Max(0, Rate - (Sensitivity * price));

    public override double PriceOf(double demand) => (Rate - demand) / Sensitivity;
}

/// <summary>Each of a market buys or leaves it, with odds e^(a − b·price). The best price by Lambert's W: cost + (1 + W(e^(a − b·cost − 1))) / b.</summary>
/// <param name="Market">How many look per unit of time.</param>
/// <param name="Intercept">a.</param>
/// <param name="Sensitivity">b.</param>
/// <param name="UnitCost">Of one.</param>
public sealed record LogitCurve(double Market, double Intercept, double Sensitivity, double UnitCost = 0) : PriceCurve(UnitCost)
{
    public override double BestPrice => UnitCost + ((1 + LambertW.OfExp(Intercept - (Sensitivity * UnitCost) - 1)) / Sensitivity);

    public override double DemandAt(double price) => Market / (1 + Math.Exp((Sensitivity * price) - Intercept));

    public override double PriceOf(double demand) => demand >= Market ? double.NegativeInfinity : (Intercept - Math.Log(demand / (Market - demand))) / Sensitivity;
}
