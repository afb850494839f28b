using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advising;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>Of rows whose price goes, or went, down: the lowest price of the 30 days before.</summary>
internal sealed class LoweredPrices(RevOpsDb db, CompanyVersion owner, Mode mode, DateTimeOffset now)
{
    public async Task<IReadOnlyList<AdviceRow>> MarkAsync(IReadOnlyList<AdviceRow> rows, CancellationToken cancel)
    {
        var lowered = rows.Where(row => row.State is AdviceState.Awaiting or AdviceState.Accepted && row.Change < 0).ToList();
        if (lowered.Count == 0)
            return rows;
        var (ids, starts) = (lowered.Select(row => row.ServiceId).Distinct().ToList(), lowered.Select(row => (DateTimeOffset?)row.SlotStart).Distinct().ToList());
        var services = await db.Set<Service>().AsNoTracking().Where(service => ids.Contains(service.Id)).ToListAsync(cancel);
        var versions = await db.Set<PriceVersion>().AsNoTracking().Where(price => price.CustomerId == null && ids.Contains(price.ServiceId) && (price.SlotStart == null || (price.Mode == mode && starts.Contains(price.SlotStart)))).ToListAsync(cancel);
        var (list, standard) = (new PriceList(services, versions), TaxRate.StandardOn(owner.Country, owner.DayOf(now)) ?? 0);
        return [.. rows.Select(row => !lowered.Contains(row) ? row : row with { LowestBefore = Of(row, services.Find(service => service.Id == row.ServiceId)!, list, versions, standard) })];
    }

    private Money? Of(AdviceRow row, Service service, PriceList list, List<PriceVersion> versions, int standard)
    {
        var (advised, own) = (row.Advised!.Value, versions.Where(price => price.ServiceId == service.Id && price.SlotStart == row.SlotStart && price.Currency == row.Price.Currency));
        var lowest = LowestPrice.Before(list, service.Code, advised.Currency, owner.DayOf(row.SlotStart), new(row.SlotStart, row.DecidedAt ?? now), own, new(advised.Amount, row.TaxInclusive, false), service.TaxRateBasisPoints ?? standard);
        return lowest is { } amount ? Money.Round(amount, advised.Currency) : null;
    }
}
