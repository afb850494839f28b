using RevOps.Web.Shared;

namespace RevOps.Web.Shared.Charts;

/// <summary>What runs along a chart, in the reader's language: short on the axis, long wherever there is room.</summary>
public sealed record ChartX
{
    private ChartX(string? header, IReadOnlyList<string> shortTexts, IReadOnlyList<string> longTexts) => (Header, Short, Long) = (header, shortTexts, longTexts);

    /// <summary>What heads it in a table; null for dates.</summary>
    public string? Header { get; }

    public IReadOnlyList<string> Short { get; }

    public IReadOnlyList<string> Long { get; }

    /// <summary>True where the order is the order of time.</summary>
    public bool IsTime => Header is null;

    /// <summary>Days, or weeks by their first day.</summary>
    public static ChartX Days(IEnumerable<DateOnly> days)
    {
        DateOnly[] all = [.. days];
        return new(null, [.. all.Select(Culture.ShortDay)], [.. all.Select(Culture.LongDay)]);
    }

    /// <summary>Months, by any of their days.</summary>
    public static ChartX Months(IEnumerable<DateOnly> months)
    {
        DateOnly[] all = [.. months];
        return new(null, [.. all.Select(Culture.ShortMonth)], [.. all.Select(Culture.LongMonth)]);
    }

    /// <summary>Things that have a name: <c>ChartX.Names("Channel", ["Paid search", "Direct"])</c>.</summary>
    public static ChartX Names(string header, IReadOnlyList<string> names) => new(header, names, names);
}
