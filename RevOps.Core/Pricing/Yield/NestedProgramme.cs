namespace RevOps.Core.Pricing.Yield;

/// <summary>
/// The exact programme of nested classes, low fare first, independent demand: V_j(x) = E max over u ≤ min(D_j, x) of p_j·u + V_{j−1}(x − u).
/// V is concave, so a level per class is the best there is. Talluri and van Ryzin (2004), section 2.2.2, after Brumelle and McGill (1993). Work grows
/// with classes × capacity², which is nothing for slots.
/// </summary>
public static class NestedProgramme
{
    /// <param name="classes">Dearest first.</param>
    /// <param name="capacity">Places.</param>
    /// <param name="step">Places in a step of normal demand; 1 sells whole places, 0.1 comes near the continuous optimum.</param>
    /// <exception cref="ArgumentException">A fare is not positive, they rise, or there is no place.</exception>
    public static NestedPlan Solve(IReadOnlyList<FareClass> classes, int capacity, double step = 1)
    {
        var (levels, steps) = (new double[classes.Count - 1], Steps(classes, capacity, step));
        var values = Through(classes, steps, step, (at, values) =>
        {
            var kept = 0;
            while (kept < steps && values[kept + 1] - values[kept] > classes[at + 1].Fare * step)
                kept++;
            levels[at] = kept * step;
            return kept;
        });
        return new(values[steps], levels, values[steps] - values[Math.Max(0, steps - (int)Math.Round(1 / step))]);
    }

    /// <summary>What given levels earn on average, by the same recursion: exact, no simulation.</summary>
    /// <param name="classes">Dearest first.</param>
    /// <param name="capacity">Places.</param>
    /// <param name="levels">One less than classes; rounded to whole steps.</param>
    /// <param name="step">Places in a step of normal demand.</param>
    /// <exception cref="ArgumentException">A fare is not positive, they rise, there is no place or a level too few.</exception>
    public static double Value(IReadOnlyList<FareClass> classes, int capacity, IReadOnlyList<double> levels, double step = 1)
    {
        if (levels.Count != classes.Count - 1)
            throw new ArgumentException("One less than classes.", nameof(levels));
        var steps = Steps(classes, capacity, step);
        return Through(classes, steps, step, (at, _) => (int)Math.Round(Math.Clamp(levels[at], 0, capacity) / step))[steps];
    }

    private static int Steps(IReadOnlyList<FareClass> classes, int capacity, double step)
    {
        ProtectionLevels.Check(classes);
        return (int)Math.Round(Positive.Whole(capacity, nameof(capacity)) / Positive.Share(step, nameof(step)));
    }

    /// <summary>Value by steps left, all classes to come.</summary>
    private static double[] Through(IReadOnlyList<FareClass> classes, int steps, double step, Func<int, double[], int> kept)
    {
        var values = new double[steps + 1];
        for (var at = 0; at < classes.Count; at++)
        {
            var (protect, fare, chances) = (at == 0 ? 0 : kept(at - 1, values), classes[at].Fare * step, classes[at].Demand.Chances(steps + 2, step));
            var above = 1.0;
            var tails = Array.ConvertAll(chances, chance => above -= chance);
            var next = new double[steps + 1];
            for (var left = 0; left <= steps; left++)
            {
                var (open, sum) = (Math.Max(0, left - protect), 0.0);
                for (var sold = 0; sold < open; sold++)
                    sum += chances[sold] * ((fare * sold) + values[left - sold]);
                var rest = open == 0 ? 1 : tails[open - 1];
                next[left] = sum + (rest * ((fare * open) + values[left - open]));
            }

            values = next;
        }

        return values;
    }
}

/// <param name="Value">Expected revenue.</param>
/// <param name="Levels">Places kept for classes 1 to j, for j from 1 to one less than classes.</param>
/// <param name="BidPrice">What the last place is worth before anything is sold: a fare below it is turned away.</param>
public sealed record NestedPlan(double Value, IReadOnlyList<double> Levels, double BidPrice);
