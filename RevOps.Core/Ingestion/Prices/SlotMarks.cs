using Microsoft.EntityFrameworkCore;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>
/// By what one sees whether prices, places or rules moved while advice was thought out: read before, and again where it is kept. Prices and settings are only
/// ever added and ended, so that counting them is enough.
/// </summary>
internal sealed class SlotMarks
{
    private readonly Dictionary<(Guid Service, DateTimeOffset? Slot), (int Begun, int Ended)> prices;
    private readonly Dictionary<(string Code, DateTimeOffset Slot), (int Sales, int Places)> sales;
    private readonly Dictionary<Guid, int> settings;

    private SlotMarks(Dictionary<(Guid, DateTimeOffset?), (int, int)> prices, Dictionary<(string, DateTimeOffset), (int, int)> sales, Dictionary<Guid, int> settings)
    {
        (this.prices, this.sales, this.settings) = (prices, sales, settings);
    }

    /// <param name="db">Read only.</param>
    /// <param name="mode">Whose bookings take places.</param>
    /// <param name="now">Slots from here on.</param>
    /// <param name="service">Null: all.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<SlotMarks> ReadAsync(RevOpsDb db, Mode mode, DateTimeOffset now, Service? service, CancellationToken cancel)
    {
        var (id, code) = (service?.Id, service?.Code.ToUpperInvariant());
        var priced = await db.Set<PriceVersion>().Where(price => price.CustomerId == null && (price.SlotStart == null || (price.Mode == mode && price.SlotStart > now)) && (id == null || price.ServiceId == id))
            .GroupBy(price => new { price.ServiceId, price.SlotStart }).Select(group => new { group.Key, Begun = group.Count(), Ended = group.Count(price => price.EndedAt != null || price.ValidUntil != null) }).ToListAsync(cancel);
        var sold = await db.Set<SlotSale>().Where(sale => sale.Mode == mode && sale.SlotStart > now && (code == null || sale.ServiceCode.ToUpper() == code))
            .GroupBy(sale => new { Code = sale.ServiceCode.ToUpper(), sale.SlotStart }).Select(group => new { group.Key, Sales = group.Count(), Places = group.Sum(sale => sale.Places) }).ToListAsync(cancel);
        var set = await db.Set<PricingSetting>().Where(setting => id == null || setting.ServiceId == id).GroupBy(setting => setting.ServiceId).Select(group => new { group.Key, Newest = group.Max(setting => setting.Number) }).ToListAsync(cancel);
        return new(
            priced.ToDictionary(one => (one.Key.ServiceId, one.Key.SlotStart), one => (one.Begun, one.Ended)),
            sold.ToDictionary(one => (one.Key.Code, one.Key.SlotStart), one => (one.Sales, one.Places)),
            set.ToDictionary(one => one.Key, one => one.Newest));
    }

    /// <summary>The slot is as it was, and so are the service's list price and its rules.</summary>
    public bool IsSame(SlotMarks before, Service service, DateTimeOffset slot)
    {
        var code = service.Code.ToUpperInvariant();
        return settings.GetValueOrDefault(service.Id) == before.settings.GetValueOrDefault(service.Id)
            && prices.GetValueOrDefault((service.Id, null)) == before.prices.GetValueOrDefault((service.Id, null))
            && prices.GetValueOrDefault((service.Id, slot)) == before.prices.GetValueOrDefault((service.Id, slot))
            && sales.GetValueOrDefault((code, slot)) == before.sales.GetValueOrDefault((code, slot));
    }
}
