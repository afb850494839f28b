using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;

namespace RevOps.Core.Ingestion;

/// <summary>Events that came before the booking or deal they speak of: applied, oldest first, as soon as it is there.</summary>
internal static class ParkedEvents
{
    public static string On(string bookingId) => $"booking:{bookingId}";

    public static string OnDeal(string dealId) => $"deal:{dealId}";

    public static async Task ReleaseAsync(Reception reception, Booking booking)
    {
        var (byBooking, byDeal) = (booking.BookingId is { } id ? On(id) : null, booking.DealId is { } deal ? OnDeal(deal) : null);
        var parked = await reception.Db.Set<ReceivedEvent>().Where(row => row.Status == EventStatus.Parked && row.ParkedOn != null && (row.ParkedOn == byBooking || row.ParkedOn == byDeal)).ToListAsync(reception.Cancel);
        foreach (var received in parked.OrderBy(row => row.OccurredAt).ThenBy(row => row.EventId, StringComparer.Ordinal))
        {
            var json = await reception.Vault.OpenAsync(received.OwnerId, received.Id, received.SealedData, reception.Cancel);
            if (json is null)
                continue;
            using var document = JsonDocument.Parse(json);
            var then = reception with { Event = received };
            switch (EventTypes.Read(received.Type, document.RootElement, []))
            {
                case BookingChanged changed:
                    await changed.ApplyToAsync(then, booking);
                    break;
                case BookingCancelled:
                    await BookingCancelled.ApplyToAsync(then, booking);
                    break;
            }

            (received.Status, received.ParkedOn) = (EventStatus.Applied, null);
        }
    }
}
