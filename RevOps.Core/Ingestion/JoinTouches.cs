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

        await db.InsertAsync(visitors.NewKeys, cancel);
        await db.InsertAsync(rows, cancel);
        await db.SaveChangesAsync(cancel);
        foreach (var touch in others)
            await ResolveAsync(db, touch, company, cancel);

        var ids = stored.ConvertAll(row => row.Id);
        await db.WriteAsync(() => db.Set<ReceivedEvent>().Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, EventStatus.Applied), cancel), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>A touch that names a person, or whose click is somebody else's so far: who it was has to be worked out.</summary>
    private async Task ResolveAsync(RevOpsDb db, OpenedTouch touch, CompanyVersion company, CancellationToken cancel)
    {
        var who = await services.Identity.ResolveAsync(db, touch.Sighting, cancel);
        await db.SaveChangesAsync(cancel);

        var reception = ReceptionOf(db, touch, who.Person, company, cancel);
        await touch.Data.ApplyAsync(reception);
        if (who.Reconsider)
            await ConversionPlan.LookAgainAsync(reception);
        await db.SaveChangesAsync(cancel);
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
            var sighting = new Sighting(received.OccurredAt) { Contact = data.Contact, VisitorId = data.VisitorId, ClickIds = data.ClickIds, DefaultCountry = company.Country };
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

/// <summary>The visitors and clicks of one batch, read in three queries, for the touches that need no decision.</summary>
internal sealed class KnownVisitors
{
    private readonly List<IdentityKey> newKeys = [];
    private readonly Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys;
    private readonly Dictionary<Guid, Person> people;

    private KnownVisitors(Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys, Dictionary<Guid, Person> people) =>
        (this.keys, this.people) = (keys, people);

    /// <summary>Clicks seen for the first time, to be inserted.</summary>
    public IReadOnlyList<IdentityKey> NewKeys => newKeys;

    public static async Task<KnownVisitors> LoadAsync(RevOpsDb db, List<OpenedTouch> touches, CancellationToken cancel)
    {
        var hashes = touches.SelectMany(touch => touch.Keys).Select(key => key.Hash).Distinct().Select(hash => hash.Bytes).ToList();
        var seen = await db.Set<IdentityKey>().Where(key => hashes.Contains(key.Hash)).ToListAsync(cancel);
        var ids = seen.Select(key => key.PersonId).Distinct().ToList();
        var owners = await db.Set<Person>().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, cancel);
        var canonical = owners.Values.Select(person => person.CanonicalId).Where(id => !owners.ContainsKey(id)).Distinct().ToList();
        foreach (var person in await db.Set<Person>().Where(person => canonical.Contains(person.Id)).ToListAsync(cancel))
            owners[person.Id] = person;
        return new(seen.ToDictionary(key => (key.Kind, new KeyHash(key.Hash))), owners);
    }

    /// <summary>
    /// The visitor, where the touch says nothing but a known browser and clicks that are new or theirs already; null where it has to be decided.
    /// </summary>
    public Person? TryJoin(OpenedTouch touch)
    {
        if (touch.Sighting.Contact is not null || Owner(touch.Keys.FirstOrDefault(key => key.Kind == IdentityKeyKind.Visitor)) is not { } visitor)
            return null;
        var clicks = touch.Keys.Where(key => key.Kind == IdentityKeyKind.Click).ToList();
        if (clicks.Exists(click => keys.ContainsKey(click) && Owner(click)?.Id != visitor.Id))
            return null;

        foreach (var (kind, hash) in clicks.Where(click => !keys.ContainsKey(click)))
        {
            keys[(kind, hash)] = new() { Id = Guid.CreateVersion7(), Kind = kind, Hash = hash.Bytes, PersonId = visitor.Id, FirstSeenAt = touch.Received.OccurredAt };
            newKeys.Add(keys[(kind, hash)]);
        }

        foreach (var key in touch.Keys.Select(key => keys[key]).Where(key => touch.Received.OccurredAt < key.FirstSeenAt))
            key.FirstSeenAt = touch.Received.OccurredAt;
        if (touch.Received.OccurredAt > visitor.LastSeenAt)
            visitor.LastSeenAt = touch.Received.OccurredAt;
        return visitor;
    }

    private Person? Owner((IdentityKeyKind, KeyHash) key) =>
        keys.TryGetValue(key, out var known) && !known.Shared && people.TryGetValue(known.PersonId, out var person) ? people.GetValueOrDefault(person.CanonicalId) : null;
}
