using Microsoft.EntityFrameworkCore;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Pricing.Advising;

/// <summary>Reads the slots of every service that somebody set prices for, in one mode.</summary>
public sealed class SlotReader(RevOpsDb db, CompanyVersion owner, Mode mode, int standardRate, DateTimeOffset now)
{
    /// <summary>Of each service its newest setting.</summary>
    public static IQueryable<PricingSetting> Newest(RevOpsDb db) =>
        db.Set<PricingSetting>().AsNoTracking().Where(setting => !db.Set<PricingSetting>().Any(later => later.ServiceId == setting.ServiceId && later.Number > setting.Number));

    /// <summary>Of each service the first day on which a price of its slots was advised in a mode.</summary>
    public static Task<Dictionary<Guid, DateOnly?>> FirstAdvisedAsync(RevOpsDb db, Mode mode, CancellationToken cancel) =>
        db.Set<PricingStudy>().Where(study => study.Mode == mode && study.Advised > 0).GroupBy(study => study.ServiceId).Select(group => new { group.Key, First = group.Min(study => study.Day) }).ToDictionaryAsync(group => group.Key, group => (DateOnly?)group.First, cancel);

    public async Task<IReadOnlyList<ServiceSlots>> ReadAsync(CancellationToken cancel)
    {
        var settings = await Newest(db).ToListAsync(cancel);
        var ids = settings.ConvertAll(setting => setting.ServiceId);
        var services = await db.Set<Service>().AsNoTracking().Where(service => ids.Contains(service.Id) && service.RetiredAt == null).OrderBy(service => service.Code).ToListAsync(cancel);
        var (from, to, month) = (now.AddDays(-ServiceSlots.PastDays), now.AddDays(ServiceSlots.AheadDays), now.AddDays(-ServiceSlots.Month));
        var prices = (await db.Set<PriceVersion>().AsNoTracking().Where(price => ids.Contains(price.ServiceId) && price.CustomerId == null && (price.SlotStart == null || (price.Mode == mode && price.SlotStart >= from))).ToListAsync(cancel)).ToLookup(price => price.ServiceId);
        var slots = (await db.Set<SlotAvailability>().AsNoTracking().Where(slot => slot.SlotStart >= from && slot.SlotStart < to).OrderBy(slot => slot.SlotStart).ToListAsync(cancel)).ToLookup(slot => slot.ServiceCode, StringComparer.OrdinalIgnoreCase);
        var sales = (await db.Set<SlotSale>().AsNoTracking().Where(sale => sale.Mode == mode && sale.SlotStart >= from && (sale.SlotStart < to || sale.BookedAt > month)).ToListAsync(cancel)).ToLookup(sale => sale.ServiceCode, StringComparer.OrdinalIgnoreCase);
        var refusals = (await db.Set<SlotRefusal>().AsNoTracking().Where(refusal => refusal.Mode == mode && refusal.SlotStart >= from && refusal.SlotStart < to).ToListAsync(cancel)).ToLookup(refusal => refusal.ServiceCode, StringComparer.OrdinalIgnoreCase);
        var advised = await FirstAdvisedAsync(db, mode, cancel);
        return services.ConvertAll(service => new ServiceSlots(service, settings.Find(setting => setting.ServiceId == service.Id)!, new([service], prices[service.Id]), owner, now)
        {
            StandardRate = standardRate,
            Mode = mode,
            FirstAdvised = advised.GetValueOrDefault(service.Id),

            // Two spellings of a code may have told of one slot: what was said last counts. Slots that were over before anything was sold in this mode say
            // nothing: they were empty for us alone.
            Slots = [.. slots[service.Code].Where(slot => slot.SlotStart > now || slot.SlotStart >= FirstSale(sales[service.Code])).GroupBy(slot => slot.SlotStart).Select(same => same.MaxBy(slot => slot.OccurredAt)!)],
            Sales = sales[service.Code].ToLookup(sale => sale.SlotStart),
            Refusals = refusals[service.Code].ToLookup(refusal => refusal.SlotStart),
        });
    }

    private static DateTimeOffset FirstSale(IEnumerable<SlotSale> sales) => sales.Select(sale => sale.BookedAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
}
