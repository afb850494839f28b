using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>Customers as the list shows them. Those that were merged into another are left out; figures are of the mode that is connected now.</summary>
public sealed class CustomerQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    /// <summary>Rows of a page: each opens one sealed name, so a page stays short.</summary>
    public const int PageSize = 25;

    public async Task<CustomerPage> ListAsync(CustomerFilter filter, CancellationToken cancel)
    {
        var (mode, currency) = (stripe.Connection?.Mode ?? Mode.Live, (await company.CurrentAsync(cancel)).Currency);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = filter.Apply(Standing(db));
        if (filter.Text is { Length: > 0 } text)
            found = Naming(db, found, text);

        // A page that was emptied meanwhile, or never was, is the last one there is.
        var count = await found.CountAsync(cancel);
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var ids = await filter.Sorted(db, found, mode, currency).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var owed = from invoice in db.Set<Invoice>()
                   join customer in found on invoice.CustomerId equals customer.Id
                   where invoice.Mode == mode
                   group invoice by invoice.Currency into sums
                   select new { sums.Key, Owed = sums.AsQueryable().Sum(Invoice.OwedMinor) };
        return new(await RowsAsync(db, ids, mode, currency, cancel), count, number, clock.GetUtcNow())
        {
            Incomplete = await found.CountAsync(customer => customer.Missing != "", cancel),
            Owed = CustomerFigures.InOrder((await owed.ToListAsync(cancel)).Select(sum => new Money(sum.Owed, sum.Key)), currency),
        };
    }

    internal static IQueryable<Customer> Standing(RevOpsDb db) => db.Set<Customer>().AsNoTracking().Where(customer => customer.MergedIntoId == null);

    private IQueryable<Customer> Naming(RevOpsDb db, IQueryable<Customer> customers, string text)
    {
        var (refHash, emailHash) = (vault.LookupHash("customer", text.Trim()), vault.LookupHash(CompanyKey.EmailKind, CompanyKey.EmailOf(text)));
        var nameHash = CompanyKey.NameOf(text) is { } name ? vault.LookupHash(CompanyKey.NameKind, name) : null;
        var numberHash = CompanyKey.Of(new() { Ref = "", Siren = text, VatNumber = text }) is { } key ? vault.LookupHash(CompanyKey.NumberKind, key) : null;
        return customers.Where(customer => customer.EmailHash == emailHash || customer.StripeCustomerId == text
            || (nameHash != null && customer.NameHash == nameHash) || (numberHash != null && customer.CompanyHash == numberHash)
            || db.Set<CustomerRef>().Any(known => known.CustomerId == customer.Id && known.RefHash == refHash));
    }

    private async Task<IReadOnlyList<CustomerRow>> RowsAsync(RevOpsDb db, List<Guid> ids, Mode mode, string currency, CancellationToken cancel)
    {
        var figures = await CustomerFigures.OfAsync(db, ids, mode, currency, cancel);
        var rows = new List<CustomerRow>(ids.Count);
        foreach (var customer in (await Standing(db).Where(row => ids.Contains(row.Id)).ToListAsync(cancel)).OrderBy(row => ids.IndexOf(row.Id)))
            rows.Add(new(customer, await customer.OpenAsync(vault, cancel), figures[customer.Id]));
        return rows;
    }
}

/// <param name="Number">Of this page, from 1 on.</param>
public sealed record CustomerPage(IReadOnlyList<CustomerRow> Rows, int Count, int Number, DateTimeOffset AsOf)
{
    /// <summary>Of all that were found, how many lack something.</summary>
    public int Incomplete { get; init; }

    /// <summary>By all that were found, one per currency.</summary>
    public IReadOnlyList<Money> Owed { get; init; } = [];
}

/// <summary>A customer in a list.</summary>
public sealed record CustomerRow
{
    internal CustomerRow(Customer customer, CustomerDetails? details, CustomerFigures figures)
    {
        (Id, Missing, VatStatus, VatCheckedAt, StripeCustomerId, Figures) = (customer.Id, customer.MissingList, customer.VatStatus, customer.VatCheckedAt, customer.StripeCustomerId, figures);
        (Name, IsBusiness, Country) = (details?.LegalName, details?.IsBusiness, details?.Address?.Country);
    }

    public Guid Id { get; }

    /// <summary>Legal name; null when none is known, or its person was erased.</summary>
    public string? Name { get; }

    public bool? IsBusiness { get; }
    public string? Country { get; }

    /// <summary>Codes of <see cref="CustomerGap"/>.</summary>
    public IReadOnlyList<string> Missing { get; }

    public string? VatStatus { get; }
    public DateTimeOffset? VatCheckedAt { get; }
    public string? StripeCustomerId { get; }
    public CustomerFigures Figures { get; }
}
