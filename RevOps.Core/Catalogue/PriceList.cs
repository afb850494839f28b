using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Catalogue;

/// <summary>The prices that may concern one customer's lines, loaded once and asked line by line.</summary>
public sealed class PriceList
{
    private readonly Dictionary<string, Service> services;
    private readonly ILookup<(Guid Service, string Currency), PriceVersion> prices;

    // A service may have many thousands, of which one slot has a few.
    private readonly ILookup<(Guid Service, string Currency, DateTimeOffset Slot), PriceVersion> ofSlots;

    public PriceList(IEnumerable<Service> services, IEnumerable<PriceVersion> prices)
    {
        this.services = services.ToDictionary(service => service.Code, StringComparer.OrdinalIgnoreCase);
        var known = prices.ToLookup(price => price.SlotStart is not null);
        this.prices = known[false].ToLookup(price => (price.ServiceId, price.Currency));
        ofSlots = known[true].ToLookup(price => (price.ServiceId, price.Currency, price.SlotStart!.Value));
    }

    /// <param name="db">Read only.</param>
    /// <param name="codes">Service codes of the lines.</param>
    /// <param name="customerId">Whose contract prices go before the list's.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="slots">Beginnings of the slots that the lines are of: those prices alone are loaded.</param>
    /// <param name="mode">Whose prices of slots count; needed where there are slots.</param>
    public static async Task<PriceList> LoadAsync(RevOpsDb db, IReadOnlyCollection<string> codes, Guid customerId, CancellationToken cancel, IReadOnlyCollection<DateTimeOffset>? slots = null, Mode? mode = null)
    {
        List<DateTimeOffset?> begin = [.. (slots ?? []).Distinct()];
        var wanted = codes.Select(code => code.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count == 0)
            return new([], []);
        var sold = await db.Set<Service>().AsNoTracking().Where(service => wanted.Contains(service.Code.ToUpper())).ToListAsync(cancel);
        var ids = sold.ConvertAll(service => service.Id);
        return new(sold, await db.Set<PriceVersion>().AsNoTracking().Where(price => ids.Contains(price.ServiceId) && (price.CustomerId == null || price.CustomerId == customerId)
            && (price.SlotStart == null || (price.Mode == mode && begin.Contains(price.SlotStart)))).ToListAsync(cancel));
    }

    public Service? ServiceOf(string? code) => code is null ? null : services.GetValueOrDefault(code);

    /// <summary>The price in force on a day: the customer's contract price, else the slot's own, else the list price; null where the catalogue has none.</summary>
    /// <param name="code">Of the service.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="day">Of supply.</param>
    /// <param name="slot">The slot and when it was booked: what its price became afterwards changes nothing. Null: of no slot.</param>
    public CataloguePrice? Of(string? code, string currency, DateOnly day, BookedSlot? slot = null)
    {
        if (ServiceOf(code) is not { } service)
            return null;
        var versions = prices[(service.Id, currency)];
        return InForce(versions.Where(price => price.CustomerId is not null), day) ?? (slot is null ? null : OfSlot(ofSlots[(service.Id, currency, slot.Start)], slot.At)) ?? InForce(versions.Where(price => price.CustomerId is null), day);
    }

    /// <summary>The newest that had begun by then and was not undone by then.</summary>
    private static CataloguePrice? OfSlot(IEnumerable<PriceVersion> versions, DateTimeOffset at) =>
        versions.Where(price => price.BeganAt <= at && !(price.EndedAt <= at)).MaxBy(price => price.BeganAt) is { } newest ? Of(newest) : null;

    /// <summary>The newest version that has begun counts; once it has ended, none does: an older one does not come back.</summary>
    private static CataloguePrice? InForce(IEnumerable<PriceVersion> versions, DateOnly day) =>
        versions.Where(price => price.ValidFrom <= day).MaxBy(price => price.ValidFrom) is { } newest && (newest.ValidUntil is null || day <= newest.ValidUntil)
            ? Of(newest) : null;

    private static CataloguePrice Of(PriceVersion price) => new(decimal.Parse(price.UnitAmount, CultureInfo.InvariantCulture), price.TaxInclusive, price.CustomerId is not null);
}

/// <param name="Start">Of the slot.</param>
/// <param name="At">When it was booked, or is about to be.</param>
public sealed record BookedSlot(DateTimeOffset Start, DateTimeOffset At)
{
    /// <summary>The class that it was booked in, as the sender writes it; null: none.</summary>
    public string? Fare { get; init; }
}

/// <param name="UnitAmount">In whole currency units, up to 6 decimals.</param>
/// <param name="TaxInclusive">The price holds the tax.</param>
/// <param name="IsContract">It is one customer's own.</param>
public sealed record CataloguePrice(decimal UnitAmount, bool TaxInclusive, bool IsContract)
{
    /// <summary>The unit price on the asked side of the tax, to 6 decimals.</summary>
    public decimal On(bool taxInclusive, int rateBasisPoints) => (TaxInclusive, taxInclusive) switch
    {
        (true, false) => Math.Round(UnitAmount * 10_000 / (10_000 + rateBasisPoints), 6, MidpointRounding.AwayFromZero),
        (false, true) => Math.Round(UnitAmount * (10_000 + rateBasisPoints) / 10_000, 6, MidpointRounding.AwayFromZero),
        _ => UnitAmount,
    };

    /// <summary>What one leaves over its cost, before tax; null where the cost is unknown or of another currency, or the price holds a tax that is not known.</summary>
    /// <param name="currency">Of the price.</param>
    /// <param name="cost">Of one.</param>
    /// <param name="rateBasisPoints">The tax that the price may hold.</param>
    public Money? MarginOver(string currency, Money? cost, int? rateBasisPoints) =>
        cost is not { } known || known.Currency != currency || (TaxInclusive && rateBasisPoints is null) ? null : Money.Round(On(taxInclusive: false, rateBasisPoints ?? 0), currency) - known;
}
