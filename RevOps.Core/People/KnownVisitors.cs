using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>The visitors and clicks of one batch, read in few queries, for the touches that need no decision: most.</summary>
internal sealed class KnownVisitors
{
    private readonly List<IdentityKey> newKeys = [];
    private readonly List<PersonKey> newPairs = [];
    private readonly HashSet<Person> seenLater = [];
    private readonly Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys;
    private readonly Dictionary<Guid, Person> people;
    private readonly Dictionary<(Guid Person, Guid Key), DateTimeOffset> pairs;

    private KnownVisitors(Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys, Dictionary<Guid, Person> people, Dictionary<(Guid, Guid), DateTimeOffset> pairs) =>
        (this.keys, this.people, this.pairs) = (keys, people, pairs);

    public static async Task<KnownVisitors> LoadAsync(RevOpsDb db, IReadOnlyList<SeenKeys> touches, CancellationToken cancel)
    {
        var (keys, people, pairs) = (new Dictionary<(IdentityKeyKind, KeyHash), IdentityKey>(), new Dictionary<Guid, Person>(), new Dictionary<(Guid, Guid), DateTimeOffset>());
        var seen = touches.SelectMany(touch => touch.Keys).Distinct().ToLookup(key => key.Kind, key => key.Hash.Bytes);
        var visitors = seen[IdentityKeyKind.Visitor].ToList();
        foreach (var row in await (from key in db.Set<IdentityKey>()
                                   join home in db.Set<Person>() on key.PersonId equals home.Id
                                   join stands in db.Set<Person>() on home.CanonicalId equals stands.Id
                                   where key.Kind == IdentityKeyKind.Visitor && EF.Parameter(visitors).Contains(key.Hash)
                                   select new { key, home, stands }).AsNoTracking().ToListAsync(cancel))
        {
            keys[(row.key.Kind, new(row.key.Hash))] = row.key;
            people.TryAdd(row.home.Id, row.home);
            people.TryAdd(row.stands.Id, row.stands);
        }

        var clicks = seen[IdentityKeyKind.Click].ToList();
        foreach (var row in await (from key in db.Set<IdentityKey>()
                                   from pair in db.Set<PersonKey>().Where(pair => pair.KeyId == key.Id).DefaultIfEmpty()
                                   where key.Kind == IdentityKeyKind.Click && EF.Parameter(clicks).Contains(key.Hash)
                                   select new { key, pair }).AsNoTracking().ToListAsync(cancel))
        {
            keys.TryAdd((row.key.Kind, new(row.key.Hash)), row.key);
            if (row.pair is { } pair)
                pairs.Add((pair.PersonId, pair.KeyId), pair.FirstSeenAt);
        }

        return new(keys, people, pairs);
    }

    /// <summary>
    /// The visitor, where the touch says nothing but a known browser, no earlier than it was known, and clicks that are new or theirs already; null where it has to be decided.
    /// </summary>
    public Person? TryJoin(SeenKeys touch)
    {
        var at = touch.Sighting.OccurredAt;
        if (touch.Sighting is not { IsTouch: true, Contact: null } || !keys.TryGetValue(touch.Keys.FirstOrDefault(key => key.Kind == IdentityKeyKind.Visitor), out var visitor) || !people.TryGetValue(visitor.PersonId, out var person) || at < visitor.FirstSeenAt)
            return null;
        var clicks = touch.Keys.Where(key => key.Kind == IdentityKeyKind.Click).ToList();
        if (clicks.Exists(click => keys.TryGetValue(click, out var known) && (!pairs.TryGetValue((person.Id, known.Id), out var together) || at < together || at < known.FirstSeenAt)))
            return null;

        foreach (var (kind, hash) in clicks.Where(click => !keys.ContainsKey(click)))
        {
            var key = keys[(kind, hash)] = new() { Id = Guid.CreateVersion7(), Kind = kind, Hash = hash.Bytes, PersonId = person.Id, FirstSeenAt = at };
            newKeys.Add(key);
            newPairs.Add(new() { PersonId = person.Id, KeyId = key.Id, FirstSeenAt = at });
            pairs.Add((person.Id, key.Id), at);
        }

        if (at > person.OwnSeenAt)
        {
            person.OwnSeenAt = at;
            seenLater.Add(person);
        }

        if (people.TryGetValue(person.CanonicalId, out var canonical) && at > canonical.LastSeenAt)
        {
            canonical.LastSeenAt = at;
            seenLater.Add(canonical);
        }

        return person;
    }

    /// <summary>Clicks seen for the first time, and who was seen later than was known.</summary>
    public async Task StoreAsync(RevOpsDb db, CancellationToken cancel)
    {
        await db.InsertAsync(newKeys, cancel);
        await db.InsertAsync(newPairs, cancel);
        await db.UpdateAsync([.. seenLater], [nameof(Person.OwnSeenAt), nameof(Person.LastSeenAt)], cancel);
    }
}
