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

    /// <summary>The history is too short for count-back: it is more than so many days. Null where it is known, or nothing is.</summary>
    public int? CountBackOver { get; init; }

    /// <summary>Average days delinquent: by how much clients pay later than agreed.</summary>
    public double? DelinquentDays => SimpleDays - BestPossibleDays;

    /// <summary>All four as of a day, from every invoice of the history.</summary>
    public static Dso AsOf(DateOnly day, IReadOnlyCollection<Receivable> receivables)
    {
        var issued = receivables.Where(invoice => invoice.IssuedOn <= day).ToList();
        var open = issued.Where(invoice => invoice.OpenMinor != 0).Select(invoice => new OpenReceivable(default, default, invoice.IssuedOn, invoice.DueOn, invoice.OpenMinor));
        return AsOf(day, [.. open], new(issued.Select(invoice => (invoice.IssuedOn, invoice.GrossMinor))));
    }

    /// <summary>All four as of a day. Source: Credit Research Foundation, definitions of DSO, best possible DSO and count-back.</summary>
    /// <param name="day">The evening.</param>
    /// <param name="open">What was open on it.</param>
    /// <param name="sales">Up to it.</param>
    public static Dso AsOf(DateOnly day, IReadOnlyCollection<OpenReceivable> open, Sales sales)
    {
        var (total, notDue) = (open.Sum(invoice => invoice.OpenMinor), open.Where(invoice => invoice.DaysLate(day) <= 0).Sum(invoice => invoice.OpenMinor));
        var sold = sales.Of(Period.Ending(day, PeriodDays));
        var (countBack, over) = CountBack(day, total, sales);
        return new(sold == 0 ? null : (double)total / sold * PeriodDays, countBack, True(day, open, sales), sold == 0 ? null : (double)notDue / sold * PeriodDays) { CountBackOver = over };
    }

    private static (double? Days, int? Over) CountBack(DateOnly day, long open, Sales sales)
    {
        if (sales.FirstMonth is not { } first || first > day)
            return (null, null);

        var (left, days) = (open, 0);
        for (var month = Sales.MonthOf(day); month >= first; month = month.AddMonths(-1))
        {
            if (left <= 0)
                return (days, null);

            // Of the month that runs only the days so far count.
            var length = month == Sales.MonthOf(day) ? day.Day : DateTime.DaysInMonth(month.Year, month.Month);
            var sold = sales.OfMonth(month, day);
            if (sold > 0 && left <= sold)
                return (days + ((double)left / sold * length), null);
            (left, days) = (left - sold, days + length);
        }

        return left <= 0 ? (days, null) : (null, days);
    }

    private static double? True(DateOnly day, IReadOnlyCollection<OpenReceivable> open, Sales sales) => sales.FirstMonth is null || sales.FirstMonth > day
        ? null
        : open.GroupBy(invoice => Sales.MonthOf(invoice.IssuedOn)).Select(month => (Sold: sales.OfMonth(month.Key, day), Invoices: month)).Where(month => month.Sold != 0)
            .Sum(month => month.Invoices.Sum(invoice => (day.DayNumber - invoice.IssuedOn.DayNumber) * ((double)invoice.OpenMinor / month.Sold)));
}
