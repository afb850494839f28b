using Microsoft.EntityFrameworkCore;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Pricing.Settings;

/// <summary>What each class of buyers pays, as it was set at the time: the dearest fare is the slot's own price, which moves; the others stand as they were entered.</summary>
public sealed class FareBook(IEnumerable<PricingSetting> settings)
{
    private readonly ILookup<Guid, PricingSetting> versions = settings.ToLookup(setting => setting.ServiceId);

    public static async Task<FareBook> LoadAsync(RevOpsDb db, IReadOnlyCollection<Guid> services, CancellationToken cancel) =>
        new(services.Count == 0 ? [] : await db.Set<PricingSetting>().AsNoTracking().Where(setting => services.Contains(setting.ServiceId)).ToListAsync(cancel));

    /// <returns>On the side of the tax that it was set on; null where the slot's or the service's own price counts.</returns>
    public CataloguePrice? Of(Guid service, string? fare, string currency, DateTimeOffset at) =>
        versions[service].Where(setting => setting.At <= at && setting.Currency == currency).MaxBy(setting => setting.Number) is { } set
            && set.Fares.Skip(1).FirstOrDefault(one => string.Equals(one.Code, fare, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new(new Money(found.PriceMinor, currency).Amount, set.TaxInclusive, IsContract: false) : null;
}
