using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>Invoices as lists show them: those that wait for Finance, and all of them. Always of the mode that is connected now.</summary>
public sealed class InvoiceQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    /// <summary>Rows of a page: each opens one sealed name, so a page stays short.</summary>
    public const int PageSize = 25;

    /// <summary>A page of what waits for a decision: problems first, then as asked for.</summary>
    public async Task<InvoicePage> WaitingAsync(WaitingFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = Waiting(db, filter);
        return await PageAsync(db, waiting, filter.Sorted(waiting), filter.Page, cancel);
    }

    /// <summary>Everything under the filter that may be approved, on all its pages, as it stands now.</summary>
    public async Task<IReadOnlyList<InvoiceRow>> ReadyAsync(WaitingFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ready = Waiting(db, filter).Where(invoice => invoice.Status == InvoiceStatus.ReadyForReview && invoice.Problems == "");
        return await RowsAsync(db, await filter.Sorted(ready).ToListAsync(cancel), cancel);
    }

    /// <summary>How many wait under a filter, in all of its groups, and for what.</summary>
    public async Task<WaitingCounts> CountWaitingAsync(WaitingFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var counts = await Waiting(db, filter with { Group = WaitingGroup.All }).GroupBy(invoice => new { invoice.Status, Complete = invoice.Problems == "", invoice.Currency })
            .Select(group => new { group.Key.Status, group.Key.Complete, group.Key.Currency, Count = group.Count(), Gross = group.Sum(invoice => invoice.GrossMinor) }).ToListAsync(cancel);
        var ready = counts.Where(row => row is { Status: InvoiceStatus.ReadyForReview, Complete: true }).ToList();
        return new(
            ready.Sum(row => row.Count),
            counts.Where(row => row is { Status: InvoiceStatus.ReadyForReview, Complete: false }).Sum(row => row.Count),
            counts.Where(row => row.Status == InvoiceStatus.Held).Sum(row => row.Count))
        {
            ReadySums = await InOrderAsync(ready.Select(row => new Money(row.Gross, row.Currency)), sum => sum.Currency, cancel),
        };
    }

    public Task<WaitingCounts> CountWaitingAsync(CancellationToken cancel) => CountWaitingAsync(new(), cancel);

    /// <summary>A page of all invoices that a filter lets through.</summary>
    public async Task<InvoicePage> ListAsync(InvoiceFilter filter, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = filter.Apply(OfThisMode(db), owner, owner.DayOf(clock.GetUtcNow()));
        if (filter.Text is { Length: > 0 } text)
            found = Naming(db, found, text);
        return await PageAsync(db, found, filter.Sorted(found), filter.Page, cancel);
    }

    private IQueryable<Invoice> OfThisMode(RevOpsDb db)
    {
        var mode = stripe.Connection?.Mode ?? Mode.Live;
        return db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode);
    }

    private IQueryable<Invoice> Waiting(RevOpsDb db, WaitingFilter filter)
    {
        var waiting = filter.Apply(OfThisMode(db));
        return filter.Text is { Length: > 0 } text ? Naming(db, waiting, text) : waiting;
    }

    /// <summary>Numbers and ids by their beginning; a customer by the sender's whole ref, since names are sealed.</summary>
    private IQueryable<Invoice> Naming(RevOpsDb db, IQueryable<Invoice> invoices, string text)
    {
        var refHash = vault.LookupHash("customer", text);
        return invoices.Where(invoice => invoice.Number!.StartsWith(text) || invoice.StripeInvoiceId!.StartsWith(text)
            || invoice.Reference.StartsWith(text)
            || db.Set<Booking>().Any(booking => booking.InvoiceId == invoice.Id && (booking.BookingId!.StartsWith(text) || booking.DealId!.StartsWith(text)))
            || db.Set<CustomerRef>().Any(known => known.CustomerId == invoice.CustomerId && known.RefHash == refHash));
    }

    private async Task<InvoicePage> PageAsync(RevOpsDb db, IQueryable<Invoice> found, IQueryable<Invoice> sorted, int page, CancellationToken cancel)
    {
        var sums = await found.GroupBy(invoice => invoice.Currency)
            .Select(group => new { group.Key, Count = group.Count(), Gross = group.Sum(invoice => invoice.GrossMinor), Owed = group.AsQueryable().Sum(Invoice.OwedMinor) }).ToListAsync(cancel);
        var count = sums.Sum(sum => sum.Count);

        // A page that was emptied meanwhile, or never was, is the last one there is.
        var number = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));

        // Which ones first: to sort whole rows, sealed buyer and all, takes the database several times as long.
        var ids = await sorted.Select(invoice => invoice.Id).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var invoices = (await db.Set<Invoice>().AsNoTracking().Where(invoice => ids.Contains(invoice.Id)).ToListAsync(cancel)).OrderBy(invoice => ids.IndexOf(invoice.Id)).ToList();
        return new(await RowsAsync(db, invoices, cancel), count, number, clock.GetUtcNow())
        {
            Sums = await InOrderAsync(sums.Select(sum => new InvoiceSum(sum.Count, new(sum.Gross, sum.Key), new(sum.Owed, sum.Key))), sum => sum.Gross.Currency, cancel),
        };
    }

    /// <summary>The company's currency first, the others by their code.</summary>
    private async Task<IReadOnlyList<T>> InOrderAsync<T>(IEnumerable<T> sums, Func<T, string> currencyOf, CancellationToken cancel)
    {
        var own = (await company.CurrentAsync(cancel)).Currency;
        return [.. sums.OrderBy(sum => currencyOf(sum) != own).ThenBy(currencyOf, StringComparer.Ordinal)];
    }

    private async Task<List<InvoiceRow>> RowsAsync(RevOpsDb db, List<Invoice> invoices, CancellationToken cancel)
    {
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        var customerIds = invoices.ConvertAll(invoice => invoice.CustomerId);
        var customers = await db.Set<Customer>().AsNoTracking().Where(customer => customerIds.Contains(customer.Id)).ToDictionaryAsync(customer => customer.Id, cancel);

        var rows = new List<InvoiceRow>(invoices.Count);
        foreach (var invoice in invoices)
            rows.Add(new(invoice, await NameAsync(customers[invoice.CustomerId], cancel)) { IsOverdue = invoice.IsIssued && invoice.Outstanding.Minor > 0 && invoice.DueOn < today });
        return rows;
    }

    private async Task<string?> NameAsync(Customer customer, CancellationToken cancel) =>
        (await customer.OpenAsync(vault, cancel))?.LegalName;
}

