using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>Which of the drafts that wait for a decision.</summary>
public enum WaitingGroup
{
    All = 0,

    /// <summary>Nothing is missing: one click issues them.</summary>
    Ready = 1,

    /// <summary>Held, or something is missing.</summary>
    Blocked = 2,
}

/// <summary>In which order they wait; problems come first in each.</summary>
public enum WaitingSort
{
    Oldest = 0,
    Newest = 1,
    Largest = 2,
}

/// <summary>What the list of drafts shows; carried out by the database.</summary>
public sealed record WaitingFilter
{
    public WaitingGroup Group { get; init; }

    /// <summary>As of <see cref="InvoiceFilter.Text"/>.</summary>
    public string? Text { get; init; }

    public WaitingSort Sort { get; init; }
    public int Page { get; init; } = 1;

    internal IQueryable<Invoice> Apply(IQueryable<Invoice> invoices)
    {
        var waiting = invoices.Where(invoice => invoice.Status == InvoiceStatus.ReadyForReview || invoice.Status == InvoiceStatus.Held);
        return Group == WaitingGroup.All ? waiting : waiting.Where(invoice => (invoice.Status == InvoiceStatus.Held || invoice.Problems != "") == (Group == WaitingGroup.Blocked));
    }

    /// <summary>Ties go by id, so that no row stands on two pages.</summary>
    internal IQueryable<Invoice> Sorted(IQueryable<Invoice> invoices)
    {
        var problemsFirst = invoices.OrderByDescending(invoice => invoice.Status == InvoiceStatus.Held || invoice.Problems != "");
        var sorted = Sort switch
        {
            WaitingSort.Newest => problemsFirst.ThenByDescending(invoice => invoice.OccurredAt),
            WaitingSort.Largest => problemsFirst.ThenBy(invoice => invoice.Currency).ThenByDescending(invoice => invoice.GrossMinor),
            _ => problemsFirst.ThenBy(invoice => invoice.OccurredAt),
        };
        return sorted.ThenBy(invoice => invoice.Id);
    }
}

/// <param name="Ready">May be approved.</param>
/// <param name="Incomplete">Drafted and equal at Stripe, but something is missing.</param>
/// <param name="Held">Something does not fit.</param>
public sealed record WaitingCounts(int Ready, int Incomplete, int Held)
{
    /// <summary>What those that may be approved come to, one sum per currency.</summary>
    public IReadOnlyList<Money> ReadySums { get; init; } = [];
}
