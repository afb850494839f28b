namespace RevOps.Core.Pricing.Yield;

/// <param name="Fare">More than 0, in any one unit of money.</param>
/// <param name="Demand">Who would pay it, independent of the other classes.</param>
public sealed record FareClass(double Fare, Demand Demand);

/// <summary>
/// How many places to keep for dearer classes while a cheaper one is sold: level j belongs to the classes 1 to j together (nested). Low fares
/// come first. Levels of normal demand are not whole; whoever sells rounds them.
/// </summary>
public static class ProtectionLevels
{
    /// <summary>
    /// Littlewood (1972): a place is kept for the high fare while its chance to be sold there is worth more than the low fare. Exact for two
    /// classes. Talluri and van Ryzin (2004), section 2.2.1.
    /// </summary>
    /// <exception cref="ArgumentException">A fare is not positive or the low one is above the high one.</exception>
    public static double Littlewood(FareClass high, double lowFare) => EmsrB([high, new(lowFare, new PoissonDemand(0))])[0];

    /// <summary>
    /// Belobaba (1987), expected marginal seat revenue, version a: Littlewood's level of each dearer class against the next one, added up. Where
    /// classes have near fares it keeps too much or too little, since it forgets that one's places serve the other. Talluri and van Ryzin (2004), section 2.2.4.1.
    /// </summary>
    /// <param name="classes">Dearest first.</param>
    /// <exception cref="ArgumentException">A fare is not positive or they rise.</exception>
    public static double[] EmsrA(IReadOnlyList<FareClass> classes) =>
        Nested(classes, (above, fare) => above.Sum(one => one.Demand.Quantile(1 - (fare / one.Fare))));

    /// <summary>
    /// Belobaba (1992), version b: the dearer classes count as one, at their mean fare weighted by demand. Talluri and van Ryzin (2004), section 2.2.4.2.
    /// </summary>
    /// <param name="classes">Dearest first.</param>
    /// <exception cref="ArgumentException">A fare is not positive or they rise.</exception>
    public static double[] EmsrB(IReadOnlyList<FareClass> classes) => Nested(classes, (above, fare) =>
    {
        var demand = Demand.Sum([.. above.Select(one => one.Demand)]);
        return demand.Mean <= 0 ? 0 : demand.Quantile(1 - (fare / (above.Sum(one => one.Fare * one.Demand.Mean) / demand.Mean)));
    });

    internal static void Check(IReadOnlyList<FareClass> classes)
    {
        if (classes.Count == 0)
            throw new ArgumentException("One fare at least.", nameof(classes));
        for (var at = 0; at < classes.Count; at++)
        {
            if (!double.IsFinite(classes[at].Fare) || classes[at].Fare <= 0 || (at > 0 && classes[at].Fare > classes[at - 1].Fare))
                throw new ArgumentException("Fares are positive and stand dearest first.", nameof(classes));
        }
    }

    private static double[] Nested(IReadOnlyList<FareClass> classes, Func<IReadOnlyList<FareClass>, double, double> level)
    {
        Check(classes);
        var levels = new double[classes.Count - 1];
        for (var at = 0; at < levels.Length; at++)
        {
            // What is kept for a class is kept for it and those above: a level never falls.
            var own = level([.. classes.Take(at + 1)], classes[at + 1].Fare);
            levels[at] = at == 0 ? own : Math.Max(own, levels[at - 1]);
        }

        return levels;
    }
}
