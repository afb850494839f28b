using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.People;

/// <summary>Reads everybody who can be reached from some members by their keys, and puts them into groups anew.</summary>
/// <param name="vault">Opens and seals what is known of them.</param>
/// <param name="db">Holds what changes, for the caller to save.</param>
/// <param name="at">When that happened which made it necessary.</param>
internal sealed class Regrouping(Vault vault, RevOpsDb db, DateTimeOffset at)
{
    private const int Portion = 10_000;

    private readonly Dictionary<Guid, Person> people = [];
    private readonly Dictionary<Guid, IdentityKey> keys = [];
    private readonly Dictionary<(Guid Person, Guid Key), PersonKey> pairs = [];
    private readonly HashSet<Guid> walkedKeys = [];
    private ILookup<Guid, (DateTimeOffset At, bool Granted)> answers = null!;
    private ILookup<Guid, (Guid KeyId, DateTimeOffset At)> seenOf = null!;
    private Dictionary<Guid, Guid> stoodFor = [];

    /// <summary>Rows of the sightings that are being taken in, not stored yet.</summary>
    public Arrivals? Arrivals { get; init; }

    public string? DecidedBy { get; init; }

    /// <returns>Members whose group or country changed.</returns>
    public async Task<HashSet<Guid>> RunAsync(IEnumerable<Guid> members, CancellationToken cancel)
    {
        await WalkAsync(members, cancel);
        Count();
        var links = await LinksAsync(cancel);
        await ReadAnswersAsync(cancel);
        var partition = IdentityPartition.Of([.. people.Values.Select(Seen)], [.. keys.Values.Select(Seen)], links);
        Question(partition);
        stoodFor = people.Values.ToDictionary(person => person.Id, person => person.CanonicalId);
        return await ApplyAsync(partition, cancel);
    }

    /// <summary>Everybody within reach, level by level; a key that is shared is no way.</summary>
    private async Task WalkAsync(IEnumerable<Guid> from, CancellationToken cancel)
    {
        var next = from.Where(id => !people.ContainsKey(id)).ToHashSet();
        while (next.Count > 0)
        {
            foreach (var fresh in Arrivals?.NewPeople.Where(person => next.Contains(person.Id)) ?? [])
                people[fresh.Id] = fresh;
            foreach (var part in next.Where(id => !people.ContainsKey(id)).Chunk(Portion))
            {
                foreach (var person in await db.Set<Person>().Where(person => EF.Parameter(part).Contains(person.Id)).ToListAsync(cancel))
                    people[person.Id] = person;
            }

            // Whoever stands for somebody has to be there to be described.
            var stand = people.Values.Select(person => person.CanonicalId).Where(id => !people.ContainsKey(id)).ToHashSet();
            var linked = await LinkedAsync(next, cancel);
            await PairsOfAsync(next, cancel);
            await KeysAsync(cancel);
            var ways = pairs.Keys.Select(pair => pair.Key).Where(key => keys[key] is { IsShared: false, Kind: not IdentityKeyKind.Name } && walkedKeys.Add(key)).ToHashSet();
            await PairsWithAsync(ways, cancel);
            await KeysAsync(cancel);
            next = [.. pairs.Keys.Where(pair => ways.Contains(pair.Key)).Select(pair => pair.Person).Concat(stand).Concat(linked).Where(id => !people.ContainsKey(id))];
        }
    }

    private async Task PairsOfAsync(HashSet<Guid> members, CancellationToken cancel)
    {
        foreach (var fresh in Arrivals?.NewPairs.Where(pair => members.Contains(pair.PersonId)) ?? [])
            pairs[(fresh.PersonId, fresh.KeyId)] = fresh;
        foreach (var part in members.Chunk(Portion))
        {
            foreach (var pair in await db.Set<PersonKey>().AsNoTracking().Where(pair => EF.Parameter(part).Contains(pair.PersonId)).ToListAsync(cancel))
                pairs.TryAdd((pair.PersonId, pair.KeyId), Arrivals?.Known(pair) ?? pair);
        }
    }

