using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>Which places a booking takes, kept beside it in clear: its content is sealed, and a price may know nothing of who booked.</summary>
internal static class SlotsOfSale
{
    private const int MostPlaces = 100_000;

    /// <summary>Takes the places of the content as it is now, and frees those of before.</summary>
    public static async Task FollowAsync(Reception reception, Booking booking, BookingContent content)
    {
        await FreeAsync(reception, booking);
        if (content.SlotStart is not { } start || booking.Status == BookingStatus.Cancelled)
            return;
        var lines = content.Lines.Where(line => line.ServiceCode is not null && line.Quantity > 0).ToList();
        var rates = await RatesAsync(reception, [.. lines.Select(line => line.ServiceCode!.ToUpperInvariant())]);
        var standard = TaxRate.StandardOn(reception.Company.Country, reception.Company.DayOf(start)) ?? 0;
        foreach (var line in lines)
        {
            var places = (int)Math.Min(MostPlaces, Math.Ceiling(line.Quantity));
            reception.Db.Add(new SlotSale
            {
                Id = Guid.CreateVersion7(),
                BookingId = booking.Id,
                ServiceCode = line.ServiceCode!,
                SlotStart = start,
                Places = places,
                PriceMinor = Money.Round(line.Amount(content.Currency).Amount / line.Quantity, content.Currency).Minor,
                Currency = content.Currency,
                TaxInclusive = content.TaxInclusive,
                TaxRateBasisPoints = line.TaxRateBasisPoints ?? rates.GetValueOrDefault(line.ServiceCode!.ToUpperInvariant()) ?? standard,
                FareClass = content.FareClass,
                BookedAt = content.SlotSince ?? booking.OccurredAt,
                Mode = booking.Mode,
            });
        }
    }

    public static async Task FreeAsync(Reception reception, Booking booking)
    {
        var taken = await reception.Db.Set<SlotSale>().Where(sale => sale.BookingId == booking.Id).ToListAsync(reception.Cancel);

        // What was parked may take and free within one commit.
        reception.Db.RemoveRange(taken.Concat(reception.Db.Set<SlotSale>().Local.Where(sale => sale.BookingId == booking.Id).ToList()).Distinct());
    }

    private static async Task<Dictionary<string, int?>> RatesAsync(Reception reception, List<string> codes) => codes.Count == 0 ? []
        : await reception.Db.Set<Service>().Where(service => codes.Contains(service.Code.ToUpper())).ToDictionaryAsync(service => service.Code.ToUpperInvariant(), service => service.TaxRateBasisPoints, StringComparer.Ordinal, reception.Cancel);
}
