namespace RevOps.Core.Pricing.Advice;

/// <summary>What a floor and a ceiling hold for, the most specific first. Stored: append only.</summary>
public enum BoundKind
{
    /// <summary>Days of slots, each as yyyymmdd.</summary>
    Dates = 0,

    /// <summary>Days before the slot, from 0 on.</summary>
    Lead = 1,

    /// <summary>Months, 1 to 12; over the year's end where the first is the later.</summary>
    Months = 2,

    /// <summary>Days of the week, 1 (Monday) to 7; over the week's end where the first is the later.</summary>
    Weekdays = 3,
}

/// <summary>A floor and a ceiling of their own for some slots, in place of the service's.</summary>
/// <param name="Kind">What of a slot is asked.</param>
/// <param name="From">First of them.</param>
/// <param name="To">Last of them.</param>
/// <param name="FloorMinor">Minor units, as the service's own.</param>
/// <param name="CeilingMinor">No less than the floor.</param>
public sealed record PriceBound(BoundKind Kind, int From, int To, long FloorMinor, long CeilingMinor)
{
    private const int ToNextMonth = 100;

    /// <param name="day">Of the slot, in the company's zone.</param>
    /// <param name="leadDays">Days before it.</param>
    public bool Holds(DateOnly day, int leadDays)
    {
        var asked = Kind switch
        {
            BoundKind.Dates => Number(day),
            BoundKind.Lead => leadDays,
            BoundKind.Months => day.Month,
            _ => day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek,
        };
        return From <= To ? asked >= From && asked <= To : asked >= From || asked <= To;
    }

    /// <summary>As <see cref="BoundKind.Dates"/> writes a day.</summary>
    public static int Number(DateOnly day) => (((day.Year * ToNextMonth) + day.Month) * ToNextMonth) + day.Day;
}
