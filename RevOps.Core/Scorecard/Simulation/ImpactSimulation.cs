namespace RevOps.Core.Scorecard.Simulation;

/// <summary>Ten thousand draws of what is not known exactly. The same inputs and seed give the same numbers, on every machine.</summary>
public static class ImpactSimulation
{
    public const int Draws = 10_000;
    /// <summary>Ten years: what takes longer, or never comes, is told as this.</summary>
    public const double Never = 3_650;

    public static SimulationResult Of(SimulationInputs inputs, Levers levers, ulong seed)
    {
        var lots = new Lots(seed);
        var drawn = new Projection[Draws];
        for (var i = 0; i < Draws; i++)
        {
            var place = 0;
            drawn[i] = Projection.Of(inputs, levers, spread => lots.Of(place++, i) is var share && spread.IsExact ? spread.Low : spread.At(share));
        }

        var payback = PaybackRangeOf(drawn);
        return new()
        {
            CashReleased = Range.Of(drawn, one => one.CashReleased),
            CashKept = Range.Of(drawn, one => one.CashKept),
            CashWorth = Range.Of(drawn, one => one.CashWorth),
            DsoAfter = Range.Of(drawn, one => one.DsoAfter),
            ErrorsAvoided = Range.Of(drawn, one => one.ErrorsAvoided),
            ErrorWorth = Range.Of(drawn, one => one.ErrorWorth),
            AttributionMargin = Range.Of(drawn, one => one.AttributionMargin),
            FeedbackMargin = Range.Of(drawn, one => one.FeedbackMargin),
            SpendSaved = Range.Of(drawn, one => one.SpendSaved),
            BudgetMargin = Range.Of(drawn, one => one.BudgetMargin),
            ConversionsRecovered = Range.Of(drawn, one => one.ConversionsRecovered),
            ObservedGrowth = Range.Of(drawn, one => one.ObservedGrowth),
            PricingMargin = Range.Of(drawn, one => one.PricingMargin),
            ForecastWorth = Range.Of(drawn, one => one.ForecastWorth),
            Gain = Range.Of(drawn, one => one.Gain),
            Cost = Range.Of(drawn, one => one.Cost),
            GainExceedsCost = (double)drawn.Count(one => one.Gain > one.Cost) / Draws,
            PaybackDays = payback is null ? 0 : payback.Value.Middle >= Never ? null : payback.Value.Middle,
            Payback = payback,
            BreakEvenRoas = inputs.Margin.Mode > 0 ? 1 / inputs.Margin.Mode : null,
            Tornado = TornadoOf(inputs, levers),
        };
    }

    /// <summary>Each draw's own payback; one that never pays counts as <see cref="Never"/>.</summary>
    private static PaybackRange? PaybackRangeOf(Projection[] drawn)
    {
        if (drawn.All(one => one.Cost <= 0))
            return null;
        var days = Array.ConvertAll(drawn, one => Math.Min(Never, one.PaybackDays ?? Never));
        Array.Sort(days);
        double At(double share) => days[(int)Math.Ceiling(share * Draws) - 1];
        return new(At(0.025), At(0.5), At(0.975));
    }

    /// <summary>What each input alone does to the gain less the cost, from its P10 to its P90, everything else at its likeliest; the strongest first.</summary>
    private static IReadOnlyList<TornadoBar> TornadoOf(SimulationInputs inputs, Levers levers) =>
    [
        .. inputs.All.Where(input => !input.Value.IsExact)
            .Select(input => new TornadoBar(input.Name, NetOf(inputs, levers, input.Name, 0.1), NetOf(inputs, levers, input.Name, 0.9)))
            .Where(bar => bar.Low != bar.High)
            .OrderByDescending(bar => Math.Abs(bar.High - bar.Low)).ThenBy(bar => bar.Input, StringComparer.Ordinal),
    ];

    private static double NetOf(SimulationInputs inputs, Levers levers, string name, double share)
    {
        var moved = inputs.All.Single(input => input.Name == name).Value.At(share);
        var one = Projection.Of(inputs.With(name, Spread.Exactly(moved)), levers, spread => spread.Mode);
        return one.Gain - one.Cost;
    }

    /// <summary>
    /// Latin hypercube (McKay, Beckman and Conover 1979): each input is drawn once from each of ten thousand equal parts of its distribution, in an
    /// order of its own. So quantiles hardly depend on the seed, and giving one input a range leaves the lots of the others as they were.
    /// </summary>
    private sealed class Lots(ulong seed)
    {
        private readonly List<double[]> byPlace = [];

        /// <summary>From 0 to below 1.</summary>
        /// <param name="place">Of the input, in the order in which inputs are asked for.</param>
        /// <param name="draw">From 0 on.</param>
        public double Of(int place, int draw)
        {
            while (byPlace.Count <= place)
                byPlace.Add(Dealt(new SplitMix(seed + ((ulong)byPlace.Count << 32))));
            return byPlace[place][draw];
        }

        private static double[] Dealt(SplitMix random)
        {
            var dealt = new double[Draws];
            for (var part = 0; part < Draws; part++)
            {
                // Each part takes the place of an earlier one, which moves up (Fisher and Yates).
                var at = (int)(random.Next() * (part + 1));
                dealt[part] = dealt[at];
                dealt[at] = (part + random.Next()) / Draws;
            }

            return dealt;
        }
    }

    /// <summary>Steele, Lea and Flood (2014): the same numbers whatever the runtime's own generator becomes.</summary>
    private sealed class SplitMix(ulong seed)
    {
        private ulong state = seed;

        /// <summary>From 0 to below 1.</summary>
        public double Next()
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
