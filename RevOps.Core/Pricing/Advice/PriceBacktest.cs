using RevOps.Core.Forecasting;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Core.Pricing.Advice;

/// <summary>What advice would have earned on slots that are over. Each was advised by what was known before its day; buyers answer by a measured elasticity.</summary>
/// <param name="Slots">Replayed: those with sales enough before them.</param>
/// <param name="EarnedMinor">By them, as it was.</param>
/// <param name="AdvisedMinor">Expected with advice.</param>
/// <param name="Low">Of the gain as a share of what was earned: 2.5 % of the replicates lie below.</param>
/// <param name="High">2.5 % lie above.</param>
public sealed record PriceBacktest(int Slots, long EarnedMinor, double AdvisedMinor, double Low, double High)
{
    private const int Month = 30;

    // Replays at so many standard errors of the elasticity; between them it is a straight line.
    private static readonly double[] Nodes = [-2.5, -1.5, -0.75, 0, 0.75, 1.5, 2.5];

    /// <summary>As a share of what was earned.</summary>
    public double Gain => EarnedMinor == 0 ? 0 : (AdvisedMinor / EarnedMinor) - 1;

    /// <summary>
    /// The interval draws days again (slots of a day share their luck) and the elasticity from its error, so it is as wide as what is not known of buyers.
    /// </summary>
    /// <param name="slots">Of one service, in any order.</param>
    /// <param name="rules">As they would have been.</param>
    /// <param name="elasticity">Measured; null: there is no back-test.</param>
    /// <param name="replicates">How often days are drawn.</param>
    /// <param name="seed">The same seed, the same interval.</param>
    /// <returns>Null without an elasticity, or where no slot had 30 sales in the month before it.</returns>
    public static PriceBacktest? Of(IReadOnlyList<PastSlot> slots, PriceRules rules, Elasticity? elasticity, int replicates = 1_000, int seed = 1)
    {
        if (elasticity is null)
            return null;
        var replays = new List<(DateOnly Day, long Earned, double[] Advised)>();
        foreach (var (slot, curve, sales) in Known(slots))
        {
            var earned = slot.Requests.Where(request => !request.Refused).Sum(request => request.PriceMinor);
            replays.Add((slot.Day, earned, Array.ConvertAll(Nodes, node => SlotReplay.Earn(slot, rules, curve, sales, Math.Max(0, elasticity.Value + (node * elasticity.Error))))));
        }

        if (replays.Count == 0)
            return null;
        var middle = Array.IndexOf(Nodes, 0);
        var (random, days) = (new Random(seed), replays.GroupBy(one => one.Day).Select(day => (Earned: day.Sum(one => one.Earned), Advised: Nodes.Select((_, at) => day.Sum(one => one.Advised[at])).ToArray())).ToArray());
        var gains = Enumerable.Range(0, replicates).Select(_ => Gained(days, random)).Order().ToArray();
        return new(replays.Count, replays.Sum(one => one.Earned), replays.Sum(one => one.Advised[middle]), Statistics.Quantile(gains, 0.025), Statistics.Quantile(gains, 0.975));
    }

    private static double Gained((long Earned, double[] Advised)[] days, Random random)
    {
        var z = Math.Clamp(Lots.Normal(random), Nodes[0], Nodes[^1]);
        var right = Math.Max(1, Array.FindIndex(Nodes, node => node >= z));
        var (share, earned, advised) = ((z - Nodes[right - 1]) / (Nodes[right] - Nodes[right - 1]), 0.0, 0.0);
        for (var draw = 0; draw < days.Length; draw++)
        {
            var day = days[random.Next(days.Length)];
            earned += day.Earned;
            advised += ((1 - share) * day.Advised[right - 1]) + (share * day.Advised[right]);
        }

        return earned > 0 ? (advised / earned) - 1 : 0;
    }

    /// <summary>Slots with what was known on the first day of their month: nothing of themselves.</summary>
    private static IEnumerable<(PastSlot Slot, BookingCurve Curve, int Sales)> Known(IReadOnlyList<PastSlot> slots)
    {
        foreach (var month in slots.GroupBy(slot => new DateOnly(slot.Day.Year, slot.Day.Month, 1)).OrderBy(month => month.Key))
        {
            // Slots over by then, on sale or not: their requests all lie before.
            var before = slots.Where(slot => slot.Day < month.Key).ToList();
            var sales = before.Where(slot => slot.Day >= month.Key.AddDays(-Month)).Sum(slot => slot.Sold);
            if (sales < PriceAdvice.LeastSales)
                continue;
            var curve = BookingCurve.Of(before);
            foreach (var slot in month)
                yield return (slot, curve, sales);
        }
    }
}
