namespace RevOps.Core.Pricing.Advice;

/// <summary>One past slot sold again at advised prices.</summary>
internal static class SlotReplay
{
    /// <summary>
    /// Day by day: advice from what would be booked by then, then the day's requests, refused ones included, answer as (advised / asked)^−elasticity, as
    /// far as there are places. Expected, without lots; who came to a full house uncounted stays uncounted. Minor units.
    /// </summary>
    public static double Earn(PastSlot slot, PriceRules rules, BookingCurve curve, int sales, double elasticity)
    {
        var (left, earned, price) = ((double)slot.Capacity, 0.0, rules.BaseMinor);
        var days = slot.Requests.ToLookup(request => request.LeadDays);
        for (var lead = slot.Requests.Count == 0 ? -1 : slot.Requests.Max(request => request.LeadDays); lead >= 0 && left > 0; lead--)
        {
            // Part of a place left is a place to sell.
            var state = new SlotState(price, slot.Capacity, slot.Capacity - (int)Math.Ceiling(left - 1e-9), curve.UsualLoad(lead), curve.RemainingDemand(lead), sales);
            price = PriceAdvice.Of(rules, state).AdvisedMinor ?? price;
            var wanted = days[lead].Sum(request => Math.Pow((double)price / request.PriceMinor, -elasticity));
            var sold = Math.Min(left, wanted);
            (left, earned) = (left - sold, earned + (sold * price));
        }

        return earned;
    }
}
