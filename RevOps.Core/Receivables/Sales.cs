using RevOps.Core.Platform;

namespace RevOps.Core.Receivables;

/// <summary>What was invoiced on each of the company's days less what credit notes took back on theirs, with the tax; of one currency and mode.</summary>
public sealed class Sales
{
    private readonly SortedList<DateOnly, long> byDay;
    private readonly SortedList<DateOnly, long> byMonth = [];

    /// <param name="movements">In any order; several of one day are added up.</param>
    public Sales(IEnumerable<(DateOnly Day, long Minor)> movements)
    {
        var sums = new Dictionary<DateOnly, long>();
        foreach (var (day, minor) in movements)
            sums[day] = sums.GetValueOrDefault(day) + minor;
        byDay = new(sums);
        foreach (var (day, minor) in sums)
            byMonth[MonthOf(day)] = byMonth.GetValueOrDefault(MonthOf(day)) + minor;
    }

    /// <summary>First day of the first month of which anything is known; null before the first sale.</summary>
    public DateOnly? FirstMonth => byMonth.Count == 0 ? null : byMonth.GetKeyAtIndex(0);

    /// <summary>Every day on which anything was sold or taken back, oldest first.</summary>
    public IEnumerable<(DateOnly Day, long Minor)> Days => byDay.Select(day => (day.Key, day.Value));

    public long Of(Period period) => byDay.SkipWhile(day => day.Key < period.From).TakeWhile(day => day.Key <= period.To).Sum(day => day.Value);

    /// <summary>Of a whole month, by its first day; what came after <paramref name="evening"/> is not known yet.</summary>
    public long OfMonth(DateOnly month, DateOnly evening) => month == MonthOf(evening) ? Of(new(month, evening)) : byMonth.GetValueOrDefault(month);

    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
