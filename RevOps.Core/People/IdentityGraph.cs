using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.People;

/// <summary>One sight of somebody: all that an event says of who it was.</summary>
public sealed record Sighting(DateTimeOffset OccurredAt)
{
    public Contact? Contact { get; init; }
    public string? VisitorId { get; init; }
    public ClickIds? ClickIds { get; init; }

    /// <summary>ISO 3166-1 alpha-2 with which a national phone number is read.</summary>
    public string DefaultCountry { get; init; } = "FR";
}

/// <summary>
/// Who somebody is: joins by ref, e-mail, phone, visitor id and click id, in that order of strength. A merge is an alias; keys and
/// facts keep the person that they were first given to.
/// </summary>
public sealed class IdentityGraph(Vault vault)
{
    /// <summary>A key seen with more refs than this belongs to nobody in particular.</summary>
    public const int MostRefsPerKey = 3;

    /// <summary>A click id names the person who clicked, for as long after the click as one session follows from it.</summary>
    public static readonly TimeSpan ClickJoins = TimeSpan.FromDays(7);

    /// <summary>The person of this sighting, found, joined or new; the context holds what changed and is to be saved by the caller.</summary>
    public async Task<Resolution> ResolveAsync(RevOpsDb db, Sighting sighting, CancellationToken cancel)
    {
        var seen = KeysOf(sighting);
        var known = await KnownAsync(db, seen, cancel);
        var (found, merged) = await JoinAsync(db, sighting, seen, known, cancel);
        var person = found ?? await AddPersonAsync(db, sighting, cancel);

        foreach (var (kind, hash) in seen.Where(key => !known.ContainsKey(key)))
        {
            var key = new IdentityKey { Id = Guid.CreateVersion7(), Kind = kind, Hash = hash.Bytes, PersonId = person.Id, FirstSeenAt = sighting.OccurredAt };
            db.Add(key);
            known[(kind, hash)] = key;
        }

        foreach (var key in known.Values.Where(key => sighting.OccurredAt < key.FirstSeenAt))
            key.FirstSeenAt = sighting.OccurredAt;

        await CountRefsAsync(db, seen, known, cancel);
        var country = person.Country;
        await DescribeAsync(db, person, sighting, cancel);
        return new(person, merged || person.Country != country);
    }

    /// <summary>The keys of a sighting as kind and hash, strongest first.</summary>
    public IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> KeysOf(Sighting sighting)
    {
        var keys = new List<(IdentityKeyKind, KeyHash)>();
        void Add(IdentityKeyKind kind, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                keys.Add((kind, new KeyHash(vault.LookupHash(kind.ToString(), value))));
        }

        Add(IdentityKeyKind.Ref, sighting.Contact?.Ref?.Trim());
        Add(IdentityKeyKind.Email, Contact.NormaliseEmail(sighting.Contact?.Email));
        Add(IdentityKeyKind.Phone, Contact.NormalisePhone(sighting.Contact?.Phone, sighting.Contact?.Country ?? sighting.DefaultCountry));
        Add(IdentityKeyKind.Visitor, sighting.VisitorId);
        foreach (var (name, value) in sighting.ClickIds?.All() ?? [])
            Add(IdentityKeyKind.Click, $"{name}:{value}");
        return keys;
    }

    /// <summary>Ids of all rows that stand for the same person as this one.</summary>
    public static IQueryable<Guid> GroupOf(RevOpsDb db, Guid personId) =>
        from person in db.Set<Person>()
        join self in db.Set<Person>() on person.CanonicalId equals self.CanonicalId
        where self.Id == personId
        select person.Id;

    private static async Task<Dictionary<(IdentityKeyKind, KeyHash), IdentityKey>> KnownAsync(
        RevOpsDb db, IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> seen, CancellationToken cancel)
    {
        var hashes = seen.Select(key => key.Hash.Bytes).ToList();
        var rows = await db.Set<IdentityKey>().Where(key => hashes.Contains(key.Hash)).ToListAsync(cancel);
        return rows.ToDictionary(key => (key.Kind, new KeyHash(key.Hash)));
    }

    private async Task<(Person? Joined, bool Merged)> JoinAsync(
        RevOpsDb db, Sighting sighting, IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> seen,
        Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> known, CancellationToken cancel)
    {
        var (joined, merged) = ((Person?)null, false);
        foreach (var key in seen.Select(key => known.GetValueOrDefault(key)).OfType<IdentityKey>().Where(key => !key.Shared).OrderBy(key => key.Kind))
        {
            var owner = await CanonicalAsync(db, key.PersonId, cancel);
            if (key.Kind == IdentityKeyKind.Click && !await ClickJoinsAsync(db, key, owner, joined, sighting, seen, cancel))
                continue;

            merged |= joined is not null && joined.Id != owner.Id;
            joined = joined is null || joined.Id == owner.Id ? owner : await MergeAsync(db, joined, owner, key.Kind, sighting, cancel);
        }

        return (joined, merged);
    }

    private static async Task<bool> ClickJoinsAsync(
        RevOpsDb db, IdentityKey click, Person owner, Person? joined, Sighting sighting,
        IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> seen, CancellationToken cancel)
    {
        if ((sighting.OccurredAt - click.FirstSeenAt).Duration() > ClickJoins)
            return false;

        // A stronger key of a kind that both have, and that differs, says that these are two people who share a link.
        var theirs = await KindsAsync(db, owner.Id, cancel);
        var ours = joined is null || joined.Id == owner.Id ? [] : await KindsAsync(db, joined.Id, cancel);
        var mine = seen.Select(key => key.Kind).Concat(ours).Where(kind => kind < IdentityKeyKind.Click);
        return joined?.Id == owner.Id || !mine.Intersect(theirs).Any();
    }