    private async Task PairsWithAsync(HashSet<Guid> ways, CancellationToken cancel)
    {
        foreach (var fresh in Arrivals?.NewPairs.Where(pair => ways.Contains(pair.KeyId)) ?? [])
            pairs[(fresh.PersonId, fresh.KeyId)] = fresh;
        foreach (var part in ways.Chunk(Portion))
        {
            foreach (var pair in await db.Set<PersonKey>().AsNoTracking().Where(pair => EF.Parameter(part).Contains(pair.KeyId)).ToListAsync(cancel))
                pairs.TryAdd((pair.PersonId, pair.KeyId), Arrivals?.Known(pair) ?? pair);
        }
    }

    private async Task KeysAsync(CancellationToken cancel)
    {
        var unknown = pairs.Keys.Select(pair => pair.Key).Where(id => !keys.ContainsKey(id)).ToHashSet();
        foreach (var fresh in Arrivals?.NewKeys.Where(key => unknown.Contains(key.Id)) ?? [])
            keys[fresh.Id] = fresh;
        foreach (var part in unknown.Where(id => !keys.ContainsKey(id)).Chunk(Portion))
        {
            foreach (var key in await db.Set<IdentityKey>().Where(key => EF.Parameter(part).Contains(key.Id)).ToListAsync(cancel))
                keys[key.Id] = key;
        }
    }

    private async Task<List<Guid>> LinkedAsync(HashSet<Guid> ids, CancellationToken cancel)
    {
        var linked = new List<Guid>();
        foreach (var part in ids.Chunk(Portion))
        {
            var rows = await db.Set<SamePerson>().AsNoTracking().Where(link => EF.Parameter(part).Contains(link.PersonId) || EF.Parameter(part).Contains(link.OtherId)).ToListAsync(cancel);
            linked.AddRange(rows.SelectMany(link => new[] { link.PersonId, link.OtherId }));
        }

        return linked;
    }

    private async Task<List<(Guid One, Guid Other)>> LinksAsync(CancellationToken cancel)
    {
        var links = new List<(Guid, Guid)>();
        foreach (var part in people.Keys.Chunk(Portion))
        {
            var rows = await db.Set<SamePerson>().AsNoTracking().Where(link => EF.Parameter(part).Contains(link.PersonId)).ToListAsync(cancel);
            links.AddRange(rows.OrderBy(link => link.Id).Select(link => (link.PersonId, link.OtherId)));
        }

        return links;
    }

    /// <summary>Keys that turn out to be shared: seen with more than three keys of one stronger kind. Everybody they held together is here already.</summary>
    private void Count()
    {
        var byPerson = pairs.Keys.ToLookup(pair => pair.Person, pair => pair.Key);
        foreach (var group in pairs.Keys.Where(pair => walkedKeys.Contains(pair.Key)).GroupBy(pair => keys[pair.Key]))
        {
            if (group.Key is { Kind: > IdentityKeyKind.Ref, Standing: not KeyStanding.Shared } && IsShared(group.Key, group.SelectMany(pair => byPerson[pair.Person])))
                Question(group.Key, KeyStanding.Shared);
        }
    }

    private bool IsShared(IdentityKey key, IEnumerable<Guid> seenWith) =>
        seenWith.Distinct().Where(other => keys.TryGetValue(other, out var known) && known.Kind < key.Kind).GroupBy(other => keys[other].Kind).Any(kind => kind.Count() > IdentityPartition.MostPerKey);

    private void Question(Partition partition)
    {
        foreach (var key in keys.Values.Where(key => key.Standing != KeyStanding.Shared))
            Question(key, partition.Contested.Contains(key.Id) ? KeyStanding.Contested : KeyStanding.Joins);
    }

    private void Question(IdentityKey key, KeyStanding standing)
    {
        if (key.Standing == standing)
            return;
        key.Standing = standing;
        key.QuestionedAt = standing == KeyStanding.Joins ? null : key.QuestionedAt ?? at;
    }

