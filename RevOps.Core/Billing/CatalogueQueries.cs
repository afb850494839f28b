using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>The catalogue as pages show it. It stands here because the rates of VAT and the names of customers do.</summary>
public sealed class CatalogueQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Contract prices of one service that are shown, the newest: each opens a sealed name.</summary>
    public const int MostContracts = 50;

    private const int MostFound = 10;

    /// <summary>What an entry begins with.</summary>
    public async Task<CatalogueDefaults> DefaultsAsync(CancellationToken cancel) => DefaultsOf(await company.CurrentAsync(cancel));

    public async Task<ServicePage> ListAsync(CatalogueFilter filter, CancellationToken cancel)
    {
        var seller = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = filter.Apply(db.Set<Service>().AsNoTracking());
        var count = await found.CountAsync(cancel);
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var services = await filter.Sorted(found).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);

        var ids = services.ConvertAll(service => service.Id);
        var prices = (await db.Set<PriceVersion>().AsNoTracking().Where(price => price.CustomerId == null && price.SlotStart == null && ids.Contains(price.ServiceId)).ToListAsync(cancel)).ToLookup(price => price.ServiceId);
        var contracts = await db.Set<PriceVersion>().Where(price => price.CustomerId != null && ids.Contains(price.ServiceId))
            .GroupBy(price => price.ServiceId).Select(group => new { group.Key, Customers = group.Select(price => price.CustomerId).Distinct().Count() }).ToDictionaryAsync(group => group.Key, group => group.Customers, cancel);
        var today = seller.DayOf(clock.GetUtcNow());
        return new([.. services.Select(service => RowOf(service, InForce(service, prices[service.Id], seller, today), contracts.GetValueOrDefault(service.Id)))], count, number, clock.GetUtcNow());
    }

    /// <returns>Null when there is no such service.</returns>
    public async Task<ServiceSheet?> OfAsync(Guid id, CancellationToken cancel)
    {
        var seller = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Service>().AsNoTracking().SingleOrDefaultAsync(service => service.Id == id, cancel) is not { } service)
            return null;
        var now = clock.GetUtcNow();
        var today = seller.DayOf(now);
        var prices = await db.Set<PriceVersion>().AsNoTracking().Where(price => price.ServiceId == id && price.SlotStart == null).OrderByDescending(price => price.ValidFrom).ThenBy(price => price.Currency).ToListAsync(cancel);
        var (listed, contracts) = (prices.Where(price => price.CustomerId is null).ToList(), prices.Where(price => price.CustomerId is not null).ToList());
        var shown = contracts.Take(MostContracts).ToList();
        var names = await NamesAsync(db, [.. shown.Select(price => price.CustomerId!.Value).Distinct()], cancel);
        PriceRow Row(PriceVersion price) => PriceRow.Of(price, prices, today) with { Customer = price.CustomerId is { } customer ? names.GetValueOrDefault(customer) : null };
        return new(RowOf(service, InForce(service, listed, seller, today), contracts.Select(price => price.CustomerId).Distinct().Count()), service.Version, DefaultsOf(seller))
        {
            Prices = listed.ConvertAll(Row),
            Contracts = shown.ConvertAll(Row),
            ContractCount = contracts.Count,
            SlotPrices = await db.Set<PriceVersion>().Where(price => price.ServiceId == id && price.SlotStart > now && price.EndedAt == null).Select(price => price.SlotStart).Distinct().CountAsync(cancel),
        };
    }

    /// <summary>Customers by the sender's whole ref or by their whole legal name, since names are sealed.</summary>
    public async Task<IReadOnlyList<NamedCustomer>> FindCustomersAsync(string text, CancellationToken cancel)
    {
        var refHash = vault.LookupHash("customer", text.Trim());
        var nameHash = CompanyKey.NameOf(text) is { } name ? vault.LookupHash("customer-name", name) : null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ids = await db.Set<Customer>().Where(customer => customer.MergedIntoId == null
            && ((nameHash != null && customer.NameHash == nameHash) || db.Set<CustomerRef>().Any(known => known.CustomerId == customer.Id && known.RefHash == refHash)))
            .OrderBy(customer => customer.Id).Select(customer => customer.Id).Take(MostFound).ToListAsync(cancel);
        var found = new List<NamedCustomer>();
        foreach (var customer in (await db.Set<Customer>().AsNoTracking().Where(customer => ids.Contains(customer.Id)).ToListAsync(cancel)).OrderBy(customer => ids.IndexOf(customer.Id)))
            found.Add(await customer.OpenAsync(vault, cancel) is { } details ? new(customer.Id, details.LegalName ?? details.Ref) { Told = details.Siren ?? details.VatNumber ?? details.Ref } : new(customer.Id, null));
        return found;
    }

    private async Task<Dictionary<Guid, string?>> NamesAsync(RevOpsDb db, List<Guid> ids, CancellationToken cancel)
    {
        var names = new Dictionary<Guid, string?>();
        foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(customer => ids.Contains(customer.Id)).ToListAsync(cancel))
            names[customer.Id] = await customer.OpenAsync(vault, cancel) is { } details ? details.LegalName ?? details.Ref : null;
        return names;
    }

    private CatalogueDefaults DefaultsOf(CompanyVersion seller)
    {
        var today = seller.DayOf(clock.GetUtcNow());
        return new(seller.Currency, today, TaxRate.StandardOn(seller.Country, today))
        {
            Rates = [.. TaxRate.All.Where(rate => string.Equals(rate.Country, seller.Country, StringComparison.OrdinalIgnoreCase) && rate.From <= today && !(rate.Until < today)).Select(rate => rate.BasisPoints)],
        };
    }

    private static ServiceRow RowOf(Service service, PriceInForce? price, int contracts) => new(service.Id, service.Code, service.Name)
    {
        RateBasisPoints = service.TaxRateBasisPoints,
        Cost = service.CostMinor is { } minor ? new Money(minor, service.CostCurrency!) : null,
        RetiredAt = service.RetiredAt,
        Price = price,
        Contracts = contracts,
    };

    /// <summary>The list price of today: in the company's currency, else in the first that there is one in.</summary>
    private static PriceInForce? InForce(Service service, IEnumerable<PriceVersion> listed, CompanyVersion seller, DateOnly today)
    {
        var (versions, cost) = (listed.ToList(), service.CostMinor is { } minor ? new Money(minor, service.CostCurrency!) : (Money?)null);
        var list = new PriceList([service], versions);
        return (from currency in versions.Select(price => price.Currency).Distinct().OrderBy(currency => currency != seller.Currency).ThenBy(currency => currency, StringComparer.Ordinal)
                let price = list.Of(service.Code, currency, today)
                where price is not null
                select new PriceInForce(price.UnitAmount, currency, price.TaxInclusive, price.MarginOver(currency, cost, service.TaxRateBasisPoints ?? TaxRate.StandardOn(seller.Country, today)))).FirstOrDefault();
    }
}

