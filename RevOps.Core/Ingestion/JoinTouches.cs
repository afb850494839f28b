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

    // Nobody waits long for their turn to write on an ordinary day; what has piled up goes in larger portions, which cost less each.
    private const int FewPerCommit = 500;
    private const int MostPerCommit = 5_000;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await pace.WaitAsync(cancel);
        var company = await services.Company.CurrentAsync(cancel);
        for (var most = FewPerCommit; await JoinSomeAsync(most, company, cancel) is > 0 and var joined;)
            most = joined == most ? Math.Min(most * 2, MostPerCommit) : FewPerCommit;

        pace.Ended();
        return OutboxResult.Done;
    }

    /// <returns>How many were taken; zero when none is left.</returns>
    private async Task<int> JoinSomeAsync(int most, CompanyVersion company, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var stored = await db.Set<ReceivedEvent>().AsNoTracking().Where(row => row.Status == EventStatus.Stored).OrderBy(row => row.RecordedAt).Take(most).ToListAsync(cancel);
        if (stored.Count == 0)
            return 0;

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
        await db.WriteAsync(() => db.Set<ReceivedEvent>().Where(row => EF.Parameter(ids).Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, EventStatus.Applied), cancel), cancel);
        await transaction.CommitAsync(cancel);
        return stored.Count;
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
        await using (var db = await databases.CreateDbContextAsync(cancel))
            await services.Vault.LoadAsync(db, stored.Select(received => received.OwnerId), cancel);
        var opened = new OpenedTouch?[stored.Count];
        Parallel.For(0, stored.Count, index => opened[index] = Open(stored[index], company));
        return [.. opened.OfType<OpenedTouch>()];
    }

    /// <summary>Null of whoever was erased in between: they are gone with their key.</summary>
    private OpenedTouch? Open(ReceivedEvent received, CompanyVersion company)
    {
        if (services.Vault.OpenKnown(received.OwnerId, received.Id, received.SealedData) is not { } json)
            return null;
        using var document = JsonDocument.Parse(json);
        if (EventTypes.Read(received.Type, document.RootElement, []) is not TouchReceived data)
            return null;
        var sighting = new Sighting(received.OccurredAt) { Contact = data.Contact, VisitorId = data.VisitorId, ClickIds = data.ClickIds, DefaultCountry = company.Country, IsTouch = true };
        return new(received, data, sighting, services.Identity.KeysOf(sighting));
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
    private readonly HashSet<Person> seenLater = [];
    private readonly HashSet<IdentityKey> seenEarlier = [];
    private readonly Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys;
    private readonly Dictionary<Guid, Person> people;
    private readonly Dictionary<(Guid Person, Guid Key), DateTimeOffset> pairs;

    private KnownVisitors(Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys, Dictionary<Guid, Person> people, Dictionary<(Guid, Guid), DateTimeOffset> pairs) =>
        (this.keys, this.people, this.pairs) = (keys, people, pairs);

    public static async Task<KnownVisitors> LoadAsync(RevOpsDb db, List<OpenedTouch> touches, CancellationToken cancel)
    {
        var seen = new List<IdentityKey>();
        foreach (var kind in touches.SelectMany(touch => touch.Keys).Where(key => key.Kind >= IdentityKeyKind.Visitor).Distinct().GroupBy(key => key.Kind))
        {
            var hashes = kind.Select(key => key.Hash.Bytes).ToList();
            seen.AddRange(await db.Set<IdentityKey>().Where(key => key.Kind == kind.Key && EF.Parameter(hashes).Contains(key.Hash)).AsNoTracking().ToListAsync(cancel));
        }

        var homes = seen.Where(key => key.Kind == IdentityKeyKind.Visitor).Select(key => key.PersonId).Distinct().ToList();
        var homesById = await db.Set<Person>().Where(person => EF.Parameter(homes).Contains(person.Id)).AsNoTracking().ToDictionaryAsync(person => person.Id, cancel);
        var canonical = homesById.Values.Select(person => person.CanonicalId).Where(id => !homesById.ContainsKey(id)).Distinct().ToList();
        foreach (var person in await db.Set<Person>().Where(person => EF.Parameter(canonical).Contains(person.Id)).AsNoTracking().ToListAsync(cancel))
            homesById[person.Id] = person;
        var clicks = seen.Where(key => key.Kind == IdentityKeyKind.Click).Select(key => key.Id).ToList();
        var seenWith = await db.Set<PersonKey>().Where(pair => EF.Parameter(clicks).Contains(pair.KeyId)).Select(pair => new { pair.PersonId, pair.KeyId, pair.FirstSeenAt }).ToListAsync(cancel);
        return new(seen.ToDictionary(key => (key.Kind, new KeyHash(key.Hash))), homesById, seenWith.ToDictionary(pair => (pair.PersonId, pair.KeyId), pair => pair.FirstSeenAt));
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
        if (clicks.Exists(click => keys.TryGetValue(click, out var known) && (!pairs.TryGetValue((person.Id, known.Id), out var together) || at < together || at < known.FirstSeenAt)))
            return null;

        foreach (var (kind, hash) in clicks.Where(click => !keys.ContainsKey(click)))
        {
            var key = keys[(kind, hash)] = new() { Id = Guid.CreateVersion7(), Kind = kind, Hash = hash.Bytes, PersonId = person.Id, FirstSeenAt = at };
            newKeys.Add(key);
            newPairs.Add(new() { PersonId = person.Id, KeyId = key.Id, FirstSeenAt = at });
            pairs.Add((person.Id, key.Id), at);
        }

        if (at < visitor.FirstSeenAt)
        {
            visitor.FirstSeenAt = at;
            seenEarlier.Add(visitor);
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

    /// <summary>Clicks seen for the first time, and who was seen earlier or later than was known.</summary>
    public async Task StoreAsync(RevOpsDb db, CancellationToken cancel)
    {
        await db.InsertAsync(newKeys, cancel);
        await db.InsertAsync(newPairs, cancel);
        await db.UpdateAsync([.. seenLater], [nameof(Person.OwnSeenAt), nameof(Person.LastSeenAt)], cancel);
        await db.UpdateAsync([.. seenEarlier], [nameof(IdentityKey.FirstSeenAt)], cancel);
    }
}
