using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables;

/// <summary>The papers behind sales and the error rate: what was issued within a period, and what of it was wrong.</summary>
public sealed class IssuedQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Vault vault, TimeProvider clock)
{
    public const int PageSize = 50;

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<IssuedPage> RowsAsync(IssuedFilter filter, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var currency = filter.Currency ?? owner.Currency;
        var found = Of(new(db, owner, Mode, currency), filter);
        var (count, sum) = (await found.CountAsync(cancel), await found.SumAsync(paper => paper.Minor, cancel));
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var shown = await filter.Sorted(found).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var customers = shown.Select(paper => paper.CustomerId).Distinct().ToList();
        var names = new Dictionary<Guid, string?>();
        foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(row => customers.Contains(row.Id)).ToListAsync(cancel))
            names[customer.Id] = (await customer.OpenAsync(vault, cancel))?.LegalName;
        return new([.. shown.Select(paper => new IssuedRow(paper.Id, paper.IsCredit, paper.Number ?? "–", names.GetValueOrDefault(paper.CustomerId), owner.DayOf(paper.At), new(paper.Minor, currency), paper.IsVoid))], count, number, new(sum, currency), clock.GetUtcNow());
    }

    /// <summary>Sales take credit notes off; the error rate counts invoices, those that were voided since among them.</summary>
    private static IQueryable<Paper> Of(ReceivablesLedger ledger, IssuedFilter filter)
    {
        var invoices = filter.Kind switch
        {
            IssuedKind.Wrong => ledger.WrongWithin(filter.Period),
            IssuedKind.Invoices => ledger.IssuedWithin(filter.Period),
            _ => ledger.IssuedWithin(filter.Period).Where(invoice => invoice.Status != InvoiceStatus.Void),
        };
        var papers = invoices.Select(invoice => new Paper
        {
            Id = invoice.Id,
            IsCredit = false,
            Number = invoice.Number ?? invoice.Reference,
            CustomerId = invoice.CustomerId,
            At = invoice.IssuedAt!.Value,
            Minor = invoice.GrossMinor,
            IsVoid = invoice.Status == InvoiceStatus.Void,
        });
        return filter.Kind != IssuedKind.Sales ? papers : papers.Concat(ledger.CreditedWithin(filter.Period).Select(note => new Paper
        {
            Id = note.Id,
            IsCredit = true,
            Number = note.Number,
            CustomerId = note.CustomerId,
            At = note.IssuedAt!.Value,
            Minor = -note.GrossMinor,
            IsVoid = false,
        }));
    }

    /// <summary>An invoice or a credit note, as the database lays them beside each other.</summary>
    internal sealed class Paper
    {
        public Guid Id { get; init; }
        public bool IsCredit { get; init; }
        public string? Number { get; init; }
        public Guid CustomerId { get; init; }
        public DateTimeOffset At { get; init; }
        public long Minor { get; init; }
        public bool IsVoid { get; init; }
    }
}

/// <summary>Which papers.</summary>
public enum IssuedKind
{
    /// <summary>Invoices less credit notes, without what was voided.</summary>
    Sales = 0,

    /// <summary>Every invoice that left the house.</summary>
    Invoices = 1,

    /// <summary>Of those, what was voided since or credited for a billing error.</summary>
    Wrong = 2,
}

public enum IssuedSort
{
    Issued = 0,
    Amount = 1,
}

public sealed record IssuedFilter(Period Period)
{
    public string? Currency { get; init; }
    public IssuedKind Kind { get; init; }
    public IssuedSort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    internal IQueryable<IssuedQueries.Paper> Sorted(IQueryable<IssuedQueries.Paper> papers) => (Sort, Ascending) switch
    {
        (IssuedSort.Amount, true) => papers.OrderBy(paper => paper.Minor).ThenBy(paper => paper.Id),
        (IssuedSort.Amount, false) => papers.OrderByDescending(paper => paper.Minor).ThenBy(paper => paper.Id),
        (_, true) => papers.OrderBy(paper => paper.At).ThenBy(paper => paper.Id),
        _ => papers.OrderByDescending(paper => paper.At).ThenBy(paper => paper.Id),
    };
}

/// <param name="Sum">Of all of them, not of the page alone; a credit note takes off.</param>
public sealed record IssuedPage(IReadOnlyList<IssuedRow> Rows, int Count, int Number, Money Sum, DateTimeOffset AsOf);

/// <param name="Customer">Legal name; null when it was not sent, or its person was erased.</param>
/// <param name="Amount">With the tax; negative for a credit note.</param>
public sealed record IssuedRow(Guid Id, bool IsCredit, string Number, string? Customer, DateOnly IssuedOn, Money Amount, bool IsVoid);
