using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Joins stored touches to people and puts them on their journeys, many in one commit.</summary>
public sealed class JoinTouches(IDbContextFactory<RevOpsDb> databases, IngestionServices services, JoinPace pace) : IOutboxJob
{
    /// <summary>One joiner at a time: two would take the same touches.</summary>
    public const string Lane = "touches";

    private const int PerCommit = 400;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await pace.WaitAsync(cancel);
        var company = await services.Company.CurrentAsync(cancel);
        while (await JoinSomeAsync(company, cancel))
        {
            // Until none is left.
        }

        pace.Ended();
        return OutboxResult.Done;
    }

    private async Task<bool> JoinSomeAsync(CompanyVersion company, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var stored = await db.Set<ReceivedEvent>().AsNoTracking().Where(row => row.Status == EventStatus.Stored).OrderBy(row => row.RecordedAt).Take(PerCommit).ToListAsync(cancel);
        if (stored.Count == 0)
            return false;

        var touches = await OpenAsync(stored, company, cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var visitors = await KnownVisitors.LoadAsync(db, touches, cancel);
        var (rows, others) = (new List<Touch>(), new List<OpenedTouch>());
        foreach (var touch in touches)
        {
            if (visitors.TryJoin(touch) is { } person)
                rows.Add(await touch.Data.RowAsync(ReceptionOf(db, touch, person, company, cancel)));
            else
                others.Add(touch);
        }

        await visitors.StoreAsync(db, cancel);
        rows.AddRange(await ResolveAsync(db, others, company, cancel));
        await db.InsertAsync(rows, cancel);
        await db.SaveChangesAsync(cancel);

        var ids = stored.ConvertAll(row => row.Id);
        await db.WriteAsync(() => db.Set<ReceivedEvent>().Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, EventStatus.Applied), cancel), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Touches that name a person, or whose click was somebody else's before: who it was has to be worked out.</summary>
    private async Task<List<Touch>> ResolveAsync(RevOpsDb db, List<OpenedTouch> others, CompanyVersion company, CancellationToken cancel)
    {
        var rows = new List<Touch>();
        if (others.Count == 0)
            return rows;
        var (people, moved) = await services.Identity.ResolveAllAsync(db, others.ConvertAll(touch => new SeenKeys(touch.Sighting, touch.Keys)), cancel);
        foreach (var (touch, person) in others.Zip(people))
            rows.Add(await touch.Data.RowAsync(ReceptionOf(db, touch, person, company, cancel)));
        if (moved.Count > 0)
            await Reconsider.PeopleAsync(ReceptionOf(db, others[0], people[0], company, cancel), moved);
        return rows;
    }

    private async Task<List<OpenedTouch>> OpenAsync(List<ReceivedEvent> stored, CompanyVersion company, CancellationToken cancel)
    {
        var touches = new List<OpenedTouch>(stored.Count);
        foreach (var received in stored)
        {
            // Whoever was erased in between is gone with their key.
            if (await services.Vault.OpenAsync(received.OwnerId, received.Id, received.SealedData, cancel) is not { } json)
                continue;
            using var document = JsonDocument.Parse(json);
            if (EventTypes.Read(received.Type, document.RootElement, []) is not TouchReceived data)
                continue;
            var sighting = new Sighting(received.OccurredAt) { Contact = data.Contact, VisitorId = data.VisitorId, ClickIds = data.ClickIds, DefaultCountry = company.Country, IsTouch = true };
            touches.Add(new(received, data, sighting, services.Identity.KeysOf(sighting)));
        }

        return touches;
    }

    private Reception ReceptionOf(RevOpsDb db, OpenedTouch touch, Person person, CompanyVersion company, CancellationToken cancel) =>
        new(db, touch.Received, touch.Data, services, company, cancel) { Person = person };
}

/// <summary>Under load several commits of touches are joined at once; on a quiet day a touch is joined at once.</summary>
public sealed class JoinPace
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private long ended;

    public void Ended() => Volatile.Write(ref ended, TimeProvider.System.GetTimestamp());

    public async Task WaitAsync(CancellationToken cancel)
    {
        var since = TimeProvider.System.GetElapsedTime(Volatile.Read(ref ended));
        if (since < Shortest)
            await Task.Delay(Shortest - since, TimeProvider.System, cancel);
    }
}

/// <summary>A stored touch in clear.</summary>
internal sealed record OpenedTouch(ReceivedEvent Received, TouchReceived Data, Sighting Sighting, IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> Keys);

