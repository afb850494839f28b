namespace RevOps.Web.Shared.Charts;

public enum ChartKind
{
    /// <summary>A course over time.</summary>
    Line,

    /// <summary>Standing bars, to compare a few things or days.</summary>
    Columns,

    /// <summary>Lying bars, where names are long.</summary>
    Bars,

    /// <summary>A matrix: each series is a row.</summary>
    Heat,
}

/// <param name="Name">What it is called for the reader.</param>
/// <param name="Values">One for each place of <see cref="ChartX"/>; null where nothing is known.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values)
{
    /// <summary>Left out, the series takes its turn among the general colours.</summary>
    public ChartColor? Color { get; init; }

    /// <summary>A colour for each bar, such as each channel's own; for the only series of a bar chart.</summary>
    public IReadOnlyList<ChartColor>? Colors { get; init; }

    /// <summary>The period that the figures are compared to: dashed, in the colour of what it is compared with.</summary>
    public bool Compared { get; init; }

    /// <summary>What is not final about a bar, which is hatched then: "still growing". Null where nothing is; for the bars of a bar chart.</summary>
    public IReadOnlyList<string?>? Hatched { get; init; }

    /// <summary>The lower ends of whiskers on bars.</summary>
    public IReadOnlyList<decimal?>? Low { get; init; }

    /// <summary>The upper ends of whiskers on bars.</summary>
    public IReadOnlyList<decimal?>? High { get; init; }
}

/// <summary>Between which two lines the truth is expected, such as the 80 % interval of a forecast.</summary>
public sealed record ChartBand(string Name, IReadOnlyList<decimal?> Lower, IReadOnlyList<decimal?> Upper);

/// <summary>Something that happened and explains the course: at which place, and what.</summary>
public sealed record ChartAnnotation(int At, string Text)
{
    /// <summary>Its own day, where that is not the place's; the place when left out.</summary>
    public string? Where { get; init; }

    /// <summary>True for a limit, which stands behind the place and not on it: the look-back after its last day.</summary>
    public bool IsCut { get; init; }
}
