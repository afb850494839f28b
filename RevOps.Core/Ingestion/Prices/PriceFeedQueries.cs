using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>Every price that is asked now.</summary>
/// <param name="Services">By code.</param>
public sealed record PriceFeed(IReadOnlyList<FeedService> Services);

/// <param name="Code">As bookings name it.</param>
/// <param name="TaxRatePercent">Null where the company's country and the service name none.</param>
/// <param name="Prices">One per currency; contract prices of single customers are not among them.</param>
public sealed record FeedService(string Code, string Name, decimal? TaxRatePercent, IReadOnlyList<FeedPrice> Prices, IReadOnlyList<FeedFare> Fares, IReadOnlyList<FeedSlot> Slots);

/// <summary>A cheaper fare; the dearest is the slot's own price.</summary>
/// <param name="Code">As bookings name it in fareClass.</param>
/// <param name="TaxInclusive">It holds the tax, as the list price did when the fare was set.</param>
public sealed record FeedFare(string Code, string Name, string Currency, decimal UnitAmount, bool TaxInclusive);

/// <summary>A cheaper fare of one slot.</summary>
/// <param name="UnitAmount">On the slot's side of the tax, and never above the slot's own price.</param>
/// <param name="PlacesKept">For dearer fares, of the slot's places: to be sold while more are left than that. It falls as the slot comes nearer. Null until slots that are over say so.</param>
public sealed record FeedSlotFare(string Code, decimal UnitAmount, int? PlacesKept);

/// <param name="UnitAmount">In whole currency units, up to 6 decimals.</param>
/// <param name="TaxInclusive">It holds the tax; false: the tax comes on top.</param>
/// <param name="ValidFrom">First day, in the company's zone.</param>
public sealed record FeedPrice(string Currency, decimal UnitAmount, bool TaxInclusive, DateOnly ValidFrom);

/// <param name="LowestBefore">Lowest price of the 30 days before, to be named beside a price that was lowered; null where it was not.</param>
/// <param name="PlacesLeft">Null where nobody told of the slot's places.</param>
/// <param name="ValidFrom">Since when it is asked: of a slot without a price of its own, from which day of slots on the service costs that, which may be still to come.</param>
/// <param name="IsOwn">The slot has a price of its own.</param>
public sealed record FeedSlot(DateTimeOffset Start, DateTimeOffset? End, string Currency, decimal UnitAmount, bool TaxInclusive, DateTimeOffset ValidFrom, bool IsOwn, decimal? LowestBefore, int? PlacesLeft, IReadOnlyList<FeedSlotFare> Fares);