    private async Task ReadAnswersAsync(CancellationToken cancel)
    {
        var rows = new List<(Guid Person, DateTimeOffset At, bool Granted)>();
        foreach (var part in people.Keys.Chunk(Portion))
        {
            rows.AddRange((await db.Set<ConsentRecord>().AsNoTracking().Where(record => EF.Parameter(part).Contains(record.PersonId) && record.Measurement != null)
                .Select(record => new { record.PersonId, record.OccurredAt, record.Measurement }).ToListAsync(cancel)).Select(row => (row.PersonId, row.OccurredAt, row.Measurement!.Value)));
        }

        answers = rows.ToLookup(row => row.Person, row => (row.At, row.Granted));
        seenOf = pairs.Values.ToLookup(pair => pair.PersonId, pair => (pair.KeyId, pair.FirstSeenAt));
    }

    private ClusterMember Seen(Person person) =>
        new(person.Id, [.. seenOf[person.Id]], person is { OwnCountry: { } country, OwnCountryAt: { } said } ? (country, said) : null, [.. answers[person.Id]]);

    private static ClusterKey Seen(IdentityKey key) => new(key.Id, key.Kind, new(key.Hash), key.FirstSeenAt, key.IsShared, key.Decision == KeyDecision.OnePerson);

    private async Task<HashSet<Guid>> ApplyAsync(Partition partition, CancellationToken cancel)
    {
        var moved = new HashSet<Guid>();
        var groups = partition.GroupOf.GroupBy(row => row.Value, row => people[row.Key]).ToList();
        await vault.LoadAsync(db, people.Values.Where(person => person.SealedOwn is not null).Select(person => person.Id).Union(groups.Select(group => group.Key)), cancel);
        foreach (var group in groups)
        {
            var (stands, members) = (people[group.Key], group.ToList());
            var country = members.Where(member => member.OwnCountryAt is not null).OrderByDescending(member => member.OwnCountryAt).ThenBy(member => member.OwnCountry, StringComparer.Ordinal).FirstOrDefault()?.OwnCountry ?? Earlier(members);
            var learnt = stands.Country != country;
            foreach (var member in members.Where(member => learnt || member.CanonicalId != stands.Id))
                moved.Add(member.Id);
            members.ForEach(member => member.CanonicalId = stands.Id);
            foreach (var member in members.Where(member => member != stands && !IsOfBefore(member)))
                member.SealedContact = null;
            stands.Country = country;
            stands.Identified = members.Exists(member => member.SealedOwn is not null && seenOf[member.Id].Any(seen => keys[seen.KeyId].Kind < IdentityKeyKind.Visitor)) || members.Exists(IsOfBefore);
            stands.LastSeenAt = members.Max(member => member.OwnSeenAt);
            await DescribeAsync(stands, members, cancel);
        }

        // Whoever lost a member is another group as well.
        var lost = moved.Select(id => stoodFor[id]).ToHashSet();
        moved.UnionWith(people.Keys.Where(id => lost.Contains(stoodFor[id])));
        Record(partition, groups.ConvertAll(group => group.Key));
        return moved;
    }

    /// <summary>What the group is called: the newest word of each field.</summary>
    private async Task DescribeAsync(Person stands, List<Person> members, CancellationToken cancel)
    {
        var own = members.Select(member => vault.OpenKnown(member.Id, member.Id, member.SealedOwn)).OfType<string>().Select(ContactFacts.Parse).ToList();
        own.AddRange(await EarlierFactsAsync(members, cancel));
        var contact = own.Aggregate(ContactFacts.None, (all, one) => all.With(one)).Contact;
        if (contact == new Contact())
        {
            // Whoever gave it is somebody else now.
            stands.SealedContact = null;
            return;
        }

        var json = JsonSerializer.Serialize(contact);
        await vault.LoadAsync(db, [stands.Id], cancel);
        if (vault.OpenKnown(stands.Id, stands.Id, stands.SealedContact) != json)
            stands.SealedContact = await vault.SealAsync(db, stands.Id, stands.Id, json, cancel);
    }

