using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>One service: how it is priced, who set it so, and what the last advice found.</summary>
public sealed class ServicePricingQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    private const int MostVersions = 50;

    /// <returns>Null when the catalogue has no such code.</returns>
    public async Task<ServicePricing?> OfAsync(string code, CancellationToken cancel)
    {
        var (owner, now, mode) = (await company.CurrentAsync(cancel), clock.GetUtcNow(), stripe.Connection?.Mode ?? Mode.Live);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var prices = await PriceList.LoadAsync(db, [code], Guid.Empty, cancel);
        if (prices.ServiceOf(code) is not { } service)
            return null;
        var settings = await db.Set<PricingSetting>().AsNoTracking().Where(setting => setting.ServiceId == service.Id).OrderByDescending(setting => setting.Number).Take(MostVersions).ToListAsync(cancel);
        var study = await db.Set<PricingStudy>().AsNoTracking().Where(one => one.Mode == mode && one.ServiceId == service.Id).OrderByDescending(one => one.Day).FirstOrDefaultAsync(cancel);
        var (today, advised) = (owner.DayOf(now), await SlotReader.FirstAdvisedAsync(db, mode, cancel));
        var (wanted, price) = (service.Code.ToUpperInvariant(), prices.Of(code, owner.Currency, today));
        return new(service.Id, service.Code, service.Name)
        {
            Currency = owner.Currency,
            Today = today,
            Base = price is null ? null : Money.Round(price.UnitAmount, owner.Currency),
            TaxInclusive = price?.TaxInclusive ?? false,
            BaseSince = price is null ? null : await db.Set<PriceVersion>().Where(one => one.ServiceId == service.Id && one.CustomerId == null && one.SlotStart == null && one.Currency == owner.Currency && one.ValidFrom <= today).MaxAsync(one => (DateOnly?)one.ValidFrom, cancel),
            Settings = settings,
            ShadowUntil = settings.Count > 0 ? PricingSetting.ShadowEnd(advised.GetValueOrDefault(service.Id), today) : null,
            Findings = study?.Findings,
            MadeAt = study?.MadeAt,
            SlotsAhead = await db.Set<SlotAvailability>().CountAsync(slot => slot.ServiceCode.ToUpper() == wanted && slot.SlotStart > now, cancel),
        };
    }
}
