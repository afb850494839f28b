using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>What hangs on a customer: how many names, sales and invoices, and what is owed.</summary>
public sealed record CustomerFigures
{
    public int Refs { get; init; }
    public int Bookings { get; init; }
    public DateTimeOffset? LastSaleAt { get; init; }

    /// <summary>In every state.</summary>
    public int Invoices { get; init; }

    public int Drafts { get; init; }
    public int Issued { get; init; }

    /// <summary>What is owed, one per currency, the company's first; nothing where nothing is.</summary>
    public IReadOnlyList<Money> Owed { get; init; } = [];

    internal static async Task<IReadOnlyDictionary<Guid, CustomerFigures>> OfAsync(RevOpsDb db, IReadOnlyList<Guid> ids, Mode mode, string currency, CancellationToken cancel)
    {
        var refs = await db.Set<CustomerRef>().Where(row => ids.Contains(row.CustomerId)).GroupBy(row => row.CustomerId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancel);
        var sales = await db.Set<Booking>().Where(row => ids.Contains(row.CustomerId) && row.Mode == mode).GroupBy(row => row.CustomerId)
            .Select(group => new { group.Key, Count = group.Count(), At = group.Max(row => (DateTimeOffset?)row.OccurredAt) }).ToDictionaryAsync(row => row.Key, cancel);
        var invoices = (await db.Set<Invoice>().Where(row => ids.Contains(row.CustomerId) && row.Mode == mode).GroupBy(row => new { row.CustomerId, row.Currency, row.Status })
            .Select(group => new { group.Key.CustomerId, group.Key.Currency, group.Key.Status, Count = group.Count(), Owed = group.AsQueryable().Sum(Invoice.OwedMinor) }).ToListAsync(cancel)).ToLookup(row => row.CustomerId);
        return ids.Distinct().ToDictionary(id => id, id => new CustomerFigures
        {
            Refs = refs.GetValueOrDefault(id),
            Bookings = sales.GetValueOrDefault(id)?.Count ?? 0,
            LastSaleAt = sales.GetValueOrDefault(id)?.At,
            Invoices = invoices[id].Sum(row => row.Count),
            Drafts = invoices[id].Where(row => row.Status is InvoiceStatus.Drafting or InvoiceStatus.ReadyForReview or InvoiceStatus.Held).Sum(row => row.Count),
            Issued = invoices[id].Where(row => row.Status is InvoiceStatus.Open or InvoiceStatus.Paid or InvoiceStatus.Uncollectible or InvoiceStatus.Credited).Sum(row => row.Count),
            Owed = InOrder(invoices[id].GroupBy(row => row.Currency, StringComparer.Ordinal).Select(group => new Money(group.Sum(row => row.Owed), group.Key)), currency),
        });
    }

    /// <summary>The company's currency first, the others by their code; nothing of which nothing is owed.</summary>
    internal static IReadOnlyList<Money> InOrder(IEnumerable<Money> owed, string currency) =>
        [.. owed.Where(sum => sum.Minor != 0).OrderBy(sum => sum.Currency != currency).ThenBy(sum => sum.Currency, StringComparer.Ordinal)];
}
