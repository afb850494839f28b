using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Conversions;

/// <summary>What a platform is told that a stage of a sale is worth, by the rule of the stage.</summary>
internal static class SaleValue
{
    /// <summary>How far back a journey's visits share in a sale.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(90);

    public static async Task<Money?> OfAsync(SaleWorld world, StageRule rule, Money? given, Booking? booking, DateTimeOffset at)
    {
        var margin = rule.Value == ValueRule.Margin && booking is not null ? await MarginAsync(world, booking) : null;
        var share = rule.IsShared ? await ShareAsync(world, rule.Platform, at) : 1;
        return ConversionValue.Of(rule, given, booking?.Amount, margin, share);
    }

    private static async Task<Money?> MarginAsync(SaleWorld world, Booking booking)
    {
        if (await world.Vault.OpenAsync(booking.PersonId, booking.Id, booking.SealedContent, world.Cancel) is not { } json || JsonSerializer.Deserialize<BookingContent>(json) is not { } content)
            return null;
        var codes = content.Lines.Select(line => line.ServiceCode?.ToUpperInvariant()).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var services = await world.Db.Set<Service>().AsNoTracking().Where(service => codes.Contains(service.Code.ToUpper())).ToListAsync(world.Cancel);
        return ConversionValue.Margin(
            content,
            code => services.Find(service => string.Equals(service.Code, code, StringComparison.OrdinalIgnoreCase)) is not { } service ? null
                : (service is { CostMinor: { } cost, CostCurrency: { } currency } ? new Money(cost, currency) : null, service.TaxRateBasisPoints),
            TaxRate.StandardOn(world.Company.Country, world.Company.DayOf(booking.OccurredAt)));
    }

    /// <summary>Each visit of the 90 days before counts the same. Whole where no visit is known: somebody who came by no way that we saw was sent by nobody else.</summary>
    private static async Task<decimal> ShareAsync(SaleWorld world, AdPlatform platform, DateTimeOffset at)
    {
        var (db, since) = (world.Db, at - LookBack);
        if ((await ConsentState.OfAsync(db, world.PersonId, world.Cancel)).Measurement != ConsentAnswer.Granted)
            return 1;
        var group = IdentityGraph.GroupOf(db, world.PersonId);
        var word = platform.ToString().ToLowerInvariant();
        var visits = await db.Set<Touch>().Where(touch => group.Contains(touch.PersonId) && touch.OccurredAt >= since && touch.OccurredAt <= at)
            .GroupBy(touch => touch.Platform == word).Select(kind => new { IsOwn = kind.Key, Count = kind.Count() }).ToListAsync(world.Cancel);
        var all = visits.Sum(kind => kind.Count);
        return all == 0 ? 1 : (decimal)visits.Where(kind => kind.IsOwn).Sum(kind => kind.Count) / all;
    }
}

/// <summary>Where the value of a sale is looked up.</summary>
/// <param name="PersonId">Whose journey led to it.</param>
internal sealed record SaleWorld(RevOpsDb Db, Vault Vault, CompanyVersion Company, Guid PersonId, CancellationToken Cancel);
