using RevOps.Core.Platform;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>Which days of an account have to be asked for.</summary>
public static class SpendPlan
{
    /// <summary>So many months before the present one are read at first.</summary>
    public const int HistoryMonths = 13;

    /// <summary>Platforms take back invalid clicks and attribute anew within this many days.</summary>
    public const int DaysReadAgain = 28;

    /// <summary>The first day of the history of an account that is connected today.</summary>
    public static DateOnly HistoryFrom(DateOnly today) => new DateOnly(today.Year, today.Month, 1).AddMonths(-HistoryMonths);

    /// <summary>The history by months, the newest first: what marketers look at stands first.</summary>
    public static IReadOnlyList<Period> History(DateOnly from, DateOnly today)
    {
        var portions = new List<Period>();
        for (var month = new DateOnly(today.Year, today.Month, 1); month >= from; month = month.AddMonths(-1))
            portions.Add(new(month, month.AddMonths(1).AddDays(-1) is var last && last < today ? last : today));
        return portions;
    }

    /// <summary>The last 28 days, and before them whatever days were missed since the last reading that succeeded.</summary>
    /// <param name="today">Of the account.</param>
    /// <param name="lastRead">The newest day that was ever read; null: none was.</param>
    /// <param name="from">The first day of the account's history.</param>
    public static Period Again(DateOnly today, DateOnly? lastRead, DateOnly from)
    {
        var first = today.AddDays(1 - DaysReadAgain);
        if (lastRead is { } day && day < first)
            first = day;
        return new(first < from ? from : first, today);
    }
}
