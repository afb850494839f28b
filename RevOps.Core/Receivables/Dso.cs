using RevOps.Core.Platform;

namespace RevOps.Core.Receivables;

/// <summary>An issued invoice as the receivables figures see it; all invoices given together have one currency and one mode.</summary>
/// <param name="IssuedOn">Day of issue in the company's zone.</param>
/// <param name="DueOn">Day on which it is due.</param>
/// <param name="GrossMinor">Amount with tax.</param>
/// <param name="OpenMinor">What is still unpaid at the day of the figure.</param>
public sealed record Receivable(DateOnly IssuedOn, DateOnly DueOn, long GrossMinor, long OpenMinor);

/// <summary>Days sales outstanding, four ways. Sales and receivables both with tax; a figure without sales is null.</summary>
/// <param name="SimpleDays">Receivables at the end ÷ sales of the period × days of the period.</param>
/// <param name="CountBackDays">Sales months taken off the receivables, newest first; the last one in proportion. Null when the history is too short.</param>
/// <param name="TrueDays">Σ over open invoices of (day − issue) × open ÷ sales of its month.</param>
/// <param name="BestPossibleDays">Receivables not yet due ÷ sales × days: what DSO would be if everyone paid on time.</param>
public sealed record Dso(double? SimpleDays, double? CountBackDays, double? TrueDays, double? BestPossibleDays)
{
    /// <summary>Days over which simple and best-possible DSO take their sales.</summary>
    public const int PeriodDays = 90;

    /// <summary>All four as of a day. Source: Credit Research Foundation, definitions of DSO, best possible DSO and count-back.</summary>
    public static Dso AsOf(DateOnly day, IReadOnlyCollection<Receivable> receivables)
    {
        var issued = receivables.Where(invoice => invoice.IssuedOn <= day).ToList();
        var open = issued.Sum(invoice => invoice.OpenMinor);
        var notDue = issued.Where(invoice => invoice.DueOn >= day).Sum(invoice => invoice.OpenMinor);
        var sales = issued.Where(invoice => invoice.IssuedOn > day.AddDays(-PeriodDays)).Sum(invoice => invoice.GrossMinor);
        var byMonth = issued.GroupBy(invoice => Month(invoice.IssuedOn)).ToDictionary(month => month.Key, month => month.Sum(invoice => invoice.GrossMinor));

        return new(
            sales == 0 ? null : (double)open / sales * PeriodDays,
            CountBack(day, open, byMonth),
            True(day, issued, byMonth),
            sales == 0 ? null : (double)notDue / sales * PeriodDays);
    }

    private static double? CountBack(DateOnly day, long open, Dictionary<DateOnly, long> salesByMonth)
    {
        if (salesByMonth.Count == 0)
            return null;

        var (left, days, first) = (open, 0.0, salesByMonth.Keys.Min());
        for (var month = Month(day); month >= first; month = month.AddMonths(-1))
        {
            if (left <= 0)
                return days;

            // Of the month that runs only the days so far count.
            var length = month == Month(day) ? day.Day : DateTime.DaysInMonth(month.Year, month.Month);
            var sales = salesByMonth.GetValueOrDefault(month);
            if (sales > 0 && left <= sales)
                return days + ((double)left / sales * length);
            (left, days) = (left - sales, days + length);
        }

        return left <= 0 ? days : null;
    }

    private static double? True(DateOnly day, List<Receivable> issued, Dictionary<DateOnly, long> salesByMonth) => issued.Count == 0
        ? null
        : issued.Where(invoice => invoice.OpenMinor != 0 && salesByMonth[Month(invoice.IssuedOn)] != 0)
            .Sum(invoice => (day.DayNumber - invoice.IssuedOn.DayNumber) * ((double)invoice.OpenMinor / salesByMonth[Month(invoice.IssuedOn)]));

    private static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);
}
