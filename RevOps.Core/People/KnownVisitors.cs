using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>The visitors and clicks of one batch, read in few queries, for the touches that need no decision: most.</summary>
internal sealed class KnownVisitors
{
    private readonly RevOpsDb db;
    private readonly SeenRows people;
    private readonly Familiars? familiars;
    private readonly List<IdentityKey> newKeys = [];
    private readonly List<PersonKey> newPairs = [];

    // As the rows were read: what this very batch saw of somebody makes none of its earlier visits late.
    private readonly Dictionary<Guid, DateTimeOffset> seenBefore = [];
    private readonly Dictionary<Guid, DateTimeOffset> seenLater = [];
    private readonly Dictionary<KeyHash, (Guid Home, DateTimeOffset FirstSeenAt)> visitors = [];
    private readonly Dictionary<KeyHash, (Guid Id, DateTimeOffset FirstSeenAt)> clicks = [];
    private readonly Dictionary<(Guid Person, Guid Key), DateTimeOffset> pairs = [];

    private KnownVisitors(RevOpsDb db, Familiars? familiars) => (this.db, this.familiars, people) = (db, familiars, new(db));

    /// <param name="db">In whose transaction.</param>
    /// <param name="touches">Of the batch.</param>
    /// <param name="familiars">Whom the joiner has met already, and who takes note of when they were last seen; null: it is written to their rows.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<KnownVisitors> LoadAsync(RevOpsDb db, IReadOnlyList<SeenKeys> touches, Familiars? familiars, CancellationToken cancel)
    {
        var known = new KnownVisitors(db, familiars);
        await known.LoadPeopleAsync(touches.Where(touch => touch.IsPlain).Select(touch => touch.Home).OfType<Guid>().ToHashSet(), cancel);

        // Nobody was seen before the first time: of most it is enough that the row was seen earlier.
        await known.LoadVisitorsAsync(touches.Where(touch => touch.IsPlain && known.HomeOf(touch) is null).Select(touch => touch.Visitor?.Hash.Bytes).OfType<byte[]>().ToList(), cancel);
        await known.LoadClicksAsync(touches.Where(touch => touch.IsPlain).SelectMany(touch => touch.Clicks).Distinct().Select(hash => hash.Bytes).ToList(), cancel);
        return known;
    }

    /// <summary>
    /// The visitor's row, where the touch says nothing but a known browser, no earlier than it was known, and clicks that are new or theirs already; null where it has to be decided.
    /// </summary>
    public Guid? TryJoin(SeenKeys touch)
    {
        if (!touch.IsPlain || HomeOf(touch) is not { } home)
            return null;
        var at = touch.Sighting.OccurredAt;
        var seen = touch.Clicks;
        if (seen.Any(click => clicks.TryGetValue(click, out var known) && (!pairs.TryGetValue((home, known.Id), out var together) || at < together || at < known.FirstSeenAt)))
            return null;

        foreach (var hash in seen.Where(click => !clicks.ContainsKey(click)))
            Add(home, hash, at);
        if (familiars is null)
            people.SawLast(people.Find(home)!, at);
        else
            seenLater[home] = seenLater.TryGetValue(home, out var before) && before > at ? before : at;
        return home;
    }

    /// <summary>Of clicks seen for the first time.</summary>
    public IReadOnlyList<IdentityKey> NewKeys => newKeys;

    public IReadOnlyList<PersonKey> NewPairs => newPairs;

    /// <summary>Clicks seen for the first time, and who was seen later than was known.</summary>
    public async Task StoreAsync(CancellationToken cancel)
    {
        // Side by side where their indexes have them so.
        await db.InsertAsync([.. newKeys.OrderBy(key => key.Hash, KeyHash.BytesInOrder)], cancel);
        await db.InsertAsync([.. newPairs.OrderBy(pair => pair.PersonId)], cancel);
        await people.StoreAsync(cancel);
        if (familiars is null)
            return;
        await db.InsertAsync<LaterSights>([LaterSights.Of(seenLater)], cancel);
        familiars.SawLast(seenLater);
    }

    private Guid? HomeOf(SeenKeys touch)
    {
        var at = touch.Sighting.OccurredAt;
        if (touch.Home is { } home && (familiars is null ? seenBefore.TryGetValue(home, out var since) ? since : (DateTimeOffset?)null : familiars.Since(home)) <= at)
            return home;
        return visitors.Count > 0 && touch.Visitor is { } visitor && visitors.TryGetValue(visitor.Hash, out var known) && at >= known.FirstSeenAt ? known.Home : null;
    }

    private void Add(Guid home, KeyHash click, DateTimeOffset at)
    {
        var key = new IdentityKey { Id = Guid.CreateVersion7(), Kind = IdentityKeyKind.Click, Hash = click.Bytes, PersonId = home, FirstSeenAt = at };
        newKeys.Add(key);
        newPairs.Add(new() { PersonId = home, KeyId = key.Id, FirstSeenAt = at });
        clicks.Add(click, (key.Id, at));
        pairs.Add((home, key.Id), at);
    }

    private async Task LoadPeopleAsync(IReadOnlyCollection<Guid> homes, CancellationToken cancel)
    {
        if (familiars is null)
        {
            await people.LoadAsync(homes, cancel);
            foreach (var home in homes)
            {
                if (people.Find(home) is { } person)
                    seenBefore.Add(home, person.OwnSeenAt);
            }

            return;
        }

        var unmet = homes.Where(home => familiars.Since(home) is null).ToList();
        foreach (var person in await db.Set<Person>().AsNoTracking().Where(person => EF.Parameter(unmet).Contains(person.Id)).Select(person => new { person.Id, person.OwnSeenAt }).ToListAsync(cancel))
            familiars.Meet(person.Id, person.OwnSeenAt);
    }

    private async Task LoadVisitorsAsync(List<byte[]> hashes, CancellationToken cancel)
    {
        if (hashes.Count == 0)
            return;
        foreach (var key in await (from key in db.Set<IdentityKey>()
                                   join home in db.Set<Person>() on key.PersonId equals home.Id
                                   where key.Kind == IdentityKeyKind.Visitor && EF.Parameter(hashes).Contains(key.Hash)
                                   select new { key.Hash, key.PersonId, key.FirstSeenAt }).ToListAsync(cancel))
        {
            visitors[new(key.Hash)] = (key.PersonId, key.FirstSeenAt);
            familiars?.Meet(key.PersonId, key.FirstSeenAt);
        }

        if (familiars is null)
            await people.LoadAsync(visitors.Values.Select(visitor => visitor.Home).ToHashSet(), cancel);
    }

    private async Task LoadClicksAsync(List<byte[]> hashes, CancellationToken cancel)
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
