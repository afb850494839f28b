namespace RevOps.Core.Receivables.Lateness;

/// <summary>A yearly rate from a day on, in basis points: 1,215 is 12.15 %.</summary>
public sealed record DatedRate(DateOnly ValidFrom, int BasisPoints);

/// <summary>The yearly rates of one kind; each counts until the day before the next one begins.</summary>
public sealed class RateTable(IEnumerable<DatedRate> rates)
{
    private readonly DatedRate[] byDay = [.. rates.OrderBy(rate => rate.ValidFrom)];

    public bool IsEmpty => byDay.Length == 0;

    /// <summary>Days on which another rate begins, in their order.</summary>
    public IEnumerable<DateOnly> Begins => byDay.Select(rate => rate.ValidFrom);

    /// <summary>In basis points; null before the first one that was entered.</summary>
    public int? On(DateOnly day) => Array.FindLast(byDay, rate => rate.ValidFrom <= day)?.BasisPoints;
}