/// <summary>The visitors and clicks of one batch, read in few queries, for the touches that need no decision.</summary>
internal sealed class KnownVisitors
{
    private readonly List<IdentityKey> newKeys = [];
    private readonly List<PersonKey> newPairs = [];
    private readonly Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys;
    private readonly Dictionary<Guid, Person> people;
    private readonly HashSet<(Guid Person, Guid Key)> pairs;

    private KnownVisitors(Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys, Dictionary<Guid, Person> people, HashSet<(Guid, Guid)> pairs) =>
        (this.keys, this.people, this.pairs) = (keys, people, pairs);

    public static async Task<KnownVisitors> LoadAsync(RevOpsDb db, List<OpenedTouch> touches, CancellationToken cancel)
    {
        var seen = new List<IdentityKey>();
        foreach (var kind in touches.SelectMany(touch => touch.Keys).Where(key => key.Kind >= IdentityKeyKind.Visitor).Distinct().GroupBy(key => key.Kind))
        {
            var hashes = kind.Select(key => key.Hash.Bytes).ToList();
            seen.AddRange(await db.Set<IdentityKey>().Where(key => key.Kind == kind.Key && hashes.Contains(key.Hash)).ToListAsync(cancel));
        }

        var homes = seen.Where(key => key.Kind == IdentityKeyKind.Visitor).Select(key => key.PersonId).Distinct().ToList();
        var homesById = await db.Set<Person>().Where(person => homes.Contains(person.Id)).ToDictionaryAsync(person => person.Id, cancel);
        var canonical = homesById.Values.Select(person => person.CanonicalId).Where(id => !homesById.ContainsKey(id)).Distinct().ToList();
        foreach (var person in await db.Set<Person>().Where(person => canonical.Contains(person.Id)).ToListAsync(cancel))
            homesById[person.Id] = person;
        var clicks = seen.Where(key => key.Kind == IdentityKeyKind.Click).Select(key => key.Id).ToList();
        var seenWith = await db.Set<PersonKey>().Where(pair => clicks.Contains(pair.KeyId)).Select(pair => new { pair.PersonId, pair.KeyId }).ToListAsync(cancel);
        return new(seen.ToDictionary(key => (key.Kind, new KeyHash(key.Hash))), homesById, [.. seenWith.Select(pair => (pair.PersonId, pair.KeyId))]);
    }

    /// <summary>
    /// The visitor, where the touch says nothing but a known browser and clicks that are new or theirs already; null where it has to be decided.
    /// </summary>
    public Person? TryJoin(OpenedTouch touch)
    {
        var at = touch.Received.OccurredAt;
        if (touch.Sighting.Contact is not null || !keys.TryGetValue(touch.Keys.FirstOrDefault(key => key.Kind == IdentityKeyKind.Visitor), out var visitor) || !people.TryGetValue(visitor.PersonId, out var person))
            return null;
        var clicks = touch.Keys.Where(key => key.Kind == IdentityKeyKind.Click).ToList();
        if (clicks.Exists(click => keys.TryGetValue(click, out var known) && (!pairs.Contains((person.Id, known.Id)) || at < known.FirstSeenAt)))
            return null;

        foreach (var (kind, hash) in clicks.Where(click => !keys.ContainsKey(click)))
        {
            var key = keys[(kind, hash)] = new() { Id = Guid.CreateVersion7(), Kind = kind, Hash = hash.Bytes, PersonId = person.Id, FirstSeenAt = at };
            newKeys.Add(key);
            newPairs.Add(new() { PersonId = person.Id, KeyId = key.Id, FirstSeenAt = at });
            pairs.Add((person.Id, key.Id));
        }

        if (at < visitor.FirstSeenAt)
            visitor.FirstSeenAt = at;
        if (at > person.OwnSeenAt)
            person.OwnSeenAt = at;
        if (people.TryGetValue(person.CanonicalId, out var canonical) && at > canonical.LastSeenAt)
            canonical.LastSeenAt = at;
        return person;
    }

    /// <summary>Clicks seen for the first time; who was seen later than before is the context's to save.</summary>
    public async Task StoreAsync(RevOpsDb db, CancellationToken cancel)
    {
        await db.InsertAsync(newKeys, cancel);
        await db.InsertAsync(newPairs, cancel);
        await db.SaveChangesAsync(cancel);
    }
}
