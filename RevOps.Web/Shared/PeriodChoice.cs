using RevOps.Core.Platform;

namespace RevOps.Web.Shared;

/// <summary>With what a period is compared.</summary>
public enum Comparison
{
    /// <summary>As many days right before.</summary>
    Previous = 0,

    /// <summary>The same days of the year before.</summary>
    Year = 1,

    None = 2,
}

/// <summary>What the reader chose: days, and with what they are compared. It lives in the address as from, to and compare.</summary>
public sealed record PeriodChoice(Period Period, Comparison Comparison)
{
    public const string FromName = "from";
    public const string ToName = "to";
    public const string CompareName = "compare";

    /// <summary>The days compared with; null for none.</summary>
    public Period? Compared => Comparison switch
    {
        Comparison.Previous => Period.Previous,
        Comparison.Year => Period.YearBefore,
        _ => null,
    };

    /// <summary>For links to pages that show the rows of the same days.</summary>
    public string Query => $"{FromName}={FromUrl.Text(Period.From)}&{ToName}={FromUrl.Text(Period.To)}";

    /// <summary>Reads what an address says; days the wrong way round are turned, what is left out is the usual period.</summary>
    public static PeriodChoice Read(string? from, string? to, string? compare, Period usual)
    {
        var (first, last) = (FromUrl.Day(from), FromUrl.Day(to));
        var (start, end) = (first, last) switch
        {
            (null, null) => (usual.From, usual.To),
            ({ } given, null) => (given, usual.To),
            (null, { } given) => (given.AddDays(1 - usual.Days), given),
            var (one, other) => (one.Value, other.Value),
        };
        return new(start <= end ? new(start, end) : new(end, start), FromUrl.Choice<Comparison>(compare));
    }
}
