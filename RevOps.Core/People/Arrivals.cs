using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.People;

/// <summary>Takes one batch of sightings in: who was seen with what for the first time, and what they said.</summary>
/// <param name="db">Where keys of what is sealed are read.</param>
/// <param name="rows">What is at hand already, and what will be written.</param>
/// <param name="ring">Opens and seals what they said.</param>
internal sealed class Arrivals(RevOpsDb db, IdentityRows rows, KeyRing ring)
{
    private readonly Dictionary<Guid, ContactFacts> said = [];
    private readonly List<DataKey> dataKeys = [];

    /// <summary>Keys of whoever is new: rows that the caller stores.</summary>
    public IReadOnlyList<DataKey> DataKeys => dataKeys;

    /// <summary>Members around whom who is one person has to be worked out anew.</summary>
    public HashSet<Guid> Changed { get; } = [];

    /// <summary>Per member what its own sightings said, where this batch knows it.</summary>
    public Dictionary<Guid, ContactFacts> Own { get; } = [];

    /// <summary>Reads what is known of all keys in a few queries.</summary>
    public async Task LoadAsync(IReadOnlyList<SeenKeys> seen, CancellationToken cancel)
    {
        await rows.LoadKeysAsync(seen.SelectMany(one => one.Keys), cancel);

        // Of most the row of the browser is known already.
        await rows.LoadNamedAsync(seen.Select(one => one.Home).OfType<Guid>(), cancel);
        var signatures = seen.SelectMany(one => new[] { one.Signature, one.VisitorSignature }).OfType<KeyHash>().ToHashSet();
        await rows.LoadSignaturesAsync(signatures.Where(signature => rows.Find(signature) is null), cancel);
        await LoadEarlierAsync(seen, cancel);
        var found = signatures.Select(rows.Find).OfType<Person>().ToList();
        await rows.LoadPeopleAsync(found.Select(person => person.CanonicalId), cancel);
        await rows.LoadKeysOfAsync(found.Select(person => person.Id), cancel);
    }

    /// <summary>Notes who was seen with what; the member that the fact lies under, and the one that has all the keys.</summary>
    public (Person Fact, Person Named) Take(SeenKeys seen)
    {
        var sighting = seen.Sighting;
        var home = seen.Visitor is { } visitor ? MemberOf(seen.VisitorSignature!, [visitor], sighting) : null;
        var member = seen.Signature is not { } signature ? Add(null, sighting) : home is not null && seen.Named.Count == 1 ? home : MemberOf(signature, seen.Named, sighting);
        var fact = sighting.IsTouch && home is not null ? home : member;
        foreach (var click in seen.Keys.Where(key => key.Kind == IdentityKeyKind.Click))
            See(fact, click, sighting);
        foreach (var name in seen.Keys.Where(key => key.Kind == IdentityKeyKind.Name))
            See(member, name, sighting);
        SawLast(fact, sighting);
        SawLast(member, sighting);
        Describe(member, sighting);
        return (fact, member);
    }

    /// <summary>Seals what was said under each member's own key.</summary>
    public async Task DescribeAsync(CancellationToken cancel)
    {
        await ring.LoadAsync(db, said.Keys, cancel);
        foreach (var (id, facts) in said)
        {
            var person = rows.Member(id);
            var known = Regrouping.OwnFacts(ring, person) ?? ContactFacts.None;
            Own[id] = known.With(facts);
            if (known.Says(facts))
                continue;
            person.SealedOwn = ring.Seal(id, id, Own[id].ToJson());
            rows.Changed(person);
            Changed.Add(id);
        }
    }

    /// <summary>A visitor of before there were signatures is the row that their id was first given to.</summary>
    private async Task LoadEarlierAsync(IReadOnlyList<SeenKeys> seen, CancellationToken cancel)
    {
        var visitors = seen.Where(one => one.Visitor is not null).DistinctBy(one => one.VisitorSignature).Select(one => (Key: rows.Find(one.Visitor!.Value), Signature: one.VisitorSignature!))
            .Where(visitor => visitor.Key is not null && rows.Find(visitor.Signature) is null).ToList();
        await rows.LoadPeopleAsync(visitors.Select(visitor => visitor.Key!.PersonId), cancel);
        foreach (var (key, signature) in visitors.Where(visitor => rows.Has(visitor.Key!.PersonId)))
            rows.Name(signature, rows.Member(key!.PersonId));
    }

    private Person MemberOf(KeyHash signature, IReadOnlyList<(IdentityKeyKind, KeyHash)> named, Sighting sighting)
    {
        var person = rows.Find(signature) ?? Add(signature.Bytes, sighting);
        foreach (var key in named)
            See(person, key, sighting);
        return person;
    }

    private Person Add(byte[]? signature, Sighting sighting)
    {
        var id = Guid.CreateVersion7();
        var person = new Person { Id = id, CanonicalId = id, Signature = signature, CreatedAt = TimeProvider.System.GetUtcNow(), OwnSeenAt = sighting.OccurredAt, LastSeenAt = sighting.OccurredAt };
        dataKeys.Add(ring.Add(id));
        rows.Add(person);
        return person;
    }

    private void See(Person person, (IdentityKeyKind Kind, KeyHash Hash) seen, Sighting sighting)
    {
        if (rows.Find(seen) is not { } key)
        {
            key = new() { Id = Guid.CreateVersion7(), Kind = seen.Kind, Hash = seen.Hash.Bytes, PersonId = person.Id, FirstSeenAt = sighting.OccurredAt };
            rows.Add(key);
        }

        if (rows.Pair(person.Id, key.Id) is not { } pair)
        {
            pair = new() { PersonId = person.Id, KeyId = key.Id, FirstSeenAt = sighting.OccurredAt };
            rows.Add(pair);

            // What nobody else has joins nobody; a name may part.
            if (!rows.IsNew(key) || key.PersonId != person.Id || key.Kind == IdentityKeyKind.Name)
                Changed.Add(person.Id);
        }

        if (sighting.OccurredAt >= key.FirstSeenAt && sighting.OccurredAt >= pair.FirstSeenAt)
            return;

        // A click that was earlier than we knew may reach another session.
        if (key.Kind == IdentityKeyKind.Click)
            Changed.Add(person.Id);
        (key.FirstSeenAt, pair.FirstSeenAt) = (Earlier(key.FirstSeenAt, sighting.OccurredAt), Earlier(pair.FirstSeenAt, sighting.OccurredAt));
        rows.Changed(key);
        rows.Changed(pair);
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
        if (!newer)
            return;
        (person.OwnCountry, person.OwnCountryAt) = (country, sighting.OccurredAt);
        rows.Changed(person);
    }

    private void SawLast(Person person, Sighting sighting)
    {
        var stands = rows.Member(person.CanonicalId);
        if (sighting.OccurredAt > person.OwnSeenAt)
        {
            person.OwnSeenAt = sighting.OccurredAt;
            rows.Changed(person);
        }

        if (sighting.OccurredAt > stands.LastSeenAt)
        {
            stands.LastSeenAt = sighting.OccurredAt;
            rows.Changed(stands);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
