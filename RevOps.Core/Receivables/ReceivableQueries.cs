using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables.Lateness;

namespace RevOps.Core.Receivables;

/// <summary>The figures of receivables, live and as of any past evening, and the rows that they are made of.</summary>
public sealed class ReceivableQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Vault vault, TimeProvider clock)
{
    public const int PageSize = 50;

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<DateOnly> TodayAsync(CancellationToken cancel) => (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());

    /// <summary>Figures of an evening, and of the one that it is compared with.</summary>
    public async Task<ReceivablesView> LoadAsync(DateOnly evening, DateOnly? compared, string? currency, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var currencies = await ReceivablesLedger.CurrenciesAsync(db, owner, Mode, cancel);
        var chosen = currency is not null && currencies.Contains(currency) ? currency : owner.Currency;
        var ledger = new ReceivablesLedger(db, owner, Mode, chosen);
        var sales = await ledger.SalesAsync(evening > compared || compared is null ? evening : compared.Value, cancel);
        var (figures, open) = await OfAsync(ledger, sales, evening, chosen, cancel);
        var before = compared is { } other ? (await OfAsync(ledger, sales, other, chosen, cancel)).Figures : null;
        return new(figures, before, currencies, ByClient(open, evening), Mode, clock.GetUtcNow());
    }

    /// <summary>What was open when the period of the figures began, which the collection index needs.</summary>
    public async Task<long> BeginAsync(DateOnly evening, string currency, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await new ReceivablesLedger(db, owner, Mode, currency).OpenOnAsync(evening.AddDays(-Dso.PeriodDays), cancel)).Sum(invoice => invoice.OpenMinor);
    }

    /// <summary>The clients of a page, by name.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> customers, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var names = new Dictionary<Guid, string>();
        foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(row => customers.Contains(row.Id)).ToListAsync(cancel))
            names[customer.Id] = await customer.OpenAsync(vault, cancel) is { } details ? details.LegalName ?? details.Ref : "–";
        return names;
    }

    /// <summary>The invoices behind a figure, a page of them; they add up to it.</summary>
    public async Task<OpenInvoicePage> RowsAsync(OpenInvoiceFilter filter, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = (await new ReceivablesLedger(db, owner, Mode, filter.Currency ?? owner.Currency).OpenOnAsync(filter.Evening, cancel)).Where(filter.Takes).ToList();
        var (sum, count) = (open.Sum(invoice => invoice.OpenMinor), open.Count);
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var shown = filter.Sorted(open).Skip((number - 1) * PageSize).Take(PageSize).ToList();
        var rows = await OpenInvoiceRows.OfAsync(db, vault, shown, filter.Evening, cancel);
        return new(rows, count, number, new(sum, filter.Currency ?? owner.Currency), clock.GetUtcNow());
    }

    /// <summary>The last evening of each month up to a day, and the day itself: what was open and late, and the DSO.</summary>
    public async Task<IReadOnlyList<ReceivableFigures>> TrendAsync(DateOnly evening, int months, string currency, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ledger = new ReceivablesLedger(db, owner, Mode, currency);
        var sales = await ledger.SalesAsync(evening, cancel);

        // Before the first sale there is no course to show.
        List<DateOnly> evenings = [.. Enumerable.Range(0, months).Select(back => Sales.MonthOf(evening).AddMonths(-back).AddDays(-1)).Where(day => day >= sales.FirstMonth).Reverse(), evening];
        var replay = await ledger.ReplayAsync(evenings[0], evening, cancel);
        return evenings.ConvertAll(day => ReceivableFigures.Of(day, currency, replay.OpenOn(day), sales, new(0, 0)));
    }

    private static async Task<(ReceivableFigures Figures, List<OpenReceivable> Open)> OfAsync(ReceivablesLedger ledger, Sales sales, DateOnly evening, string currency, CancellationToken cancel)
    {
        var open = await ledger.OpenOnAsync(evening, cancel);
        return (ReceivableFigures.Of(evening, currency, open, sales, await ledger.ErrorsAsync(Period.Ending(evening, Dso.PeriodDays), cancel)), open);
    }

    private static IReadOnlyList<ClientAgeing> ByClient(List<OpenReceivable> open, DateOnly evening) =>
        [.. open.GroupBy(invoice => invoice.CustomerId).Select(client => new ClientAgeing(client.Key, client.Count(), Ageing.Of(client, evening))).OrderByDescending(client => client.Ageing.Overdue).ThenByDescending(client => client.Ageing.Total).ThenBy(client => client.CustomerId)];
}

/// <param name="Clients">Of whom something is open; who owes most that is late first.</param>
public sealed record ReceivablesView(ReceivableFigures Figures, ReceivableFigures? Compared, IReadOnlyList<string> Currencies, IReadOnlyList<ClientAgeing> Clients, Mode Mode, DateTimeOffset AsOf);

public sealed record ClientAgeing(Guid CustomerId, int Invoices, Ageing Ageing);

/// <summary>Which open invoices, as they stood on an evening.</summary>
public sealed record OpenInvoiceFilter(DateOnly Evening)
{
    public string? Currency { get; init; }
    public AgeBucket? Bucket { get; init; }

    /// <summary>Only what is late.</summary>
    public bool Late { get; init; }

    public Guid? CustomerId { get; init; }
    public OpenInvoiceSort Sort { get; init; }
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    internal bool Takes(OpenReceivable invoice) => (CustomerId is null || invoice.CustomerId == CustomerId)
        && (Bucket is null || Ageing.BucketOf(invoice.DaysLate(Evening)) == Bucket) && (!Late || invoice.DaysLate(Evening) > 0);

    internal IEnumerable<OpenReceivable> Sorted(IEnumerable<OpenReceivable> open)
    {
        var sorted = Sort switch
        {
            OpenInvoiceSort.Issued => open.OrderBy(invoice => invoice.IssuedOn),
            OpenInvoiceSort.Open => open.OrderBy(invoice => invoice.OpenMinor),
            _ => open.OrderBy(invoice => invoice.DueOn),
        };
        var last = sorted.ThenBy(invoice => invoice.InvoiceId);
        return Descending ? last.Reverse() : last;
    }
}

public enum OpenInvoiceSort
{
    Due = 0,
    Issued = 1,
    Open = 2,
}

/// <param name="Sum">Of all of them, not of the page alone.</param>
public sealed record OpenInvoicePage(IReadOnlyList<OpenInvoiceRow> Rows, int Count, int Number, Money Sum, DateTimeOffset AsOf);

public sealed record OpenInvoiceRow(Guid Id, string Number, Guid CustomerId, string Customer, DateOnly IssuedOn, DateOnly DueOn, Money Gross, Money Open, int DaysLate)
{
    /// <summary>As of now, whatever the evening.</summary>
    public InvoiceStanding Standing { get; init; } = InvoiceStanding.None;
}
