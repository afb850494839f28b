namespace RevOps.Core.Scorecard.Checks;

/// <summary>How a figure is written.</summary>
public enum Measure
{
    /// <summary>From 0 to 1, written in percent.</summary>
    Share = 0,

    Count = 1,
    Seconds = 2,
    Hours = 3,

    /// <summary>As Cohen's kappa, or an error of shares: a bare number.</summary>
    Ratio = 4,

    /// <summary>1 where it is so, 0 where not.</summary>
    Fact = 5,

    /// <summary>Minor units of the company's currency.</summary>
    Money = 6,
}

/// <summary>One figure of a check, held against its bar. A check is as good as its worst part.</summary>
/// <param name="Name">Names its text: the check's id and this.</param>
/// <param name="Measure">How it is written.</param>
/// <param name="Value">Null: not known.</param>
/// <param name="N">Of how many rows.</param>
/// <param name="Bar">What is asked.</param>
public sealed record Part(string Name, Measure Measure, double? Value, long N, Bar Bar)
{
    /// <summary>When the newest of what it counts came about; null where there is nothing, or nothing says.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Its value is so many of <see cref="N"/>: how far off the truth may lie follows of both.</summary>
    public bool IsProportion { get; init; }

    /// <summary>From 0 to 1; null while the figure is not known.</summary>
    public double? Result => Value is { } value ? Bar.ResultOf(value) : null;

    /// <summary>So many of so many; not known where there is none.</summary>
    public static Part Share(string name, long hits, long of, Bar bar) => new(name, Measure.Share, of == 0 ? null : (double)hits / of, of, bar) { IsProportion = true };

    /// <summary>It is so, or it is not.</summary>
    public static Part Fact(string name, bool? holds, long n) => new(name, Measure.Fact, holds is { } known ? (known ? 1 : 0) : null, n, Bar.Exactly(1));
}