    private static async Task<List<IdentityKeyKind>> KindsAsync(RevOpsDb db, Guid personId, CancellationToken cancel) =>
        await db.Set<IdentityKey>().Where(key => GroupOf(db, personId).Contains(key.PersonId) && key.Kind < IdentityKeyKind.Click)
            .Select(key => key.Kind).Distinct().ToListAsync(cancel);

    private static async Task<Person> CanonicalAsync(RevOpsDb db, Guid personId, CancellationToken cancel)
    {
        var person = await db.Set<Person>().FindAsync([personId], cancel) ?? throw new InvalidOperationException($"Person {personId} has keys and no row.");
        return person.CanonicalId == person.Id ? person : await CanonicalAsync(db, person.CanonicalId, cancel);
    }

    private async Task<Person> MergeAsync(RevOpsDb db, Person stays, Person goes, IdentityKeyKind by, Sighting sighting, CancellationToken cancel)
    {
        foreach (var member in await db.Set<Person>().Where(person => person.CanonicalId == goes.Id).ToListAsync(cancel))
            member.CanonicalId = stays.Id;
        goes.CanonicalId = stays.Id;

        if (await ContactAsync(goes, cancel) is { } theirs)
        {
            var ours = await ContactAsync(stays, cancel) ?? new();
            var both = goes.ContactAt > stays.ContactAt ? theirs.Over(ours) : ours.Over(theirs);
            stays.SealedContact = await vault.SealAsync(db, stays.Id, stays.Id, JsonSerializer.Serialize(both), cancel);
            if (stays.ContactAt is null || goes.ContactAt > stays.ContactAt)
                stays.ContactAt = goes.ContactAt;
        }

        stays.Identified |= goes.Identified;
        stays.Country ??= goes.Country;
        if (goes.LastSeenAt > stays.LastSeenAt)
            stays.LastSeenAt = goes.LastSeenAt;

        db.Add(new PersonAlias
        {
            Id = Guid.CreateVersion7(),
            PersonId = goes.Id,
            CanonicalId = stays.Id,
            By = by,
            OccurredAt = sighting.OccurredAt,
            RecordedAt = TimeProvider.System.GetUtcNow(),
        });
        return stays;
    }

    private async Task<Person> AddPersonAsync(RevOpsDb db, Sighting sighting, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        var person = new Person { Id = id, CanonicalId = id, CreatedAt = TimeProvider.System.GetUtcNow(), LastSeenAt = sighting.OccurredAt };
        await vault.KeyAsync(db, id, cancel);
        db.Add(person);
        return person;
    }

    private static async Task CountRefsAsync(
        RevOpsDb db, IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> seen, Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> known, CancellationToken cancel)
    {
        if (seen.FirstOrDefault(key => key.Kind == IdentityKeyKind.Ref) is not { Hash: not null } refKey)
            return;

        foreach (var key in known.Values.Where(key => key.Kind is IdentityKeyKind.Email or IdentityKeyKind.Phone or IdentityKeyKind.Visitor))
        {
            var refs = await db.Set<IdentityKeyRef>().Where(row => row.KeyId == key.Id).Select(row => row.RefHash).ToListAsync(cancel);
            if (refs.Exists(hash => hash.AsSpan().SequenceEqual(refKey.Hash.Bytes)))
                continue;
            db.Add(new IdentityKeyRef { Id = Guid.CreateVersion7(), KeyId = key.Id, RefHash = refKey.Hash.Bytes });
            key.Shared |= refs.Count + 1 > MostRefsPerKey;
        }
    }

    private async Task DescribeAsync(RevOpsDb db, Person person, Sighting sighting, CancellationToken cancel)
    {
        if (sighting.OccurredAt > person.LastSeenAt)
            person.LastSeenAt = sighting.OccurredAt;
        if (sighting.Contact is not { } contact)
            return;

        var newer = person.ContactAt is null || sighting.OccurredAt >= person.ContactAt;
        var known = await ContactAsync(person, cancel);
        var merged = known is null ? contact : newer ? contact.Over(known) : known.Over(contact);
        person.Identified |= contact.Ref is not null || contact.Email is not null || contact.Phone is not null;
        person.Country = merged.Country ?? person.Country;
        if (newer)
            person.ContactAt = sighting.OccurredAt;
        if (merged != known)
            person.SealedContact = await vault.SealAsync(db, person.Id, person.Id, JsonSerializer.Serialize(merged), cancel);
    }

    /// <summary>What is known of a person; null when nothing is, or when they were erased.</summary>
    public async Task<Contact?> ContactAsync(Person person, CancellationToken cancel) =>
        await vault.OpenAsync(person.Id, person.Id, person.SealedContact, cancel) is { } json ? JsonSerializer.Deserialize<Contact>(json) : null;
}

/// <summary>Who it was.</summary>
/// <param name="Reconsider">Two persons became one, or their country was learnt: what consent allows may be another answer now.</param>
public readonly record struct Resolution(Person Person, bool Reconsider);

/// <summary>A hash that compares by its bytes.</summary>
public sealed class KeyHash(byte[] bytes) : IEquatable<KeyHash>
{
    public byte[] Bytes { get; } = bytes;

    public bool Equals(KeyHash? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => Equals(obj as KeyHash);

    public override int GetHashCode() => BitConverter.ToInt32(Bytes, 0);
}
