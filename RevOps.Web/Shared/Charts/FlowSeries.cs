namespace RevOps.Web.Shared.Charts;

/// <summary>A place that something comes through, such as a stage.</summary>
/// <param name="Key">Tells places apart.</param>
/// <param name="Name">For the reader.</param>
/// <param name="Column">From the left, from 0.</param>
public sealed record FlowPlace(string Key, string Name, int Column)
{
    /// <summary>Left out, the general colour.</summary>
    public ChartColor? Color { get; init; }

    /// <summary>Who comes here goes no further: drawn pale.</summary>
    public bool IsLoss { get; init; }

    /// <summary>The rows behind it.</summary>
    public string? Href { get; init; }
}

/// <summary>What went from one place to another further right; nothing is drawn of zero.</summary>
public sealed record Flow(string From, string To, long Count)
{
    /// <summary>The rows behind it.</summary>
    public string? Href { get; init; }
}
