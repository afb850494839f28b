using RevOps.Core.Platform;

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

    /// <summary>As it was understood, without the tax; null where something is wrong.</summary>
    public Money? Net => Event switch
    {
        OpeningBalanceEntered { Invoice: var invoice } => new(invoice.Lines.Sum(line => line.NetMinor), invoice.Currency),
        PastDealEntered { Content: var content } => content.Total(),
        _ => null,
    };

    /// <summary>What is still to come of an opening balance, with the tax.</summary>
    public Money? Owed => Event is OpeningBalanceEntered { Invoice: var invoice, PaidMinor: var paid } ? new(invoice.Lines.Sum(line => line.NetMinor + line.TaxMinor) - paid, invoice.Currency) : null;

    /// <summary>The day that the list shows: due, or won.</summary>
    public DateTimeOffset? Day => Event switch { OpeningBalanceEntered { Invoice.DueAt: var due } => due, PastDealEntered => At, _ => null };
}

/// <summary>What a file of opening balances or past deals would do: looked at first. Rows that are wrong hold up all of them.</summary>
public sealed record HistoryPlan(HistoryFileKind Kind, IReadOnlyList<HistoryRow> Rows)
{
    /// <summary>A code of what is wrong with the file as a whole.</summary>
    public string? Problem { get; init; }

    /// <summary>Columns that the file has to have and has not.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Columns of the file that mean nothing here.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    public int Wrong => Rows.Count(row => row.Problems.Count > 0);
    public int Known => Rows.Count(row => row.IsKnown);
    public int Entering => Rows.Count(row => row.Enters);

    /// <summary>What would come in, per currency: what is owed of opening balances, what deals came to.</summary>
    public IReadOnlyList<Money> Sums =>
        [.. Rows.Where(row => row.Enters).Select(row => row.Owed ?? row.Net).OfType<Money>().GroupBy(money => money.Currency, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new Money(group.Sum(money => money.Minor), group.Key))];

    public bool MaySave => Problem is null && Wrong == 0 && Entering > 0;
}

public enum HistoryFileKind
{
    /// <summary>Invoices that are owed since before RevOps, and stand in no Stripe account.</summary>
    Opening = 0,

    /// <summary>Deals that were won before RevOps.</summary>
    Deals = 1,
}
