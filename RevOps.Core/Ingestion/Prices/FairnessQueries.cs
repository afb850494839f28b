using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>What client groups paid for like slots in the last year. It is looked at afterwards and goes into no price.</summary>
public sealed class FairnessQueries(IDbContextFactory<RevOpsDb> databases, StripeAccount stripe, TimeProvider clock)
{
    private const int Days = 365;
    private static readonly int[] LeadEdges = [3, 7, 14, 30];

    public async Task<IReadOnlyList<FairnessRow>> OfAsync(CancellationToken cancel)
    {
        var (mode, since) = (stripe.Connection?.Mode ?? Mode.Live, clock.GetUtcNow().AddDays(-Days));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var sold = await (from sale in db.Set<SlotSale>()
                          join booking in db.Set<Booking>() on sale.BookingId equals booking.Id
                          join person in db.Set<Person>() on booking.PersonId equals person.Id
                          join canonical in db.Set<Person>() on person.CanonicalId equals canonical.Id
                          where sale.Mode == mode && sale.BookedAt >= since && sale.PriceMinor > 0
                          select new
                          {
                              sale.ServiceCode, sale.Currency, sale.TaxInclusive, sale.TaxRateBasisPoints, sale.PriceMinor, sale.BookedAt, sale.SlotStart, booking.CustomerId, canonical.Country,
                              IsReturning = db.Set<Booking>().Any(earlier => earlier.CustomerId == booking.CustomerId && earlier.Mode == mode && earlier.OccurredAt < booking.OccurredAt),
                              Channel = (from touch in db.Set<Touch>()
                                         join visitor in db.Set<Person>() on touch.PersonId equals visitor.Id
                                         where visitor.CanonicalId == canonical.Id && touch.OccurredAt <= booking.OccurredAt
                                         orderby touch.OccurredAt descending, touch.Channel descending
                                         select touch.Channel).FirstOrDefault(),
                          }).AsNoTracking().ToListAsync(cancel);

        // A booking has one slot and many lines: those of services without slots are no likes of it.
        var slots = (await db.Set<SlotAvailability>().Where(slot => slot.SlotStart >= since).Select(slot => new { slot.ServiceCode, slot.SlotStart }).ToListAsync(cancel)).Select(slot => (slot.ServiceCode.ToUpperInvariant(), slot.SlotStart)).ToHashSet();
        return Fairness.Of([.. sold.Where(one => slots.Contains((one.ServiceCode.ToUpperInvariant(), one.SlotStart))).Select(one => new PaidPrice(
            $"{one.ServiceCode.ToUpperInvariant()}/{one.Currency}/{LeadEdges.Count(edge => (one.SlotStart - one.BookedAt).TotalDays >= edge)}",
            one.PriceMinor / (one.TaxInclusive ? 1 + (one.TaxRateBasisPoints / 10_000.0) : 1),
            one.CustomerId,
            GroupsOf(one.IsReturning, one.Country, one.Channel)))]);
    }

    private static Dictionary<ClientGroup, string> GroupsOf(bool isReturning, string? country, string? channel)
    {
        var groups = new Dictionary<ClientGroup, string> { [ClientGroup.History] = isReturning ? "returning" : "first" };
        if (country is not null)
            groups[ClientGroup.Country] = country;
        if (channel is not null)
            groups[ClientGroup.Channel] = channel;
        return groups;
    }
}
