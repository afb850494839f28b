using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.People;

/// <summary>The rows of one batch of sightings: what was known of their keys, and what is new.</summary>
internal sealed class Arrivals(Vault vault, RevOpsDb db)
{
    private const int Portion = 10_000;

    private readonly Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> keys = [];
    private readonly Dictionary<KeyHash, Person> bySignature = [];
    private readonly Dictionary<Guid, Person> byId = [];
    private readonly Dictionary<Guid, Person> standsFor = [];
    private readonly Dictionary<(Guid Person, Guid Key), PersonKey> pairs = [];
    private readonly Dictionary<Guid, ContactFacts> said = [];
    private readonly HashSet<Guid> newKeys = [];
    private readonly List<DataKey> dataKeys = [];

    /// <summary>Members around whom who is one person has to be worked out anew.</summary>
    public HashSet<Guid> Changed { get; } = [];

    public List<Person> NewPeople { get; } = [];

    public List<IdentityKey> NewKeys { get; } = [];

    public List<PersonKey> NewPairs { get; } = [];

    /// <summary>The pair as this batch has it, where it has: it may have been seen earlier than the database says.</summary>
    public PersonKey? Known(PersonKey pair) => pairs.GetValueOrDefault((pair.PersonId, pair.KeyId));

    /// <summary>Reads what is known of all keys in a few queries.</summary>
    public async Task LoadAsync(IReadOnlyList<SeenKeys> seen, CancellationToken cancel)
    {
        foreach (var kind in seen.SelectMany(one => one.Keys).Distinct().GroupBy(key => key.Kind))
        {
            foreach (var part in kind.Chunk(Portion))
            {
                var hashes = part.Select(key => key.Hash.Bytes).ToList();
                foreach (var key in await db.Set<IdentityKey>().Where(key => key.Kind == kind.Key && EF.Parameter(hashes).Contains(key.Hash)).ToListAsync(cancel))
                    keys[(key.Kind, new(key.Hash))] = key;
            }
        }

        var signatures = seen.SelectMany(SignaturesOf).Distinct().Select(signature => signature.Bytes).ToList();
        // Not as one JSON parameter: of a column that may be null the database would ask each row instead of its index.
        foreach (var part in signatures.Chunk(500))
        {
            foreach (var person in await db.Set<Person>().Where(person => part.Contains(person.Signature!)).ToListAsync(cancel))
                (bySignature[new(person.Signature!)], byId[person.Id]) = (person, person);
        }

        await LoadEarlierAsync(seen, cancel);
        foreach (var part in byId.Values.Select(person => person.CanonicalId).Where(id => !byId.ContainsKey(id)).Distinct().ToList().Chunk(Portion))
        {
            foreach (var person in await db.Set<Person>().Where(person => EF.Parameter(part).Contains(person.Id)).ToListAsync(cancel))
                standsFor[person.Id] = person;
        }

        foreach (var part in byId.Keys.Chunk(Portion))
        {
            foreach (var pair in await db.Set<PersonKey>().Where(pair => EF.Parameter(part).Contains(pair.PersonId)).ToListAsync(cancel))
                pairs[(pair.PersonId, pair.KeyId)] = pair;
        }
    }

    /// <summary>Notes who was seen with what; the member that the fact lies under.</summary>
    public Person Take(SeenKeys seen)
    {
        var (sighting, clicks) = (seen.Sighting, seen.Keys.Where(key => key.Kind == IdentityKeyKind.Click).ToList());
        var named = seen.Keys.Where(key => key.Kind < IdentityKeyKind.Click).ToList();
        var home = named.Where(key => key.Kind == IdentityKeyKind.Visitor).Select(visitor => MemberOf([visitor], sighting)).FirstOrDefault();
        var member = named.Count == 0 ? Add(null, sighting) : home is not null && named.Count == 1 ? home : MemberOf(named, sighting);
        var fact = sighting.IsTouch && home is not null ? home : member;
        foreach (var click in clicks)
            See(fact, click, sighting);
        foreach (var name in seen.Keys.Where(key => key.Kind == IdentityKeyKind.Name))
            See(member, name, sighting);
        SawLast(fact, sighting);
        SawLast(member, sighting);
        Describe(member, sighting);
        return fact;
    }

    /// <summary>Seals what was said under each member's own key.</summary>
    public async Task DescribeAsync(CancellationToken cancel)
    {
        await vault.LoadAsync(db, said.Keys.Where(id => byId[id].SealedOwn is not null), cancel);
        foreach (var (id, facts) in said)
        {
            var person = byId[id];
            var known = await OwnOfAsync(person, cancel);
            if (known.Says(facts))
                continue;
            person.SealedOwn = await vault.SealAsync(db, id, id, known.With(facts).ToJson(), cancel);
            Changed.Add(id);
        }
    }

    /// <summary>Inserts what is new; what was known and changed is the context's to save.</summary>
    public async Task StoreAsync(CancellationToken cancel)
    {
        await db.InsertAsync(dataKeys, cancel);
        await db.InsertAsync(NewPeople, cancel);
        await db.InsertAsync(NewKeys, cancel);
        await db.InsertAsync(NewPairs, cancel);
    }

