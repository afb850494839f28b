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
    private const int Portion = 5_000;
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
                              sale.ServiceCode, sale.Currency, sale.TaxInclusive, sale.TaxRateBasisPoints, sale.PriceMinor, sale.BookedAt, sale.SlotStart, booking.CustomerId, booking.OccurredAt, Person = canonical.Id, canonical.Country,
                          }).AsNoTracking().ToListAsync(cancel);
        var first = await db.Set<Booking>().Where(booking => booking.Mode == mode).GroupBy(booking => booking.CustomerId).Select(group => new { group.Key, At = group.Min(booking => booking.OccurredAt) }).ToDictionaryAsync(group => group.Key, group => group.At, cancel);
        var touches = await TouchesAsync(db, [.. sold.Select(one => one.Person).Distinct()], cancel);

        // A booking has one slot and many lines: those of services without slots are no likes of it.
        var slots = (await db.Set<SlotAvailability>().Where(slot => slot.SlotStart >= since).Select(slot => new { slot.ServiceCode, slot.SlotStart }).ToListAsync(cancel)).Select(slot => (slot.ServiceCode.ToUpperInvariant(), slot.SlotStart)).ToHashSet();
        return Fairness.Of([.. sold.Where(one => slots.Contains((one.ServiceCode.ToUpperInvariant(), one.SlotStart))).Select(one => new PaidPrice(
            $"{one.ServiceCode.ToUpperInvariant()}/{one.Currency}/{LeadEdges.Count(edge => (one.SlotStart - one.BookedAt).TotalDays >= edge)}",
            one.PriceMinor / (one.TaxInclusive ? 1 + (one.TaxRateBasisPoints / 10_000.0) : 1),
            one.CustomerId,
            GroupsOf(one.OccurredAt > first[one.CustomerId], one.Country, touches[one.Person].Where(touch => touch.At <= one.OccurredAt).OrderByDescending(touch => touch.At).ThenByDescending(touch => touch.Channel, StringComparer.Ordinal).FirstOrDefault().Channel)))]);
    }

    /// <summary>By who stands for a person: asked for each sale, the database would look through everybody's touches from that instant back.</summary>
    private static async Task<ILookup<Guid, (DateTimeOffset At, string? Channel)>> TouchesAsync(RevOpsDb db, List<Guid> people, CancellationToken cancel)
    {
        var touches = new List<(Guid Person, DateTimeOffset At, string? Channel)>();
        foreach (var some in people.Chunk(Portion))
        {
            foreach (var touch in await (from visitor in db.Set<Person>()
                                         join touch in db.Set<Touch>() on visitor.Id equals touch.PersonId
                                         where EF.Parameter(some).Contains(visitor.CanonicalId)
                                         select new { visitor.CanonicalId, touch.OccurredAt, touch.Channel }).ToListAsync(cancel))
                touches.Add((touch.CanonicalId, touch.OccurredAt, touch.Channel));
        }

        return touches.ToLookup(touch => touch.Person, touch => (touch.At, touch.Channel));
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
