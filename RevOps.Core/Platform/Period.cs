using System.Text.Json.Serialization;

namespace RevOps.Core.Platform;

/// <summary>
/// Days of the company from one to another, both included: <c>new Period(1 March, 31 March)</c> has 31 days, and the period before it is
/// 29 January to 28 February.
/// </summary>
public readonly record struct Period
{
    /// <exception cref="ArgumentException">It would end before it begins.</exception>
    public Period(DateOnly from, DateOnly to)
    {
        if (to < from)
            throw new ArgumentException($"A period that begins on {from:yyyy-MM-dd} cannot end on {to:yyyy-MM-dd}.", nameof(to));
        (From, To) = (from, to);
    }

    public DateOnly From { get; }
    public DateOnly To { get; }

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>As many days, ending the day before this one begins. Every period has one: written down they would never end.</summary>
    [JsonIgnore]
    public Period Previous => new(From.AddDays(-Days), From.AddDays(-1));

    /// <summary>The same days of the year before; 29 February becomes 28 February.</summary>
    [JsonIgnore]
    public Period YearBefore => new(From.AddYears(-1), To.AddYears(-1));

    /// <summary>The first day of the week that a day lies in.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>As many days as asked for, ending on a day.</summary>
    public static Period Ending(DateOnly to, int days) => new(to.AddDays(1 - days), to);
}
