namespace RevOps.Core.Pricing.Advice;

/// <summary>
/// One past slot sold again, day by day, at advised prices or at a list price that is held: the day's requests, refused ones included, answer as
/// (price / asked)^−elasticity, as far as there are places. Sales apart from the slot's price take their places and earn nothing here. Expected, without
/// lots; who came to a full house uncounted stays uncounted.
/// </summary>
internal sealed class SlotReplay
{
    private readonly DateOnly on;
    private readonly int capacity;
    private readonly Day?[] days;

    /// <param name="slot">That is over.</param>
    public SlotReplay(PastSlot slot)
    {
        (on, capacity, days) = (slot.Day, slot.Capacity, new Day?[slot.Requests.Select(request => request.LeadDays + 1).DefaultIfEmpty(0).Max()]);
        foreach (var day in slot.Requests.GroupBy(request => request.LeadDays))
            days[day.Key] = new(day.First().ListMinor, day.Where(request => request.IsApart).Sum(request => request.Places), [.. day.Where(request => !request.IsApart)]);
    }

    /// <summary>Minor units, with the list price of each day.</summary>
    public double EarnHeld(double elasticity) => Earn(elasticity, null, null, 0);

    /// <summary>Minor units, advised each day from what would be booked by then.</summary>
    /// <param name="elasticity">Of requests.</param>
    /// <param name="rules">As they would have been; floor and ceiling lie as far from the list price of then as from this base.</param>
    /// <param name="curve">Known before.</param>
    /// <param name="sales">In the month before.</param>
    public double EarnAdvised(double elasticity, PriceRules rules, BookingCurve curve, int sales) => Earn(elasticity, rules, curve, sales);

    private double Earn(double elasticity, PriceRules? rules, BookingCurve? curve, int sales)
    {
        var (left, earned, price, list, then) = ((double)capacity, 0.0, 0L, 0L, rules);
        for (var lead = days.Length - 1; lead >= 0 && left > 0; lead--)
        {
            var day = days[lead];
            if (day is not null && day.ListMinor != list)
            {
                // A list price that was changed meanwhile takes the slot's along: that is no gain of advice.
                (price, list) = (list == 0 ? day.ListMinor : Math.Max(1, Scaled(price, day.ListMinor, list)), day.ListMinor);
                then = rules is null ? null : Scaled(rules, list);
            }

            // Part of a place left is a place to sell.
            if (then is not null)
                price = PriceAdvice.Of(then.On(on, lead), new(price, capacity, capacity - (int)Math.Ceiling(left - 1e-9), curve!.UsualLoad(lead), curve.RemainingDemand(lead), sales), tells: false).AdvisedMinor ?? price;
            if (day is null)
                continue;
            left -= Math.Min(left, day.Apart);
            var sold = Math.Min(left, Wanted(day.Own, price, elasticity));
            (left, earned) = (left - sold, earned + (sold * price));
        }

        return earned;
    }

    private static double Wanted(PastRequest[] requests, long price, double elasticity)
    {
        var wanted = 0.0;
        foreach (var request in requests)
            wanted += request.Places * (price == request.PriceMinor ? 1 : Math.Pow((double)price / request.PriceMinor, -elasticity));
        return wanted;
    }

    private static PriceRules Scaled(PriceRules rules, long list) => rules with
    {
        BaseMinor = list,
        FloorMinor = Scaled(rules.FloorMinor, list, rules.BaseMinor),
        CeilingMinor = Scaled(rules.CeilingMinor, list, rules.BaseMinor),
        Bounds = rules.Bounds.Count == 0 ? [] : [.. rules.Bounds.Select(bound => bound with { FloorMinor = Scaled(bound.FloorMinor, list, rules.BaseMinor), CeilingMinor = Scaled(bound.CeilingMinor, list, rules.BaseMinor) })],
    };

    private static long Scaled(long minor, long by, long of) => by == of ? minor : (long)Math.Round(minor * (double)by / of, MidpointRounding.AwayFromZero);

    /// <param name="ListMinor">In force that day.</param>
    /// <param name="Apart">Places.</param>
    /// <param name="Own">At the slot's price, or refused.</param>
    private sealed record Day(long ListMinor, int Apart, PastRequest[] Own);
}