/// <param name="Number">Of this page, from 1 on.</param>
public sealed record InvoicePage(IReadOnlyList<InvoiceRow> Rows, int Count, int Number, DateTimeOffset AsOf)
{
    /// <summary>Over all that was found, one per currency.</summary>
    public IReadOnlyList<InvoiceSum> Sums { get; init; } = [];
}

/// <param name="Count">How many are in this currency.</param>
/// <param name="Gross">With the tax.</param>
/// <param name="Outstanding">Of what is issued: a draft is not owed yet.</param>
public sealed record InvoiceSum(int Count, Money Gross, Money Outstanding);

/// <summary>An invoice in a list.</summary>
public sealed record InvoiceRow
{
    internal InvoiceRow(Invoice invoice, string? customer)
    {
        (Id, Status, Number, Customer) = (invoice.Id, invoice.Status, invoice.Number, customer);
        (Gross, OccurredAt, IssuedAt, DueOn, PaidAt) = (invoice.Gross, invoice.OccurredAt, invoice.IssuedAt, invoice.DueOn, invoice.PaidAt);
        Outstanding = invoice.IsIssued && invoice.Outstanding.Minor != 0 ? invoice.Outstanding : null;
        // What names no deal is known by its number, which stands in a place of its own.
        Sale = invoice.IsHistory && invoice.Reference == invoice.Number ? null : invoice.Reference;
        (Problems, ReviewHash, Origin) = (invoice.ProblemList, invoice.ReviewHash, invoice.Origin);
    }

    public Guid Id { get; }
    public InvoiceOrigin Origin { get; }
    public InvoiceStatus Status { get; }
    public string? Number { get; }

    /// <summary>Legal name; null when it was not sent, or its person was erased.</summary>
    public string? Customer { get; }

    /// <summary>The sender's booking id, else the deal id, else Finance's own word; null on history that names none.</summary>
    public string? Sale { get; }

    public Money Gross { get; }

    /// <summary>Null while nothing is owed: before issue, and after payment.</summary>
    public Money? Outstanding { get; }

    public DateTimeOffset OccurredAt { get; }
    public DateTimeOffset? IssuedAt { get; }
    public DateOnly? DueOn { get; }
    public DateTimeOffset? PaidAt { get; }
    public bool IsOverdue { get; init; }

    /// <summary>Codes of <see cref="ReviewProblem"/>.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>What a decision made from this row must send back.</summary>
    public byte[]? ReviewHash { get; }

    public bool MayBeApproved => Status == InvoiceStatus.ReadyForReview && Problems.Count == 0;
}
