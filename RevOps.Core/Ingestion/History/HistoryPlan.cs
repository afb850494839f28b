namespace RevOps.Core.Ingestion.History;

/// <summary>One row of a file, and what it would do.</summary>
/// <param name="Cells">As the file says it, by column.</param>
/// <param name="EventId">Under which it comes in once.</param>
/// <param name="Event">What would come in; null where something is wrong.</param>
/// <param name="At">When it happened.</param>
/// <param name="IsKnown">It is in already: nothing happens.</param>
/// <param name="Problems">By column: a code that the page puts into words.</param>
public sealed record HistoryRow(int Line, IReadOnlyDictionary<string, string> Cells, string? EventId, IncomingEvent? Event, DateTimeOffset At, bool IsKnown, IReadOnlyDictionary<string, string> Problems)
{
    public bool Enters => Event is not null && !IsKnown && Problems.Count == 0;
}

/// <summary>What a file of opening balances or past deals would do: looked at first. Rows that are wrong hold up all of them.</summary>
public sealed record HistoryPlan(HistoryFileKind Kind, IReadOnlyList<HistoryRow> Rows)
{
    /// <summary>A code of what is wrong with the file as a whole.</summary>
    public string? Problem { get; init; }

    public int Wrong => Rows.Count(row => row.Problems.Count > 0);
    public int Known => Rows.Count(row => row.IsKnown);
    public int Entering => Rows.Count(row => row.Enters);

    public bool MaySave => Problem is null && Wrong == 0 && Entering > 0;
}

public enum HistoryFileKind
{
    /// <summary>Invoices that are owed since before RevOps, and stand in no Stripe account.</summary>
    Opening = 0,

    /// <summary>Deals that were won before RevOps.</summary>
    Deals = 1,
}
