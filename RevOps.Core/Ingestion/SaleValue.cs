using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>What a platform is told that a stage of a sale is worth, by the rule of the stage.</summary>
internal static class SaleValue
{
    /// <summary>How far back a journey's visits share in a sale.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(90);

    public static async Task<Money?> OfAsync(Reception reception, StageRule rule, Money? given, Booking? booking, DateTimeOffset at)
    {
        var margin = rule.Value == ValueRule.Margin && booking is not null ? await MarginAsync(reception, booking) : null;
        var share = rule.IsShared ? await ShareAsync(reception, rule.Platform, at) : 1;
        return ConversionValue.Of(rule, given, booking?.Amount, margin, share);
    }

    private static async Task<Money?> MarginAsync(Reception reception, Booking booking)
    {
        if (await BookingChanges.ContentOfAsync(reception, booking) is not { } content)
            return null;
        var codes = content.Lines.Select(line => line.ServiceCode?.ToUpperInvariant()).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var services = await reception.Db.Set<Service>().AsNoTracking().Where(service => codes.Contains(service.Code.ToUpper())).ToListAsync(reception.Cancel);
        return ConversionValue.Margin(
            content,
            code => services.Find(service => string.Equals(service.Code, code, StringComparison.OrdinalIgnoreCase)) is not { } service ? null
                : (service is { CostMinor: { } cost, CostCurrency: { } currency } ? new Money(cost, currency) : null, service.TaxRateBasisPoints),
            TaxRate.StandardOn(reception.Company.Country, reception.Company.DayOf(booking.OccurredAt)));
    }

    /// <summary>Each visit of the 90 days before counts the same. Whole where no visit is known: somebody who came by no way that we saw was sent by nobody else.</summary>
    private static async Task<decimal> ShareAsync(Reception reception, AdPlatform platform, DateTimeOffset at)
    {
        var (db, person, since) = (reception.Db, reception.Somebody, at - LookBack);
        if ((await ConsentState.OfAsync(db, person.Id, reception.Cancel)).Measurement != ConsentAnswer.Granted)
            return 1;
        var group = IdentityGraph.GroupOf(db, person.Id);
        var word = platform.ToString().ToLowerInvariant();
        var visits = await db.Set<Touch>().Where(touch => group.Contains(touch.PersonId) && touch.OccurredAt >= since && touch.OccurredAt <= at)
            .GroupBy(touch => touch.Platform == word).Select(kind => new { IsOwn = kind.Key, Count = kind.Count() }).ToListAsync(reception.Cancel);
        var all = visits.Sum(kind => kind.Count);
        return all == 0 ? 1 : (decimal)visits.Where(kind => kind.IsOwn).Sum(kind => kind.Count) / all;
    }
}
