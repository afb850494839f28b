using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Core.Pricing.Advising;

/// <summary>
/// What Thompson sampling with stock (<see cref="ThompsonPricing"/>) would ask of a slot, learnt from what each price sold: told beside the advice while that is
/// only looked at, and asked of nobody. A period is one slot on one of the days before it, which sold something at its own price or nothing.
/// </summary>
public sealed class SlotLearning
{
    private const int MostPrices = 5;

    // Long enough ago buyers were others; earlier days before a slot sell too seldom to teach.
    private const int MostSlots = 500;
    private const int Days = 14;

    private readonly ThompsonPricing? learner;
    private readonly long[] prices;
    private readonly int today;

    private SlotLearning(long[] prices, DateOnly today)
    {
        (this.prices, this.today) = (prices, today.DayNumber);
        learner = prices.Length == 0 ? null : new([.. prices.Select(price => (double)price)]);
    }

    /// <summary>Slots on days that each price was asked on, lowest price first.</summary>
    public IReadOnlyList<(long PriceMinor, int Asked)> Seen => learner is null ? [] : [.. prices.Zip(learner.Asked)];

    /// <param name="of">One service's slots.</param>
    public static SlotLearning Of(ServiceSlots of)
    {
        var (setting, learning) = (of.Setting, new SlotLearning([.. Grid(of.Setting.FloorMinor, of.Setting.CeilingMinor, of.Setting.StepMinor)], of.Today));
        if (learning.prices.Length == 0)
            return learning;
        var (sold, asked) = (new int[learning.prices.Length], new int[learning.prices.Length]);
        foreach (var (slot, past) in of.Over.Zip(of.Past).Reverse().Take(MostSlots))
        {
            var selling = past.Requests.Where(request => request is { Refused: false, IsApart: false }).Select(request => request.LeadDays).ToHashSet();

            // Once the last place had gone nobody could buy, whatever it cost.
            for (var lead = past.SoldOutOn ?? 0; lead < Days; lead++)
            {
                var price = of.PriceMinorAt(slot.SlotStart, of.Owner.StartOf(past.Day.AddDays(-lead)));
                if (price < setting.FloorMinor || price > setting.CeilingMinor)
                    continue;
                var nearest = learning.Nearest(price);
                asked[nearest]++;
                sold[nearest] += selling.Contains(lead) ? 1 : 0;
            }
        }

        for (var at = 0; at < asked.Length; at++)
            learning.learner!.Learn(at, sold[at], asked[at]);
        return learning;
    }

    /// <summary>The same slot on the same day has the same price.</summary>
    /// <param name="start">Of the slot.</param>
    /// <param name="left">Places.</param>
    /// <param name="leadDays">Days before the slot.</param>
    /// <param name="rules">Whose floor and ceiling hold.</param>
    /// <returns>Null where nothing is left, or learning would sell nothing that day.</returns>
    public long? PriceOf(DateTimeOffset start, int left, int leadDays, PriceRules rules)
    {
        var lot = new Random(unchecked((int)(start.UtcTicks / TimeSpan.TicksPerMinute) + (today * 7_919)));
        return learner?.Choose(lot, left, Math.Min(leadDays + 1, Days)) is { } chosen ? Math.Clamp(prices[chosen], rules.FloorMinor, rules.CeilingMinor) : null;
    }

    private int Nearest(long price) => Enumerable.Range(0, prices.Length).MinBy(at => Math.Abs(prices[at] - price));

    private static IEnumerable<long> Grid(long floor, long ceiling, long step) =>
        Enumerable.Range(0, MostPrices).Select(at => Math.Clamp((floor + ((ceiling - floor) * at / (MostPrices - 1)) + (step / 2)) / step * step, floor, ceiling)).Where(price => price > 0).Distinct().Order();
}
