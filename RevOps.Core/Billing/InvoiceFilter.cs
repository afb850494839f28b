using System.Linq.Expressions;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>Statuses as people ask for them.</summary>
public enum InvoiceGroup
{
    All = 0,
    Drafting = 1,
    AwaitingApproval = 2,
    Held = 3,
    Approved = 4,

    /// <summary>Issued and not fully paid, given up or not: what the receivables are made of.</summary>
    Open = 5,

    /// <summary>Open, and due before today.</summary>
    Overdue = 6,

    Paid = 7,
    Rejected = 8,
    Cancelled = 9,
    Void = 10,
    Credited = 11,
    Shadow = 12,
}

/// <summary>Which of an invoice's days a period is about.</summary>
public enum InvoiceDay
{
    Sale = 0,
    Issue = 1,
    Payment = 2,
    Cancellation = 3,
}

public enum InvoiceSort
{
    Sale = 0,
    Due = 1,
    Amount = 2,
    Number = 3,
    Issued = 4,
    Paid = 5,
    Outstanding = 6,
}

/// <summary>What a list of invoices shows, and in which order; carried out by the database.</summary>
public sealed record InvoiceFilter
{
    public InvoiceGroup Group { get; init; }

    /// <summary>Beginning of an invoice number, Stripe id, booking id or deal id, or a customer's ref.</summary>
    public string? Text { get; init; }

    /// <summary>First day, in the company's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, included.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Where they come from; null: wherever.</summary>
    public InvoiceOrigin? Origin { get; init; }

    public InvoiceDay By { get; init; }
    public InvoiceSort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    internal IQueryable<Invoice> Apply(IQueryable<Invoice> invoices, CompanyVersion company, DateOnly today)
    {
        var found = OfGroup(invoices, today);
        if (Origin is { } origin)
            found = found.Where(invoice => invoice.Origin == origin);
        if (From is { } first)
            found = Since(found, company.StartOf(first));
        if (To is { } last)
            found = Until(found, company.StartOf(last.AddDays(1)));
        return found;
    }

    /// <summary>
    /// What has no such day or number stands last in both directions, amounts of two currencies do not compare, and ties go by id, so
    /// that no row stands on two pages.
    /// </summary>
    internal IQueryable<Invoice> Sorted(IQueryable<Invoice> invoices) => (Sort switch
    {
        InvoiceSort.Due => Then(invoices.OrderBy(invoice => invoice.DueOn == null), invoice => invoice.DueOn),
        InvoiceSort.Issued => Then(invoices.OrderBy(invoice => invoice.IssuedAt == null), invoice => invoice.IssuedAt),
        InvoiceSort.Paid => Then(invoices.OrderBy(invoice => invoice.PaidAt == null), invoice => invoice.PaidAt),
        InvoiceSort.Number => Then(invoices.OrderBy(invoice => invoice.Number == null), invoice => invoice.Number),
        InvoiceSort.Amount => Then(invoices.OrderBy(invoice => invoice.Currency), invoice => invoice.GrossMinor),
        InvoiceSort.Outstanding => Then(invoices.OrderBy(invoice => invoice.Currency), Invoice.OwedMinor),
        _ => Ascending ? invoices.OrderBy(invoice => invoice.OccurredAt) : invoices.OrderByDescending(invoice => invoice.OccurredAt),
    }).ThenBy(invoice => invoice.Id);

    private IOrderedQueryable<Invoice> Then<T>(IOrderedQueryable<Invoice> sorted, Expression<Func<Invoice, T>> key) => Ascending ? sorted.ThenBy(key) : sorted.ThenByDescending(key);

    private IQueryable<Invoice> OfGroup(IQueryable<Invoice> invoices, DateOnly today) => Group switch
    {
        InvoiceGroup.All => invoices,
        InvoiceGroup.Open => invoices.Where(Invoice.IsOwed),
        InvoiceGroup.Overdue => invoices.Where(Invoice.IsOwed).Where(invoice => invoice.DueOn < today),
        InvoiceGroup.Paid => OfStatus(invoices, InvoiceStatus.Paid).Where(invoice => invoice.PaidMinor + invoice.CreditedMinor >= invoice.GrossMinor),
        _ => OfStatus(invoices, StatusOf(Group)),
    };

    private static IQueryable<Invoice> OfStatus(IQueryable<Invoice> invoices, InvoiceStatus status) => invoices.Where(invoice => invoice.Status == status);

    private static InvoiceStatus StatusOf(InvoiceGroup group) => group switch
    {
        InvoiceGroup.Drafting => InvoiceStatus.Drafting,
        InvoiceGroup.AwaitingApproval => InvoiceStatus.ReadyForReview,
        InvoiceGroup.Held => InvoiceStatus.Held,
        InvoiceGroup.Approved => InvoiceStatus.Approved,
        InvoiceGroup.Rejected => InvoiceStatus.Rejected,
        InvoiceGroup.Cancelled => InvoiceStatus.Cancelled,
        InvoiceGroup.Void => InvoiceStatus.Void,
        InvoiceGroup.Credited => InvoiceStatus.Credited,
        InvoiceGroup.Shadow => InvoiceStatus.Shadow,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "Not one status."),
    };

    private IQueryable<Invoice> Since(IQueryable<Invoice> invoices, DateTimeOffset start) => By switch
    {
        InvoiceDay.Issue => invoices.Where(invoice => invoice.IssuedAt >= start),
        InvoiceDay.Payment => invoices.Where(invoice => invoice.PaidAt >= start),
        InvoiceDay.Cancellation => invoices.Where(invoice => invoice.CancelledAt >= start),
        _ => invoices.Where(invoice => invoice.OccurredAt >= start),
    };

    private IQueryable<Invoice> Until(IQueryable<Invoice> invoices, DateTimeOffset end) => By switch
    {
        InvoiceDay.Issue => invoices.Where(invoice => invoice.IssuedAt < end),
        InvoiceDay.Payment => invoices.Where(invoice => invoice.PaidAt < end),
        InvoiceDay.Cancellation => invoices.Where(invoice => invoice.CancelledAt < end),
        _ => invoices.Where(invoice => invoice.OccurredAt < end),
    };
}
