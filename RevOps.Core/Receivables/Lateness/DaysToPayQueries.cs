using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>How long each client takes to pay, over the invoices that were paid within a time.</summary>
public sealed class DaysToPayQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, ReceivableQueries receivables, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>Medians are no query of both databases, so the days are read, four small columns of each paid invoice, and the clients sorted here.</summary>
    public async Task<DaysToPayPage> ListAsync(DaysToPayFilter filter, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var (now, currency, mode) = (clock.GetUtcNow(), LateQueries.CurrencyOf(filter.Currency, owner), stripe.Connection?.Mode ?? Mode.Live);
        var from = filter.Months is { } months ? owner.DayOf(now).AddMonths(-months) : DateOnly.MinValue;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var paid = await db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.Currency == currency && invoice.Status == InvoiceStatus.Paid
                && invoice.IssuedOn != null && invoice.DueOn != null && invoice.SettledOn != null && invoice.SettledOn >= from)
            .Select(invoice => new SettledInvoice(invoice.CustomerId, invoice.IssuedOn!.Value, invoice.DueOn!.Value, invoice.SettledOn!.Value, invoice.GrossMinor)).ToListAsync(cancel);
        var clients = filter.Sorted(paid.GroupBy(invoice => invoice.CustomerId).Select(client => new ClientDays(client.Key, DaysToPay.Of([.. client])!))).ToList();
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (clients.Count + PageSize - 1) / PageSize));
        var shown = clients.Skip((number - 1) * PageSize).Take(PageSize).ToList();
        var names = await receivables.NamesAsync([.. shown.Select(client => client.CustomerId), .. filter.CustomerId is { } one ? [one] : Array.Empty<Guid>()], cancel);
        var drawn = filter.CustomerId is { } chosen ? clients.Find(client => client.CustomerId == chosen)?.Days : DaysToPay.Of(paid);
        return new([.. shown.Select(client => client with { Name = names.GetValueOrDefault(client.CustomerId) })], clients.Count, number, drawn, filter.CustomerId is { } id ? names.GetValueOrDefault(id) : null, currency, now);
    }
}

public enum DaysToPaySort
{
    /// <summary>Who pays latest first.</summary>
    Median = 0,

    Count = 1,
    Late = 2,
    Ninth = 3,
}

/// <param name="Months">Paid within so many; null: ever.</param>
public sealed record DaysToPayFilter(int? Months = DaysToPayFilter.Year)
{
    public const int Year = 12;

    /// <summary>Null: the company's.</summary>
    public string? Currency { get; init; }

    /// <summary>Whose days are drawn; null: everybody's.</summary>
    public Guid? CustomerId { get; init; }

    public DaysToPaySort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    internal IEnumerable<ClientDays> Sorted(IEnumerable<ClientDays> clients)
    {
        Func<ClientDays, double> by = Sort switch
        {
            DaysToPaySort.Count => client => client.Days.Count,
            DaysToPaySort.Late => client => client.Days.Late.Value ?? 0,
            DaysToPaySort.Ninth => client => client.Days.FromDue.Ninth,
            _ => client => client.Days.FromDue.Median,
        };
        var sorted = Ascending ? clients.OrderBy(by) : clients.OrderByDescending(by);
        return sorted.ThenByDescending(client => client.Days.Count).ThenBy(client => client.CustomerId);
    }
}

public sealed record ClientDays(Guid CustomerId, DaysToPay Days)
{
    /// <summary>Null where the person was erased.</summary>
    public string? Name { get; init; }
}

/// <param name="Drawn">Of the chosen client, else of all of them; null where nothing was paid.</param>
/// <param name="DrawnName">Of the chosen client.</param>
public sealed record DaysToPayPage(IReadOnlyList<ClientDays> Rows, int Count, int Number, DaysToPay? Drawn, string? DrawnName, string Currency, DateTimeOffset AsOf);
