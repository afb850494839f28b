using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>What is forecast. Stored as its number: append only.</summary>
public enum ForecastFigure
{
    /// <summary>Invoices less credit notes, with the tax, by the day of issue: <see cref="Receivables.Sales"/>.</summary>
    Revenue = 0,

    /// <summary>What came in less what went back, by its own day.</summary>
    Cash = 1,

    /// <summary>Confirmed bookings and won deals, by the day on which they first were.</summary>
    Bookings = 2,

    /// <summary>Conversations that the company's rule qualified and leads that the CRM called qualified, as the journeys count them.</summary>
    Leads = 3,

    /// <summary>What ads cost, by the ledger of spend.</summary>
    Spend = 4,
}

/// <summary>In which steps. Stored as its number: append only.</summary>
public enum Frequency
{
    /// <summary>From Monday to Sunday.</summary>
    Week = 0,

    Month = 1,
}

/// <summary>The calendar of the two: every step is named by its first day.</summary>
public static class FrequencyCalendar
{
    /// <summary>Money in minor units; else a number of things.</summary>
    public static bool IsMoney(this ForecastFigure figure) => figure is ForecastFigure.Revenue or ForecastFigure.Cash or ForecastFigure.Spend;

    /// <summary>How many steps are forecast: a quarter of weeks, a year of months.</summary>
    public static int Steps(this Frequency frequency) => frequency == Frequency.Week ? 13 : 12;

    /// <summary>Steps of a year.</summary>
    public static int Season(this Frequency frequency) => frequency == Frequency.Week ? 52 : 12;

    /// <summary>How far ahead accuracy is told.</summary>
    public static IReadOnlyList<int> Aheads(this Frequency frequency) => frequency == Frequency.Week ? [1, 4, 13] : [1, 3, 12];

    /// <summary>First day of the step that a day lies in.</summary>
    public static DateOnly StartOf(this Frequency frequency, DateOnly day) =>
        frequency == Frequency.Week ? Period.MondayOf(day) : new(day.Year, day.Month, 1);

    /// <summary>So many steps later; negative: before.</summary>
    public static DateOnly Later(this Frequency frequency, DateOnly start, int steps) => frequency == Frequency.Week ? start.AddDays(7 * steps) : start.AddMonths(steps);

    /// <summary>How many steps lie between two of them.</summary>
    public static int Between(this Frequency frequency, DateOnly first, DateOnly second) =>
        frequency == Frequency.Week ? (second.DayNumber - first.DayNumber) / 7 : ((second.Year - first.Year) * 12) + second.Month - first.Month;
}
