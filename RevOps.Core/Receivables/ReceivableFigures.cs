using RevOps.Core.Platform;

namespace RevOps.Core.Receivables;

/// <summary>The figures of receivables as of an evening, in minor units of one currency, with the tax.</summary>
/// <param name="Errors">Invoices voided or credited for a billing error, of those issued within <see cref="Dso.PeriodDays"/>.</param>
public sealed record ReceivableFigures(DateOnly Evening, string Currency, Ageing Ageing, Dso Dso, long SoldMinor, long SoldInYearMinor, Proportion Errors)
{
    private const int MonthsOfPeriod = Dso.PeriodDays / 30;

    public int OpenCount { get; init; }

    /// <summary>What was open on the evening before the period; null until it is read.</summary>
    public long? BeginMinor { get; init; }

    public Money Open => new(Ageing.Total, Currency);
    public Money Overdue => new(Ageing.Overdue, Currency);

    /// <summary>Share of what is open that is not late yet; null where nothing is open.</summary>
    public double? CurrentShare => Ageing.Total <= 0 ? null : (double)Ageing.Current / Ageing.Total;

    /// <summary>Sales of the last 365 days by what is open (Credit Research Foundation; others divide by the average).</summary>
    public double? Turnover => Ageing.Total <= 0 ? null : (double)SoldInYearMinor / Ageing.Total;

    /// <summary>
    /// Collection effectiveness index, in per cent: of what could have been collected within the period, how much was. Source: CRF,
    /// (begin + sales of a month − end) ÷ (begin + sales of a month − end that is not late).
    /// </summary>
    public double? Cei
    {
        get
        {
            if (BeginMinor is not { } begin)
                return null;
            var could = begin + ((double)SoldMinor / MonthsOfPeriod);
            var due = could - Ageing.Current;
            return due == 0 ? null : (could - Ageing.Total) / due * 100;
        }
    }

    public static ReceivableFigures Of(DateOnly evening, string currency, IReadOnlyCollection<OpenReceivable> open, Sales sales, Proportion errors) =>
        new(evening, currency, Ageing.Of(open, evening), Dso.AsOf(evening, open, sales), sales.Of(Period.Ending(evening, Dso.PeriodDays)), sales.Of(Period.Ending(evening, 365)), errors) { OpenCount = open.Count };
}
