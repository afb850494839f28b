using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Cash;

/// <summary>What the same rule would have expected some weeks ago of what was open then, and what came in of it since.</summary>
/// <param name="From">The Monday that it was asked on.</param>
/// <param name="Weeks">Whole weeks since.</param>
public sealed record CashBacktest(DateOnly From, IReadOnlyList<CashOutcome> Weeks)
{
    public long ExpectedMinor => Weeks.Sum(week => week.ExpectedMinor);
    public long CameMinor => Weeks.Sum(week => week.CameMinor);

    /// <summary>By how much more came in than was expected, as a share of what came in; null where nothing did.</summary>
    public double? Error => CameMinor <= 0 ? null : (double)(CameMinor - ExpectedMinor) / CameMinor;

    /// <summary>The sum of each week's error whatever its sign, as a share of what came in (WAPE): right sums in wrong weeks show here.</summary>
    public double? WeeklyError => CameMinor <= 0 ? null : (double)Weeks.Sum(week => Math.Abs(week.CameMinor - week.ExpectedMinor)) / CameMinor;

    /// <summary>Weeks by whose end as much had come as the 95 % interval of that Monday said.</summary>
    public int Held95 => Weeks.Count(week => week.Holds95);

    /// <param name="then">The forecast of that Monday.</param>
    /// <param name="count">Whole weeks since, at most as many as a forecast has.</param>
    /// <param name="came">Days and amounts of what came in of the invoices that were open then, less what went back.</param>
    public static CashBacktest Of(CashForecast then, int count, IEnumerable<(DateOnly Day, long Minor)> came)
    {
        var first = Period.MondayOf(then.From);
        var sums = new long[count];
        foreach (var (day, minor) in came)
        {
            var week = (day.DayNumber - first.DayNumber) / 7;
            if (day >= first && week < count)
                sums[week] += minor;
        }

        var soFar = 0L;
        return new(then.From, [.. then.Weeks.Take(count).Select((week, at) => new CashOutcome(week.Monday, week.Minor, sums[at]) { Holds95 = (soFar += sums[at]) >= week.Low95 && soFar <= week.High95 })]);
    }
}

/// <summary>A week of a backtest, in minor units.</summary>
public sealed record CashOutcome(DateOnly Monday, long ExpectedMinor, long CameMinor)
{
    /// <summary>What had come by its end lies within the 95 % interval that was told.</summary>
    public bool Holds95 { get; init; }
}
