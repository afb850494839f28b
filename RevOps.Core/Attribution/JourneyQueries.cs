using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution;

/// <summary>Who came, spoke, booked and paid: one row per person. A person who does not allow measurement has no touches here.</summary>
public sealed class JourneyQueries(IDbContextFactory<RevOpsDb> databases, IdentityGraph identity, CompanyProfile company, StripeAccount stripe)
{
    public const int PageSize = 25;

    private Mode CurrentMode => stripe.Connection?.Mode ?? Mode.Live;

    /// <param name="filter">Whose journeys, and in which order.</param>
    /// <param name="clear">Names are opened for whoever may see them.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<JourneyList> ListAsync(JourneyFilter filter, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var people = await JourneySearch.FindAsync(db, filter, await company.CurrentAsync(cancel), CurrentMode, cancel);
        var found = await filter.Cut(people).AsNoTracking().ToListAsync(cancel);

        var shown = found.Take(filter.Size).ToList();
        var rows = await RowsAsync(db, shown, cancel);
        if (clear)
        {
            foreach (var person in shown)
                rows[person.Id] = rows[person.Id] with { Name = NameOf(await identity.ContactAsync(person, cancel)) };
        }

        return new([.. shown.Select(person => rows[person.Id])], found.Count > filter.Size);
    }

    /// <summary>How many touches belong to nobody's journey, since nobody allowed it.</summary>
    public async Task<int> CountAnonymousAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Counted per person first: there are fewer people than touches.
        var touches = from touch in db.Set<Touch>() group touch by touch.PersonId into visits select new { Person = visits.Key, Count = visits.Count() };
        return await (from visits in touches
                      join member in db.Set<Person>() on visits.Person equals member.Id
                      join sight in JourneyFacts.Sights(db.Set<Person>()) on member.CanonicalId equals sight.Person.Id
                      where !sight.Measured
                      select visits.Count).SumAsync(cancel);
    }

    /// <summary>The person with exactly this ref, e-mail or phone, in that order; a key that several people share finds nobody.</summary>
    public async Task<Guid?> FindAsync(string text, CancellationToken cancel = default)
    {
        var sighting = new Sighting(DateTimeOffset.UnixEpoch)
        {
            Contact = new() { Ref = text, Email = text, Phone = text },
            DefaultCountry = (await company.CurrentAsync(cancel)).Country,
        };
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var (kind, hash) in identity.KeysOf(sighting))
        {
            var bytes = hash.Bytes;
            var found = await (from key in db.Set<IdentityKey>()
                               join seen in db.Set<PersonKey>() on key.Id equals seen.KeyId
                               join person in db.Set<Person>() on seen.PersonId equals person.Id
                               where key.Kind == kind && key.Hash == bytes
                               select person.CanonicalId).Distinct().Take(2).ToListAsync(cancel);
            if (found.Count == 1)
                return found[0];
        }

        return null;
    }

    internal static string? NameOf(Contact? contact)
    {
        var name = string.Join(' ', new[] { contact?.FirstName, contact?.LastName }.OfType<string>());
        return name.Length > 0 ? name : contact?.Email ?? contact?.Phone ?? contact?.Ref;
    }

    private async Task<Dictionary<Guid, JourneyRow>> RowsAsync(RevOpsDb db, List<Person> shown, CancellationToken cancel)
    {
        var ids = shown.ConvertAll(person => person.Id);
        var measured = shown.Where(person => new ConsentState(person.Measurement, null, null, person.Country).Measurement == ConsentAnswer.Granted).Select(person => person.Id).ToList();
        var touches = JourneyFacts.Touches(db);
        var sessions = from session in db.Set<VoiceSession>() join member in db.Set<Person>() on session.PersonId equals member.Id select new { Person = member.CanonicalId, session.Qualified };
        var rows = await db.Set<Person>().Where(person => ids.Contains(person.Id)).Select(person => new JourneyRow
        {
            Id = person.Id,
            LastSeenAt = person.LastSeenAt,
            Measured = measured.Contains(person.Id),
            Touches = touches.Count(touch => touch.Person == person.Id),
            FirstChannel = touches.Where(touch => touch.Person == person.Id).OrderBy(touch => touch.OccurredAt).ThenBy(touch => touch.Channel).Select(touch => touch.Channel).FirstOrDefault(),
            LastChannel = touches.Where(touch => touch.Person == person.Id).OrderByDescending(touch => touch.OccurredAt).ThenByDescending(touch => touch.Channel).Select(touch => touch.Channel).FirstOrDefault(),
            VoiceSessions = sessions.Count(session => session.Person == person.Id),
            Qualified = sessions.Any(session => session.Person == person.Id && session.Qualified),
        }).ToDictionaryAsync(row => row.Id, cancel);

        var own = (await company.CurrentAsync(cancel)).Currency;
        foreach (var row in rows.Values.Where(row => !row.Measured))
            rows[row.Id] = row with { Touches = 0, FirstChannel = null, LastChannel = null };
        foreach (var sums in (await SumAsync(JourneyFacts.Booked(db, CurrentMode), ids, cancel)).GroupBy(sum => sum.Person))
            rows[sums.Key] = rows[sums.Key] with { Bookings = sums.Sum(sum => sum.Count), Booked = InOrder(sums, own) };
        foreach (var sums in (await SumAsync(JourneyFacts.Paid(db, CurrentMode), ids, cancel)).GroupBy(sum => sum.Person))
            rows[sums.Key] = rows[sums.Key] with { Paid = InOrder(sums, own) };
        return rows;
    }

    /// <summary>The company's currency first, the others by their code.</summary>
    private static IReadOnlyList<Money> InOrder(IEnumerable<Sum> sums, string own) => [.. sums.OrderBy(sum => sum.Currency != own).ThenBy(sum => sum.Currency, StringComparer.Ordinal).Select(sum => sum.Money)];

    private static Task<List<Sum>> SumAsync(IQueryable<JourneyFacts.Sale> sales, List<Guid> ids, CancellationToken cancel) => (
        from sale in sales
        where ids.Contains(sale.Person)
        group sale.Minor by new { sale.Person, sale.Currency } into amounts
        select new Sum(amounts.Key.Person, amounts.Key.Currency, amounts.Count(), amounts.Sum())).ToListAsync(cancel);

    private sealed record Sum(Guid Person, string Currency, int Count, long Minor)
    {
        public Money Money => new(Minor, Currency);
    }
}

/// <param name="Rows">One page.</param>
/// <param name="HasMore">Another page follows; how many there are in all would take a look at everybody.</param>
public sealed record JourneyList(IReadOnlyList<JourneyRow> Rows, bool HasMore);

public sealed record JourneyRow
{
    public required Guid Id { get; init; }

    /// <summary>Only for whoever may see it.</summary>
    public string? Name { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>False: touches may not be shown, and the counts and channels below say nothing.</summary>
    public required bool Measured { get; init; }

    public required int Touches { get; init; }
    public string? FirstChannel { get; init; }
    public string? LastChannel { get; init; }
    public required int VoiceSessions { get; init; }
    public required bool Qualified { get; init; }

    /// <summary>Confirmed ones, of the mode that is connected now, as the amounts are.</summary>
    public int Bookings { get; init; }

    /// <summary>One amount per currency.</summary>
    public IReadOnlyList<Money> Booked { get; init; } = [];

    public IReadOnlyList<Money> Paid { get; init; } = [];
}