    // Rows of before there were signatures say of themselves what they said of their group.
    internal static bool IsOfBefore(Person person) => person is { Signature: null, SealedOwn: null, SealedContact: not null };

    private static string? Earlier(List<Person> members) => members.Where(member => member.OwnCountryAt is null && member.Signature is null).OrderBy(member => member.Id).Select(member => member.Country).FirstOrDefault(country => country is not null);

    private async Task<List<ContactFacts>> EarlierFactsAsync(List<Person> members, CancellationToken cancel)
    {
        var facts = new List<ContactFacts>();
        foreach (var member in members.Where(IsOfBefore))
        {
            await vault.LoadAsync(db, [member.Id], cancel);
            if (EarlierFactsOf(vault, member) is { } own)
                facts.Add(own);
        }

        return facts;
    }

    internal static ContactFacts? EarlierFactsOf(Vault vault, Person member) =>
        vault.OpenKnown(member.Id, member.Id, member.SealedContact) is { } json ? ContactFacts.Of(JsonSerializer.Deserialize<Contact>(json)!, member.CreatedAt) : null;

    /// <summary>Which groups became one and by what, and who was parted from whom. Rows that nobody knew before came together at once and are no news.</summary>
    private void Record(Partition partition, List<Guid> groups)
    {
        var fresh = Arrivals?.NewPeople.Select(person => person.Id).ToHashSet() ?? [];
        var before = stoodFor.Where(row => !fresh.Contains(row.Key)).ToLookup(row => partition.GroupOf[row.Key], row => row.Value);
        foreach (var group in groups)
        {
            var cameFrom = before[group].ToHashSet();
            foreach (var came in cameFrom.Where(came => came != stoodFor[group] && partition.GroupOf.TryGetValue(came, out var now) && now == group))
                Add(came, group, Joints.Weakest(partition.Joints, came, group), parted: false);
            if (cameFrom.Contains(stoodFor[group]) && stoodFor[group] != group && partition.GroupOf.TryGetValue(stoodFor[group], out var elsewhere) && elsewhere != group)
                Add(group, elsewhere, null, parted: true);
        }
    }

    private void Add(Guid person, Guid canonical, ClusterKey? by, bool parted) => db.Add(new PersonAlias
    {
        Id = Guid.CreateVersion7(),
        PersonId = person,
        CanonicalId = canonical,
        Parted = parted,
        By = by?.Kind,
        KeyId = by?.Id,
        DecidedBy = DecidedBy,
        OccurredAt = at,
        RecordedAt = TimeProvider.System.GetUtcNow(),
    });
}

/// <summary>What holds a group together.</summary>
public static class Joints
{
    /// <summary>The weakest key on the way from one member to another: a joint holds no better than that. Null where a person joined them.</summary>
    public static ClusterKey? Weakest(IReadOnlyList<Joint> joints, Guid from, Guid to) =>
        Way(joints, from, to) is { Count: > 0 } way && way.All(joint => joint.By is not null) ? way.Select(joint => joint.By!).MaxBy(key => key.Kind) : null;

    /// <summary>The joints from one member to another; empty where there is no way, or none is needed.</summary>
    public static IReadOnlyList<Joint> Way(IReadOnlyList<Joint> joints, Guid from, Guid to)
    {
        var next = joints.SelectMany(joint => new[] { (From: joint.One, To: joint.Other, joint), (From: joint.Other, To: joint.One, joint) }).ToLookup(step => step.From);
        var cameBy = new Dictionary<Guid, (Guid From, Joint Joint)>();
        var waiting = new Queue<Guid>([from]);
        while (waiting.TryDequeue(out var here) && here != to)
        {
            foreach (var (_, there, joint) in next[here].Where(step => step.To != from && !cameBy.ContainsKey(step.To)))
            {
                cameBy[there] = (here, joint);
                waiting.Enqueue(there);
            }
        }

        var way = new List<Joint>();
        for (var here = to; here != from && cameBy.TryGetValue(here, out var step); here = step.From)
            way.Add(step.Joint);
        return way;
    }
}
