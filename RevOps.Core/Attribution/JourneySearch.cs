using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution;

/// <summary>Carries a <see cref="JourneyFilter"/> out in the database.</summary>
internal static class JourneySearch
{
    /// <summary>
    /// From so many touches on a channel is common. Measured with 100,000 touches: a page of a channel with 1,000 of them takes 90 ms when one
    /// person is looked at after another and 25 ms by its touches; of one with 30,000, it is 4 and 280 ms.
    /// </summary>
    private const int CommonFrom = 5_000;

    public static async Task<IQueryable<Person>> FindAsync(RevOpsDb db, JourneyFilter filter, CompanyVersion company, Mode mode, CancellationToken cancel)
    {
        var found = WithJourney(db, JourneyFacts.Sights(filter.SeenWithin(db.Set<Person>(), company)));
        if (filter.IsContradictory)
            return db.Set<Person>().Where(_ => false);
        if (filter.Measured is { } measured)
            found = found.Where(sight => sight.Measured == measured);
        found = Either(found, filter.Qualified, JourneyFacts.Qualified(db));
        found = Either(found, filter.Booked, JourneyFacts.Booked(db, mode).Select(sale => sale.Person));
        found = Either(found, filter.Paid, JourneyFacts.Paid(db, mode).Select(sale => sale.Person));

        var touches = JourneyFacts.Touches(db);

        // Two common channels are seldom those of one person.
        var common = filter is { FirstChannel: not null, LastChannel: not null } ? 2 * CommonFrom : CommonFrom;
        if (filter.FirstChannel is { } first)
        {
            found = (await RareAsync(db, found, first, common, cancel)).Where(sight => sight.Measured
                && touches.Where(touch => touch.Person == sight.Person.Id).OrderBy(touch => touch.OccurredAt).ThenBy(touch => touch.Channel).Select(touch => touch.Channel).FirstOrDefault() == first);
        }

        if (filter.LastChannel is { } last)
        {
            found = (await RareAsync(db, found, last, common, cancel)).Where(sight => sight.Measured
                && touches.Where(touch => touch.Person == sight.Person.Id).OrderByDescending(touch => touch.OccurredAt).ThenByDescending(touch => touch.Channel).Select(touch => touch.Channel).FirstOrDefault() == last);
        }

        return found.Select(sight => sight.Person);
    }

    private static IQueryable<JourneyFacts.Sight> Either(IQueryable<JourneyFacts.Sight> found, bool? wanted, IQueryable<Guid> among) => wanted switch
    {
        true => found.Where(sight => among.Contains(sight.Person.Id)),
        false => found.Where(sight => !among.Contains(sight.Person.Id)),
        null => found,
    };

    /// <summary>
    /// Looking at one person after another soon fills a page where a channel is common. A rare one would take a look at everybody: there only
    /// the people with a touch of it are looked at.
    /// </summary>
    private static async Task<IQueryable<JourneyFacts.Sight>> RareAsync(RevOpsDb db, IQueryable<JourneyFacts.Sight> found, string channel, int common, CancellationToken cancel)
    {
        if (await db.Set<Touch>().CountAsync(touch => touch.Channel == channel, cancel) >= common)
            return found;
        var among = JourneyFacts.Touches(db).Where(touch => touch.Channel == channel).Select(touch => touch.Person);
        return found.Where(sight => among.Contains(sight.Person.Id));
    }

    private static IQueryable<JourneyFacts.Sight> WithJourney(RevOpsDb db, IQueryable<JourneyFacts.Sight> sights)
    {
        var (members, touches, sessions, bookings) = (db.Set<Person>(), db.Set<Touch>(), db.Set<VoiceSession>(), db.Set<Booking>());
        return sights.Where(sight =>
            members.Any(member => member.CanonicalId == sight.Person.Id && (sessions.Any(session => session.PersonId == member.Id) || bookings.Any(booking => booking.PersonId == member.Id)))
            || (sight.Measured && members.Any(member => member.CanonicalId == sight.Person.Id && touches.Any(touch => touch.PersonId == member.Id))));
    }
}
