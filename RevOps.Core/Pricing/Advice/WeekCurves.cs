namespace RevOps.Core.Pricing.Advice;

/// <summary>How a service's slots fill, weekday by weekday: Tuesdays are compared with Tuesdays once enough of them are over, until then with all. Each is worked out when it is asked for first.</summary>
/// <param name="slots">Of one service, over, with places.</param>
public sealed class WeekCurves(IReadOnlyList<PastSlot> slots)
{
    private readonly Dictionary<DayOfWeek, BookingCurve> days = [];
    private BookingCurve? all;

    public BookingCurve All => all ??= BookingCurve.Of(slots);

    /// <summary>Of the weekday, from <see cref="PriceAdvice.LeastPastSlots"/> slots on; else of all.</summary>
    public BookingCurve On(DayOfWeek day)
    {
        if (days.TryGetValue(day, out var known))
            return known;
        var own = slots.Where(slot => slot.Day.DayOfWeek == day).ToList();
        return days[day] = own.Count < PriceAdvice.LeastPastSlots ? All : BookingCurve.Of(own);
    }
}
