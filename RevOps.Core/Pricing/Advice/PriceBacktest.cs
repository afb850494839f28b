using RevOps.Core.Forecasting;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Core.Pricing.Advice;

/// <summary>
/// What advice would have earned on slots that are over, against a fixed price: the list price of each day. Both are replayed from the requests that were
/// sold at the slot's own price, or refused; each slot was advised by what was known before its month; buyers answer by a measured elasticity.
/// </summary>
/// <param name="Slots">Replayed: those with sales enough before them.</param>
/// <param name="FixedMinor">Expected with the list price held.</param>
/// <param name="AdvisedMinor">Expected with advice.</param>
/// <param name="Low">Of the gain as a share of the fixed price's: 2.5 % of the replicates lie below.</param>
/// <param name="High">2.5 % lie above.</param>
public sealed record PriceBacktest(int Slots, double FixedMinor, double AdvisedMinor, double Low, double High)
{
    private const int Month = 30;

    // Replays at so many standard errors of the elasticity; between them it is a straight line.
    private static readonly double[] Nodes = [-2.5, -1.5, -0.75, 0, 0.75, 1.5, 2.5];

    /// <summary>As a share of what the fixed price earns.</summary>
    public double Gain => FixedMinor > 0 ? (AdvisedMinor / FixedMinor) - 1 : 0;

    /// <summary>
    /// The interval draws days again (slots of a day share their luck) and the elasticity from its error, so it is as wide as what is not known of buyers.
    /// </summary>
    /// <param name="slots">Of one service, in any order.</param>
    /// <param name="rules">As they would have been.</param>
    /// <param name="elasticity">Measured; null: there is no back-test.</param>
    /// <param name="replicates">How often days are drawn.</param>
    /// <param name="seed">The same seed, the same interval.</param>
    /// <returns>Null without an elasticity, or where no slot had 30 sales in the month before it, or none of those was sold at its own price.</returns>
    public static PriceBacktest? Of(IReadOnlyList<PastSlot> slots, PriceRules rules, Elasticity? elasticity, int replicates = 1_000, int seed = 1)
    {
        if (elasticity is null)
            return null;
        var replays = new List<(DateOnly Day, double[] Fixed, double[] Advised)>();
        foreach (var (slot, curve, sales) in Known(slots))
        {
            var replay = new SlotReplay(slot);
            double[] Earn(Func<double, double> at) => Array.ConvertAll(Nodes, node => at(Math.Max(0, elasticity.Value + (node * elasticity.Error))));
            replays.Add((slot.Day, Earn(replay.EarnHeld), Earn(at => replay.EarnAdvised(at, rules, curve, sales))));
        }

        var middle = Array.IndexOf(Nodes, 0);
        if (!(replays.Sum(one => one.Fixed[middle]) > 0))
            return null;
        var (random, days) = (new Random(seed), replays.GroupBy(one => one.Day).Select(day => (Fixed: Sum(day.Select(one => one.Fixed)), Advised: Sum(day.Select(one => one.Advised)))).ToArray());
        var gains = Enumerable.Range(0, replicates).Select(_ => Gained(days, random)).Order().ToArray();
        return new(replays.Count, replays.Sum(one => one.Fixed[middle]), replays.Sum(one => one.Advised[middle]), Statistics.Quantile(gains, 0.025), Statistics.Quantile(gains, 0.975));
    }

    /// <summary>Node by node.</summary>
    private static double[] Sum(IEnumerable<double[]> each) => each.Aggregate(new double[Nodes.Length], (sums, one) => [.. sums.Zip(one, (sum, next) => sum + next)]);

    private static double Gained((double[] Fixed, double[] Advised)[] days, Random random)
    {
        var z = Math.Clamp(Lots.Normal(random), Nodes[0], Nodes[^1]);
        var right = Math.Max(1, Array.FindIndex(Nodes, node => node >= z));
        var (share, held, advised) = ((z - Nodes[right - 1]) / (Nodes[right] - Nodes[right - 1]), 0.0, 0.0);
        for (var draw = 0; draw < days.Length; draw++)
        {
            var day = days[random.Next(days.Length)];
            held += ((1 - share) * day.Fixed[right - 1]) + (share * day.Fixed[right]);
            advised += ((1 - share) * day.Advised[right - 1]) + (share * day.Advised[right]);
        }

        return held > 0 ? (advised / held) - 1 : 0;
    }

    /// <summary>Slots with what was known on the first day of their month: nothing of themselves.</summary>
    private static IEnumerable<(PastSlot Slot, BookingCurve Curve, int Sales)> Known(IReadOnlyList<PastSlot> slots)
    {
        foreach (var month in slots.GroupBy(slot => new DateOnly(slot.Day.Year, slot.Day.Month, 1)).OrderBy(month => month.Key))
        {
            // Slots over by then, on sale or not: their requests all lie before.
            var before = slots.Where(slot => slot.Day < month.Key).ToList();
            var sales = before.Where(slot => slot.Day >= month.Key.AddDays(-Month)).Sum(slot => slot.Sales);
            if (sales < PriceAdvice.LeastSales)
                continue;
            var curves = new WeekCurves(before);
            foreach (var slot in month)
                yield return (slot, curves.On(slot.Day.DayOfWeek), sales);
        }
    }
}
