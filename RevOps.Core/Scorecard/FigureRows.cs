using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard;

/// <summary>Rows behind a figure.</summary>
/// <param name="Rows">Of one page.</param>
/// <param name="Count">Of all pages.</param>
/// <param name="Sum">Of all pages: it is the figure, to the cent.</param>
public sealed record FigureRows<TRow>(IReadOnlyList<TRow> Rows, int Count, Money Sum);

/// <summary>Which issued invoices.</summary>
public enum ReceivableRows
{
    /// <summary>Not paid in full on the evening.</summary>
    Open = 0,

    /// <summary>Open, and due before that day.</summary>
    Overdue = 1,

    /// <summary>Open, and not due yet.</summary>
    NotDue = 2,

    /// <summary>Issued in the 90 days that DSO divides by, paid or not.</summary>
    Sold = 3,
}

/// <summary>Whose day puts a credit into a period.</summary>
public enum CreditDay
{
    Click = 0,
    Payment = 1,
}

public enum RowSort
{
    Day = 0,
    Amount = 1,
}

/// <param name="Sort">By what.</param>
/// <param name="Ascending">Oldest or smallest first.</param>
/// <param name="Page">From 1 on.</param>
public sealed record RowOrder(RowSort Sort = RowSort.Day, bool Ascending = false, int Page = 1);

/// <summary>An issued invoice as it stood on an evening.</summary>
public sealed record ReceivableRow
{
    public required Guid Id { get; init; }
    public string? Number { get; init; }

    /// <summary>Legal name; null when its person was erased.</summary>
    public string? Customer { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
    public required DateOnly? DueOn { get; init; }
    public required Money Gross { get; init; }
    public required Money Open { get; init; }
}

public sealed record PaymentRow
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public string? Number { get; init; }
    public required DateTimeOffset PaidAt { get; init; }
    public required Money Amount { get; init; }
}

public sealed record CreditRow
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public string? Number { get; init; }
    public string? Channel { get; init; }
    public string? Platform { get; init; }
    public string? CampaignId { get; init; }
    public DateTimeOffset? TouchedAt { get; init; }
    public required DateTimeOffset PaidAt { get; init; }
    public required Money Amount { get; init; }
}

public sealed record SpendRow
{
    public required Guid Id { get; init; }
    public required DateOnly Day { get; init; }
    public required string Platform { get; init; }
    public required string CampaignName { get; init; }
    public long? Clicks { get; init; }
    public required Money Cost { get; init; }
}

/// <summary>A draft that cannot be approved yet.</summary>
public sealed record IncompleteRow
{
    public required Guid Id { get; init; }

    /// <summary>The sender's booking id, else the deal id.</summary>
    public string? Sale { get; init; }

    public required DateTimeOffset SoldAt { get; init; }

    /// <summary>How many things are missing.</summary>
    public required int Problems { get; init; }

    public required Money Gross { get; init; }
}
