using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>The visitors and clicks of one batch, read in few queries, for the touches that need no decision: most.</summary>
internal sealed class KnownVisitors
{
    private readonly List<IdentityKey> newKeys = [];
    private readonly List<PersonKey> newPairs = [];
    private readonly HashSet<Person> seenLater = [];
    private readonly Dictionary<Guid, Person> people = [];

    // As the rows were read: what this very batch saw of somebody makes none of its earlier visits late.
    private readonly Dictionary<Guid, DateTimeOffset> seenBefore = [];
    private readonly Dictionary<KeyHash, (Guid Home, DateTimeOffset FirstSeenAt)> visitors = [];
    private readonly Dictionary<KeyHash, (Guid Id, DateTimeOffset FirstSeenAt)> clicks = [];
    private readonly Dictionary<(Guid Person, Guid Key), DateTimeOffset> pairs = [];

    private KnownVisitors()
    {
    }

    public static async Task<KnownVisitors> LoadAsync(RevOpsDb db, IReadOnlyList<SeenKeys> touches, CancellationToken cancel)
    {
        var known = new KnownVisitors();
        await known.LoadPeopleAsync(db, touches.Where(IsPlain).Select(touch => touch.Home).OfType<Guid>().ToHashSet(), cancel);

        // Nobody was seen before the first time: of most it is enough that the row was seen earlier.
        await known.LoadVisitorsAsync(db, touches.Where(touch => IsPlain(touch) && known.HomeOf(touch) is null).Select(touch => VisitorOf(touch)?.Bytes).OfType<byte[]>().ToList(), cancel);
        await known.LoadClicksAsync(db, touches.Where(IsPlain).SelectMany(touch => touch.Keys).Where(key => key.Kind == IdentityKeyKind.Click).Select(key => key.Hash).Distinct().Select(hash => hash.Bytes).ToList(), cancel);
        return known;
    }

    /// <summary>
    /// The visitor's row, where the touch says nothing but a known browser, no earlier than it was known, and clicks that are new or theirs already; null where it has to be decided.
    /// </summary>
    public Person? TryJoin(SeenKeys touch)
    {
        if (!IsPlain(touch) || HomeOf(touch) is not { } person)
            return null;
        var at = touch.Sighting.OccurredAt;
        var seen = touch.Keys.Where(key => key.Kind == IdentityKeyKind.Click).Select(key => key.Hash).ToList();
        if (seen.Exists(click => clicks.TryGetValue(click, out var known) && (!pairs.TryGetValue((person.Id, known.Id), out var together) || at < together || at < known.FirstSeenAt)))
            return null;

        foreach (var hash in seen.Where(click => !clicks.ContainsKey(click)))
            Add(person, hash, at);
        SawLast(person, at);
        return person;
    }

    /// <summary>Clicks seen for the first time, and who was seen later than was known.</summary>
    public async Task StoreAsync(RevOpsDb db, CancellationToken cancel)
    {
        await db.InsertAsync(newKeys, cancel);
        await db.InsertAsync(newPairs, cancel);
        await db.UpdateAsync([.. seenLater.OrderBy(person => person.Id)], [nameof(Person.OwnSeenAt), nameof(Person.LastSeenAt)], cancel);
    }

    private static bool IsPlain(SeenKeys touch) => touch.Sighting is { IsTouch: true, Contact: null };

    private static KeyHash? VisitorOf(SeenKeys touch) => touch.Keys.Where(key => key.Kind == IdentityKeyKind.Visitor).Select(key => key.Hash).FirstOrDefault();

    private Person? HomeOf(SeenKeys touch)
    {
        var at = touch.Sighting.OccurredAt;
        if (touch.Home is { } home && people.TryGetValue(home, out var person) && at >= seenBefore[home])
            return person;
        return VisitorOf(touch) is { } visitor && visitors.TryGetValue(visitor, out var known) && at >= known.FirstSeenAt ? people.GetValueOrDefault(known.Home) : null;
    }

    private void Add(Person person, KeyHash click, DateTimeOffset at)
    {
        var key = new IdentityKey { Id = Guid.CreateVersion7(), Kind = IdentityKeyKind.Click, Hash = click.Bytes, PersonId = person.Id, FirstSeenAt = at };
        newKeys.Add(key);
        newPairs.Add(new() { PersonId = person.Id, KeyId = key.Id, FirstSeenAt = at });
        clicks.Add(click, (key.Id, at));
        pairs.Add((person.Id, key.Id), at);
    }

    private void SawLast(Person person, DateTimeOffset at)
    {
        if (at > person.OwnSeenAt)
        {
            person.OwnSeenAt = at;
            seenLater.Add(person);
        }

        if (people.TryGetValue(person.CanonicalId, out var stands) && at > stands.LastSeenAt)
        {
            stands.LastSeenAt = at;
            seenLater.Add(stands);
        }
    }

    /// <summary>What is asked of them here, no more: the rows are long.</summary>
    private async Task LoadPeopleAsync(RevOpsDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var unknown = ids.Where(id => !people.ContainsKey(id)).ToList();
        if (unknown.Count == 0)
            return;
        foreach (var person in await db.Set<Person>().AsNoTracking().Where(person => EF.Parameter(unknown).Contains(person.Id))
            .Select(person => new Person { Id = person.Id, CanonicalId = person.CanonicalId, CreatedAt = person.CreatedAt, OwnSeenAt = person.OwnSeenAt, LastSeenAt = person.LastSeenAt, Version = person.Version }).ToListAsync(cancel))
        {
            people.Add(person.Id, person);
            seenBefore.Add(person.Id, person.OwnSeenAt);
        }

        await LoadPeopleAsync(db, [.. unknown.Where(people.ContainsKey).Select(id => people[id].CanonicalId).Distinct()], cancel);
    }

    private async Task LoadVisitorsAsync(RevOpsDb db, List<byte[]> hashes, CancellationToken cancel)
    {
        if (hashes.Count == 0)
            return;
        foreach (var key in await db.Set<IdentityKey>().AsNoTracking().Where(key => key.Kind == IdentityKeyKind.Visitor && EF.Parameter(hashes).Contains(key.Hash)).Select(key => new { key.Hash, key.PersonId, key.FirstSeenAt }).ToListAsync(cancel))
            visitors[new(key.Hash)] = (key.PersonId, key.FirstSeenAt);
        await LoadPeopleAsync(db, visitors.Values.Select(visitor => visitor.Home).ToHashSet(), cancel);
    }

    private async Task LoadClicksAsync(RevOpsDb db, List<byte[]> hashes, CancellationToken cancel)
    {
        if (hashes.Count == 0)
            return;
        foreach (var row in await (from key in db.Set<IdentityKey>()
                                   from pair in db.Set<PersonKey>().Where(pair => pair.KeyId == key.Id).DefaultIfEmpty()
                                   where key.Kind == IdentityKeyKind.Click && EF.Parameter(hashes).Contains(key.Hash)
                                   select new { key.Id, key.Hash, key.FirstSeenAt, PersonId = (Guid?)pair!.PersonId, Together = (DateTimeOffset?)pair.FirstSeenAt }).AsNoTracking().ToListAsync(cancel))
        {
            clicks[new(row.Hash)] = (row.Id, row.FirstSeenAt);
            if (row is { PersonId: { } person, Together: { } together })
                pairs.Add((person, row.Id), together);
        }
    }
}