/// <param name="Number">Of this page, from 1 on.</param>
public sealed record ServicePage(IReadOnlyList<ServiceRow> Rows, int Count, int Number, DateTimeOffset AsOf);

/// <summary>A service in a list.</summary>
public sealed record ServiceRow(Guid Id, string Code, string Name)
{
    /// <summary>Null: the standard rate.</summary>
    public int? RateBasisPoints { get; init; }

    public Money? Cost { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
    public PriceInForce? Price { get; init; }

    /// <summary>Customers with a price of their own.</summary>
    public int Contracts { get; init; }
}

/// <summary>Today's list price.</summary>
/// <param name="UnitAmount">In whole currency units, up to 6 decimals.</param>
/// <param name="Margin">Over the cost, before tax.</param>
public sealed record PriceInForce(decimal UnitAmount, string Currency, bool TaxInclusive, Money? Margin);

/// <summary>One service with everything that it costs, and ever did.</summary>
/// <param name="Version">What a change must be based on.</param>
public sealed record ServiceSheet(ServiceRow Row, int Version, CatalogueDefaults Defaults)
{
    /// <summary>The newest first.</summary>
    public IReadOnlyList<PriceRow> Prices { get; init; } = [];

    public IReadOnlyList<PriceRow> Contracts { get; init; } = [];

    /// <summary>All of them, shown or not.</summary>
    public int ContractCount { get; init; }

    /// <summary>Slots ahead that have a price of their own.</summary>
    public int SlotPrices { get; init; }
}

/// <param name="Currency">The company's.</param>
/// <param name="Today">In the company's zone.</param>
/// <param name="StandardRate">In basis points; null where the country's rates are not known.</param>
public sealed record CatalogueDefaults(string Currency, DateOnly Today, int? StandardRate)
{
    /// <summary>Rates that the seller's country knows, in basis points.</summary>
    public IReadOnlyList<int> Rates { get; init; } = [];
}

public enum PriceStanding
{
    Planned = 0,
    InForce = 1,
    Past = 2,
}

/// <summary>A price with its days.</summary>
public sealed record PriceRow(Guid Id, decimal UnitAmount, string Currency, bool TaxInclusive)
{
    public required DateOnly From { get; init; }

    /// <summary>Its own last day, or the one before the next begins; null while it is open.</summary>
    public DateOnly? Until { get; init; }

    public required PriceStanding Standing { get; init; }
    public required string Actor { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? CustomerId { get; init; }

    /// <summary>Legal name; null when its person was erased, and on a list price.</summary>
    public string? Customer { get; init; }

    /// <param name="price">Which.</param>
    /// <param name="all">Of the same service: the next one of its kind ends it.</param>
    /// <param name="today">In the company's zone.</param>
    public static PriceRow Of(PriceVersion price, IReadOnlyList<PriceVersion> all, DateOnly today)
    {
        var next = all.Where(other => other.CustomerId == price.CustomerId && other.Currency == price.Currency && other.ValidFrom > price.ValidFrom).Select(other => (DateOnly?)other.ValidFrom.AddDays(-1)).Min();
        var until = price.ValidUntil is { } own && !(next < own) ? own : next;
        return new(price.Id, decimal.Parse(price.UnitAmount, CultureInfo.InvariantCulture), price.Currency, price.TaxInclusive)
        {
            From = price.ValidFrom,
            Until = until,
            Standing = price.ValidFrom > today ? PriceStanding.Planned : until < today ? PriceStanding.Past : PriceStanding.InForce,
            Actor = $"user:{price.UserId}",
            RecordedAt = price.RecordedAt,
            CustomerId = price.CustomerId,
        };
    }
}

/// <param name="Name">Null when its person was erased.</param>
public sealed record NamedCustomer(Guid Id, string? Name)
{
    /// <summary>What tells it from another of the same name: its number, else the sender's ref.</summary>
    public string? Told { get; init; }
}
