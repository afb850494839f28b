using RevOps.Core.Billing;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Where a late invoice stands.</summary>
public enum LateStanding
{
    /// <summary>Owed, and due before today.</summary>
    Open = 0,

    /// <summary>Nothing is owed any more, but the payment came late: what that cost can still be claimed.</summary>
    PaidLate = 1,

    Disputed = 2,

    /// <summary>With a promise that stands, kept or not.</summary>
    Promised = 3,

    /// <summary>With a claim.</summary>
    Claimed = 4,
}

public enum LateSort
{
    Due = 0,
    Owed = 1,
    Gross = 2,
}

/// <summary>Which late invoices a list shows, and in which order; carried out by the database.</summary>
public sealed record LateFilter
{
    /// <summary>Null: the company's.</summary>
    public string? Currency { get; init; }

    public LateStanding Standing { get; init; }

    /// <summary>Of how late it is; of what was paid late there are none.</summary>
    public AgeBucket? Bucket { get; init; }

    public Guid? CustomerId { get; init; }
    public LateSort Sort { get; init; }
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    internal IQueryable<Invoice> Sorted(IQueryable<Invoice> invoices) => (Sort, Descending) switch
    {
        (LateSort.Owed, true) => invoices.OrderByDescending(Invoice.OwedMinor).ThenBy(invoice => invoice.Id),
        (LateSort.Owed, false) => invoices.OrderBy(Invoice.OwedMinor).ThenBy(invoice => invoice.Id),
        (LateSort.Gross, true) => invoices.OrderByDescending(invoice => invoice.GrossMinor).ThenBy(invoice => invoice.Id),
        (LateSort.Gross, false) => invoices.OrderBy(invoice => invoice.GrossMinor).ThenBy(invoice => invoice.Id),
        (_, true) => invoices.OrderByDescending(invoice => invoice.DueOn).ThenBy(invoice => invoice.Id),
        _ => invoices.OrderBy(invoice => invoice.DueOn).ThenBy(invoice => invoice.Id),
    };
}
