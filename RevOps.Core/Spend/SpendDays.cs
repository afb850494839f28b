using System.Globalization;

namespace RevOps.Core.Spend;

/// <summary>How a file writes 5 April.</summary>
public enum DayOrder
{
    /// <summary>5/4/2026.</summary>
    DayFirst = 0,

    /// <summary>4/5/2026.</summary>
    MonthFirst = 1,
}

/// <summary>Reads the days of one column, which are all written the same way.</summary>
/// <param name="order">Null: nobody chose it, and no day of the column shows it.</param>
internal sealed class SpendDays(DayOrder? order)
{
    /// <summary>Why a day is not read that may be two.</summary>
    public const string TwoDays = "dayOrder";

    private static readonly string[] Plain = ["yyyy-MM-dd", "d.M.yyyy", "yyyy/M/d", "yyyyMMdd"];
    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy"];

    /// <param name="texts">The whole column.</param>
    /// <param name="chosen">By whoever brings the file; null: the column has to show it.</param>
    /// <param name="isFrench">Its heading is, so 5/4 can only be 5 April.</param>
    public static SpendDays Of(IEnumerable<string> texts, DayOrder? chosen, bool isFrench)
    {
        if (chosen is not null)
            return new(chosen);
        var (day, month) = (isFrench, false);
        foreach (var text in texts.Select(DayOf))
        {
            var (one, other) = (Is(text, DayFirst, out _), Is(text, MonthFirst, out _));
            (day, month) = (day || (one && !other), month || (other && !one));
        }

        return new(day == month ? null : day ? DayOrder.DayFirst : DayOrder.MonthFirst);
    }

    /// <returns>The day, or the code of what is wrong with it.</returns>
    public (DateOnly Day, string? Problem) Read(string text)
    {
        var written = DayOf(text);
        if (Is(written, Plain, out var plain))
            return (plain, null);
        var (isDayFirst, isMonthFirst) = (Is(written, DayFirst, out var one), Is(written, MonthFirst, out var other));
        return (order, isDayFirst, isMonthFirst) switch
        {
            (DayOrder.DayFirst, true, _) or (null, true, false) => (one, null),
            (DayOrder.MonthFirst, _, true) or (null, false, true) => (other, null),
            (null, true, true) => one == other ? (one, null) : (default, TwoDays),
            _ => (default, "day"),
        };
    }

    /// <summary>Without the time of day behind it.</summary>
    private static string DayOf(string text) => text.IndexOfAny([' ', 'T']) is var at && at >= "1/1/2026".Length ? text[..at] : text;

    private static bool Is(string text, string[] formats, out DateOnly day) => DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