/// <summary>Prices in force for a booking site: of services, and of slots. The same for everybody who asks.</summary>
public sealed class PriceFeedQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Slots ahead that are told without being asked for others.</summary>
    public const int UsualDays = 90;

    public async Task<DateOnly> TodayAsync(CancellationToken cancel) => (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());

    /// <param name="code">Of one service; null: all that are sold.</param>
    /// <param name="from">First day of slots, in the company's zone.</param>
    /// <param name="to">Last day.</param>
    /// <param name="mode">Whose bookings take places.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>Null when there is no such service.</returns>
    public async Task<PriceFeed?> OfAsync(string? code, DateOnly from, DateOnly to, Mode mode, CancellationToken cancel)
    {
        var (owner, now, wanted) = (await company.CurrentAsync(cancel), clock.GetUtcNow(), code?.ToUpperInvariant());
        var (first, end, today) = (owner.StartOf(from), owner.StartOf(to.AddDays(1)), owner.DayOf(now));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var services = await db.Set<Service>().AsNoTracking().Where(service => service.RetiredAt == null && (wanted == null || service.Code.ToUpper() == wanted)).OrderBy(service => service.Code).ToListAsync(cancel);
        if (wanted is not null && services.Count == 0)
            return null;
        var ids = services.ConvertAll(service => service.Id);
        var prices = (await db.Set<PriceVersion>().AsNoTracking().Where(price => price.CustomerId == null && ids.Contains(price.ServiceId) && (price.SlotStart == null || (price.Mode == mode && price.SlotStart >= first && price.SlotStart < end))).ToListAsync(cancel)).ToLookup(price => price.ServiceId);
        var slots = (await db.Set<SlotAvailability>().AsNoTracking().Where(slot => slot.SlotStart >= first && slot.SlotStart < end).OrderBy(slot => slot.SlotStart).ToListAsync(cancel)).ToLookup(slot => slot.ServiceCode, StringComparer.OrdinalIgnoreCase);
        var sold = (await db.Set<SlotSale>().Where(sale => sale.Mode == mode && sale.SlotStart >= first && sale.SlotStart < end).GroupBy(sale => new { sale.ServiceCode, sale.SlotStart }).Select(group => new { group.Key.ServiceCode, group.Key.SlotStart, Places = group.Sum(sale => sale.Places) }).ToListAsync(cancel))
            .ToLookup(one => (one.ServiceCode.ToUpperInvariant(), one.SlotStart), one => one.Places);
        var settings = (await SlotReader.Newest(db).Where(setting => ids.Contains(setting.ServiceId)).ToListAsync(cancel)).ToDictionary(setting => setting.ServiceId);
        var studies = (await db.Set<PricingStudy>().AsNoTracking().Where(study => study.Mode == mode && ids.Contains(study.ServiceId) && !db.Set<PricingStudy>().Any(later => later.Mode == mode && later.ServiceId == study.ServiceId && later.Day > study.Day)).ToListAsync(cancel)).ToDictionary(study => study.ServiceId);
        var standard = TaxRate.StandardOn(owner.Country, today);
        return new(services.ConvertAll(service =>
        {
            var (list, setting) = (new PriceList([service], prices[service.Id]), settings.GetValueOrDefault(service.Id));
            var listed = prices[service.Id].Where(price => price.SlotStart is null).Select(price => price.Currency).Distinct().Order(StringComparer.Ordinal)
                .Select(currency => (Currency: currency, Price: list.Of(service.Code, currency, today))).Where(one => one.Price is not null).Select(one => new FeedPrice(one.Currency, one.Price!.UnitAmount, one.Price.TaxInclusive, Begin(prices[service.Id], one.Currency, today))).ToList();
            return new FeedService(service.Code, service.Name, (service.TaxRateBasisPoints ?? standard) / 100m, listed, FaresOf(setting, listed), [.. SlotsOf(service, list, new(setting, studies.GetValueOrDefault(service.Id) is { } study && study.MadeAt >= setting?.At ? study.Findings : null, service.TaxRateBasisPoints ?? standard ?? 0), [.. prices[service.Id]], [.. slots[service.Code]], slot => sold[(service.Code.ToUpperInvariant(), slot)].Sum(), standard ?? 0, owner, now)]);
        }));
    }

    private static List<FeedFare> FaresOf(PricingSetting? setting, List<FeedPrice> listed) => setting is null || !listed.Exists(price => price.Currency == setting.Currency) ? []
        : [.. setting.Fares.Skip(1).Select(fare => new FeedFare(fare.Code, fare.Name, setting.Currency, new Money(fare.PriceMinor, setting.Currency).Amount, setting.TaxInclusive))];

    private static DateOnly Begin(IEnumerable<PriceVersion> versions, string currency, DateOnly today) => versions.Where(price => price.SlotStart is null && price.Currency == currency && price.ValidFrom <= today).Max(price => price.ValidFrom);

    /// <summary>Those that somebody told of, and those that have a price of their own; what has begun is sold no more.</summary>
    private static IEnumerable<FeedSlot> SlotsOf(Service service, PriceList list, SlotFares fares, List<PriceVersion> versions, List<SlotAvailability> told, Func<DateTimeOffset, int> soldOf, int standard, CompanyVersion owner, DateTimeOffset now)
    {
        var known = told.GroupBy(slot => slot.SlotStart).ToDictionary(same => same.Key, same => same.MaxBy(slot => slot.OccurredAt)!);
        foreach (var start in known.Keys.Concat(versions.Select(price => price.SlotStart).OfType<DateTimeOffset>()).Distinct().Where(start => start > now).Order())
        {
            var slot = known.GetValueOrDefault(start);
            foreach (var currency in versions.Select(price => price.Currency).Distinct().Order(StringComparer.Ordinal))
            {
                if (list.Of(service.Code, currency, owner.DayOf(start), new(start, now)) is not { } price)
                    continue;
                var own = versions.Where(version => version.SlotStart == start && version.Currency == currency && version.BeganAt <= now && version.EndedAt is null).MaxBy(version => version.BeganAt);
                yield return new(start, slot?.SlotEnd, currency, price.UnitAmount, price.TaxInclusive, own?.BeganAt ?? owner.StartOf(Begin(versions, currency, owner.DayOf(start))), own is not null,
                    own is null ? null : LowestPrice.Before(list, service.Code, currency, owner.DayOf(start), new(start, own.BeganAt!.Value), versions.Where(version => version.SlotStart == start && version.Currency == currency), price, service.TaxRateBasisPoints ?? standard), slot is null ? null : Math.Max(0, slot.Capacity - soldOf(start)),
                    fares.Of(price, currency, slot?.Capacity, owner.DayOf(start).DayNumber - owner.DayOf(now).DayNumber));
            }
        }
    }

    /// <summary>Told apart by what it says alone, so that who has it already need not load it again.</summary>
    public static string TagOf(byte[] json) => string.Create(CultureInfo.InvariantCulture, $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(json))[..32]}\"");

    /// <summary>What the cheaper fares of a service's slots are, and what is kept from them.</summary>
    /// <param name="Rate">Of the service's tax, basis points.</param>
    private sealed record SlotFares(PricingSetting? Setting, ServiceFindings? Found, int Rate)
    {
        private readonly IReadOnlyList<Fare> fares = Setting?.Fares ?? [];

        public IReadOnlyList<FeedSlotFare> Of(CataloguePrice slot, string currency, int? capacity, int leadDays) => Setting is null || Setting.Currency != currency ? []
            : [.. fares.Index().Skip(1).Select(fare => new FeedSlotFare(fare.Item.Code, Math.Min(slot.UnitAmount, PriceOf(fare.Item, slot.TaxInclusive)), KeptFrom(fare.Index, capacity, leadDays)))];

        private decimal PriceOf(Fare fare, bool taxInclusive) => new CataloguePrice(new Money(fare.PriceMinor, Setting!.Currency).Amount, Setting.TaxInclusive, IsContract: false).On(taxInclusive, Rate);

        // What is kept for a fare and those above is what the next cheaper one leaves.
        private int? KeptFrom(int fare, int? capacity, int leadDays) => Found?.Fares[fare - 1].KeptAt(leadDays) is { } kept ? Math.Min(kept, capacity ?? kept) : null;
    }
}
