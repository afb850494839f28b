using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Cash;

/// <summary>By what an open invoice's days of payment are told, or why none is.</summary>
public enum CashBasis
{
    /// <summary>The due day and how late its client pays.</summary>
    Habit = 0,

    /// <summary>The client named the day.</summary>
    Promise = 1,

    /// <summary>The due day and an assumption: nobody has paid yet, so there is no habit.</summary>
    Terms = 2,

    /// <summary>Contested: not expected until that is settled.</summary>
    Disputed = 3,

    /// <summary>Later than anybody ever paid: no day can be told.</summary>
    Beyond = 4,

    /// <summary>More was paid than owed: nothing is to come.</summary>
    Overpaid = 5,
}

/// <summary>A week from Monday to Sunday, in minor units.</summary>
/// <param name="Invoices">Of which some is expected within it.</param>
/// <param name="Minor">Expected within it.</param>
/// <param name="SoFarMinor">Expected from now until its end.</param>
/// <param name="Low95">Ends of the interval that holds what has come by its end nineteen times of twenty.</param>
/// <param name="Low80">Four times of five.</param>
public sealed record CashWeek(DateOnly Monday, int Invoices, long Minor, long SoFarMinor, long Low80, long High80, long Low95, long High95)
{
    public DateOnly Sunday => Monday.AddDays(6);
}

/// <summary>
/// Cash that is expected from what is open, by weeks: each invoice is spread over the days on which it may be paid, and never put on one. Every open
/// cent is in one week, later, or not expected.
/// </summary>
/// <param name="From">First day on which money may come.</param>
/// <param name="Invoices">Each spread over the weeks.</param>
public sealed record CashForecast(DateOnly From, IReadOnlyList<CashSpread> Invoices)
{
    public const int WeekCount = 13;

    /// <summary>The week that <see cref="From"/> is in, and twelve more.</summary>
    public IReadOnlyList<CashWeek> Weeks { get; } = WeeksOf(From, Invoices);

    /// <summary>First day after the weeks.</summary>
    public DateOnly End => Period.MondayOf(From).AddDays(7 * WeekCount);

    public long WithinMinor => Weeks[^1].SoFarMinor;

    /// <summary>After the weeks, or never.</summary>
    public long LaterMinor => Invoices.Sum(invoice => invoice.LaterMinor);

    public long TotalMinor => Invoices.Sum(invoice => invoice.Invoice.OpenMinor);

    public long NotExpectedMinor => Invoices.Where(invoice => !invoice.IsExpected).Sum(invoice => invoice.Invoice.OpenMinor);

    private static List<CashWeek> WeeksOf(DateOnly from, IReadOnlyList<CashSpread> invoices)
    {
        var (draws, weeks, soFar) = (CashDraws.Of(invoices, []), new List<CashWeek>(), 0L);
        for (var week = 0; week < WeekCount; week++)
        {
            var (sorted, at) = (draws[week], week);
            var minor = invoices.Sum(invoice => invoice.Minor[at]);
            weeks.Add(new(Period.MondayOf(from).AddDays(7 * week), invoices.Count(invoice => invoice.Minor[at] > 0), minor, soFar += minor, CashDraws.At(sorted, 0.1), CashDraws.At(sorted, 0.9), CashDraws.At(sorted, 0.025), CashDraws.At(sorted, 0.975)));
        }

        return weeks;
    }
}
