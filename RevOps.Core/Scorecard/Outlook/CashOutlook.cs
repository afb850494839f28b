using RevOps.Core.Platform;
using RevOps.Core.Receivables.Cash;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>A week of cash to come, in minor units.</summary>
/// <param name="OpenMinor">Of invoices that are open today.</param>
/// <param name="NewMinor">Of invoices that are yet to be issued.</param>
/// <param name="SoFar">What has come by its end, with the ends of its intervals.</param>
public sealed record CashOutlookWeek(DateOnly Monday, long OpenMinor, long NewMinor, ForecastStep SoFar)
{
    public long Minor => OpenMinor + NewMinor;
}

/// <summary>What is expected to be sold in a week, and how far off that may be (a standard deviation); minor units, with the tax.</summary>
public sealed record ExpectedSales(DateOnly Monday, double Mean, double Deviation);

/// <summary>
/// Thirteen weeks of cash: every open invoice spread over the days on which its client may pay, and what comes of invoices yet to be issued, with intervals
/// of <see cref="CashDraws"/>. The same facts give the same numbers.
/// </summary>
/// <param name="Weeks">The running one and twelve more.</param>
/// <param name="Spreads">One for each open invoice.</param>
public sealed record CashOutlook(IReadOnlyList<CashOutlookWeek> Weeks, IReadOnlyList<CashSpread> Spreads)
{
    public long TotalMinor => Weeks.Sum(week => week.Minor);

    public long OpenMinor => Weeks.Sum(week => week.OpenMinor);

    public long NewMinor => Weeks.Sum(week => week.NewMinor);

    /// <param name="from">First day on which money may come.</param>
    /// <param name="spreads">Of what is open.</param>
    /// <param name="sales">What is still to be invoiced in each week.</param>
    /// <param name="hazard">When clients pay.</param>
    /// <param name="terms">Days from issue to due.</param>
    public static CashOutlook Of(DateOnly from, IReadOnlyList<CashSpread> spreads, IReadOnlyList<ExpectedSales> sales, PaymentHazard hazard, int terms)
    {
        var monday = Period.MondayOf(from);
        SalesToCome[] collected = [.. sales.Select(week => new SalesToCome(week.Mean, week.Deviation, CollectedOf(from, monday, week.Monday, hazard, terms)))];
        var (open, fresh) = (new long[CashForecast.WeekCount], new double[CashForecast.WeekCount]);
        foreach (var spread in spreads)
        {
            for (var week = 0; week < open.Length; week++)
                open[week] += spread.Minor[week];
        }

        foreach (var sold in collected)
        {
            for (var week = 0; week < fresh.Length; week++)
                fresh[week] += sold.Mean * sold.Shares[week];
        }

        var draws = CashDraws.Of(spreads, collected);
        var (soFar, weeks) = (0L, new List<CashOutlookWeek>());
        for (var week = 0; week < open.Length; week++)
        {
            var expected = (long)Math.Round(fresh[week]);
            soFar += open[week] + expected;
            var sums = draws[week];
            weeks.Add(new(monday.AddDays(7 * week), open[week], expected, new(monday.AddDays(7 * week), soFar, CashDraws.At(sums, 0.1), CashDraws.At(sums, 0.9), CashDraws.At(sums, 0.025), CashDraws.At(sums, 0.975))));
        }

        return new(weeks, spreads);
    }

    /// <summary>Which share of a week's invoices comes in each week. They are issued in the middle of it, or today.</summary>
    private static IReadOnlyList<double> CollectedOf(DateOnly from, DateOnly monday, DateOnly sold, PaymentHazard hazard, int terms)
    {
        var issued = sold.AddDays(3) < from ? from : sold.AddDays(3);
        var shares = new double[CashForecast.WeekCount];
        foreach (var (days, chance) in hazard.Chances(Guid.Empty, -terms))
        {
            var week = (issued.DayNumber + terms + days - monday.DayNumber) / 7;
            if (week < shares.Length)
                shares[week] += chance;
        }

        return shares;
    }
}