    private static IEnumerable<KeyHash> SignaturesOf(SeenKeys seen)
    {
        var named = seen.Keys.Where(key => key.Kind < IdentityKeyKind.Click).ToList();
        if (named.Count > 0)
            yield return new(IdentityGraph.SignatureOf(named));
        foreach (var visitor in named.Where(key => key.Kind == IdentityKeyKind.Visitor && named.Count > 1))
            yield return new(IdentityGraph.SignatureOf([visitor]));
    }

    /// <summary>A visitor of before there were signatures is the row that their id was first given to.</summary>
    private async Task LoadEarlierAsync(IReadOnlyList<SeenKeys> seen, CancellationToken cancel)
    {
        var visitors = seen.SelectMany(one => one.Keys).Where(key => key.Kind == IdentityKeyKind.Visitor && keys.ContainsKey(key)).Distinct()
            .Select(key => (Signature: new KeyHash(IdentityGraph.SignatureOf([key])), keys[key].PersonId)).Where(visitor => !bySignature.ContainsKey(visitor.Signature)).ToList();
        foreach (var part in visitors.Chunk(Portion))
        {
            var ids = part.Select(visitor => visitor.PersonId).ToList();
            var people = await db.Set<Person>().Where(person => EF.Parameter(ids).Contains(person.Id)).ToDictionaryAsync(person => person.Id, cancel);
            foreach (var (signature, id) in part.Where(visitor => people.ContainsKey(visitor.PersonId)))
                bySignature[signature] = byId[id] = people[id];
        }
    }

    private Person MemberOf(IReadOnlyList<(IdentityKeyKind, KeyHash)> named, Sighting sighting)
    {
        var signature = new KeyHash(IdentityGraph.SignatureOf(named));
        if (!bySignature.TryGetValue(signature, out var person))
            person = bySignature[signature] = Add(signature.Bytes, sighting);
        foreach (var key in named)
            See(person, key, sighting);
        return person;
    }

    private Person Add(byte[]? signature, Sighting sighting)
    {
        var id = Guid.CreateVersion7();
        var (row, key) = vault.NewKey(id);
        var person = new Person { Id = id, CanonicalId = id, Signature = signature, CreatedAt = TimeProvider.System.GetUtcNow(), OwnSeenAt = sighting.OccurredAt, LastSeenAt = sighting.OccurredAt };

        // Its row is committed with it, or neither is: an id that nobody has names no value.
        vault.Remember(id, key);
        dataKeys.Add(row);
        NewPeople.Add(person);
        return byId[id] = person;
    }

    private void See(Person person, (IdentityKeyKind Kind, KeyHash Hash) seen, Sighting sighting)
    {
        if (!keys.TryGetValue(seen, out var key))
        {
            key = keys[seen] = new() { Id = Guid.CreateVersion7(), Kind = seen.Kind, Hash = seen.Hash.Bytes, PersonId = person.Id, FirstSeenAt = sighting.OccurredAt };
            newKeys.Add(key.Id);
            NewKeys.Add(key);
        }

        if (!pairs.TryGetValue((person.Id, key.Id), out var pair))
        {
            pair = pairs[(person.Id, key.Id)] = new() { PersonId = person.Id, KeyId = key.Id, FirstSeenAt = sighting.OccurredAt };
            NewPairs.Add(pair);

            // What nobody else has joins nobody; a name may part.
            if (!newKeys.Contains(key.Id) || key.PersonId != person.Id || key.Kind == IdentityKeyKind.Name)
                Changed.Add(person.Id);
        }

        // A click that was earlier than we knew may reach another session.
        if (sighting.OccurredAt < key.FirstSeenAt || sighting.OccurredAt < pair.FirstSeenAt)
        {
            if (key.Kind == IdentityKeyKind.Click)
                Changed.Add(person.Id);
            key.FirstSeenAt = Earlier(key.FirstSeenAt, sighting.OccurredAt);
            pair.FirstSeenAt = Earlier(pair.FirstSeenAt, sighting.OccurredAt);
        }
    }

    private void Describe(Person person, Sighting sighting)
    {
        if (sighting.Contact is not { } contact)
            return;

        var facts = ContactFacts.Of(contact, sighting.OccurredAt);
        said[person.Id] = said.TryGetValue(person.Id, out var before) ? before.With(facts) : facts;
        if (contact.Country is not { } country)
            return;
        var newer = person.OwnCountryAt is null || sighting.OccurredAt > person.OwnCountryAt || (sighting.OccurredAt == person.OwnCountryAt && string.CompareOrdinal(country, person.OwnCountry) > 0);
        if (newer)
            (person.OwnCountry, person.OwnCountryAt) = (country, sighting.OccurredAt);
    }

    private void SawLast(Person person, Sighting sighting)
    {
        person.OwnSeenAt = Later(person.OwnSeenAt, sighting.OccurredAt);
        var canonical = byId.GetValueOrDefault(person.CanonicalId) ?? standsFor[person.CanonicalId];
        canonical.LastSeenAt = Later(canonical.LastSeenAt, sighting.OccurredAt);
    }

    private async Task<ContactFacts> OwnOfAsync(Person person, CancellationToken cancel)
    {
        if (person.SealedOwn is null && !Regrouping.IsOfBefore(person))
            return ContactFacts.None;
        await vault.LoadAsync(db, [person.Id], cancel);
        if (person.SealedOwn is null)
            return Regrouping.EarlierFactsOf(vault, person) ?? ContactFacts.None;
        return vault.OpenKnown(person.Id, person.Id, person.SealedOwn) is { } json ? ContactFacts.Parse(json) : ContactFacts.None;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
