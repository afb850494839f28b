using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.People;

/// <summary>Reads everybody who can be reached from some members by their keys, and puts them into groups anew.</summary>
/// <param name="db">Where they are read.</param>
/// <param name="rows">What is at hand already, and what will be written.</param>
/// <param name="ring">Opens and seals what is known of them.</param>
/// <param name="at">When that happened which made it necessary.</param>
internal sealed class Regrouping(RevOpsDb db, IdentityRows rows, KeyRing ring, DateTimeOffset at)
{
    private const int Portion = 10_000;

    private readonly HashSet<Guid> reached = [];
    private readonly HashSet<Guid> walkedKeys = [];
    private List<(Guid One, Guid Other)> links = [];
    private ILookup<Guid, (DateTimeOffset At, bool Granted)> answers = null!;
    private Dictionary<Guid, Guid> stoodFor = [];

    /// <summary>What members said of themselves, where it is known in clear: what is new of them may be more than what the group is called by.</summary>
    public IReadOnlyDictionary<Guid, ContactFacts> Own { get; init; } = new Dictionary<Guid, ContactFacts>();

    public string? DecidedBy { get; init; }

    /// <summary>Which groups became one and by what, and who was parted from whom: rows that the caller stores.</summary>
    public IReadOnlyList<PersonAlias> News { get; private set; } = [];

    /// <returns>Members whose group changed, or what is known of it where consent is asked.</returns>
    public async Task<HashSet<Guid>> RunAsync(IEnumerable<Guid> members, CancellationToken cancel)
    {
        await WalkAsync(members, cancel);
        Count();
        await ReadAnswersAsync(cancel);
        var keys = reached.SelectMany(rows.KeysOf).Select(pair => pair.KeyId).Distinct().Select(rows.Key).ToList();
        var partition = IdentityPartition.Of([.. reached.Select(id => Seen(rows.Member(id)))], [.. keys.Select(Seen)], links);
        foreach (var key in keys.Where(key => key.Standing != KeyStanding.Shared))
            Question(key, partition.Contested.Contains(key.Id) ? KeyStanding.Contested : KeyStanding.Joins);
        stoodFor = reached.ToDictionary(id => id, id => rows.Member(id).CanonicalId);
        return await ApplyAsync(partition, cancel);
    }

    /// <summary>Everybody within reach, level by level; a key that is shared is no way.</summary>
    private async Task WalkAsync(IEnumerable<Guid> from, CancellationToken cancel)
    {
        var (next, linked) = (from.ToHashSet(), await db.Set<SamePerson>().AnyAsync(cancel));
        while (next.Count > 0)
        {
            await rows.LoadPeopleAsync(next, cancel);
            next.RemoveWhere(id => !rows.Has(id));
            await rows.LoadKeysOfAsync(next, cancel);
            reached.UnionWith(next);
            var ways = next.SelectMany(rows.KeysOf).Select(pair => rows.Key(pair.KeyId)).Where(key => key is { IsShared: false, Kind: not IdentityKeyKind.Name } && walkedKeys.Add(key.Id)).Select(key => key.Id).ToList();
            await rows.LoadWhoHasAsync(ways, cancel);

            // Whoever stands for somebody has to be there to be described.
            var found = ways.SelectMany(rows.WhoHas).Select(pair => pair.PersonId).Concat(next.Select(id => rows.Member(id).CanonicalId));
            next = [.. found.Concat(linked ? await LinkedAsync(next, cancel) : []).Where(id => !reached.Contains(id))];
        }

        links = [.. links.Distinct()];
    }

    private async Task<List<Guid>> LinkedAsync(HashSet<Guid> ids, CancellationToken cancel)
    {
        var others = new List<Guid>();
        foreach (var part in ids.Chunk(Portion))
        {
            var found = await db.Set<SamePerson>().AsNoTracking().Where(link => EF.Parameter(part).Contains(link.PersonId) || EF.Parameter(part).Contains(link.OtherId)).OrderBy(link => link.Id).ToListAsync(cancel);
            links.AddRange(found.Select(link => (link.PersonId, link.OtherId)));
            others.AddRange(found.SelectMany(link => new[] { link.PersonId, link.OtherId }));
        }

        return others;
    }

    /// <summary>Keys that turn out to be shared: seen with more than three keys of one stronger kind. Everybody they held together is here already.</summary>
    private void Count()
    {
        foreach (var key in walkedKeys.Select(rows.Key).Where(key => key is { Kind: > IdentityKeyKind.Ref, Standing: not KeyStanding.Shared } && IsShared(key)))
            Question(key, KeyStanding.Shared);
    }

    private bool IsShared(IdentityKey key)
    {
        // Of most keys there are fewer stronger ones in all.
        var stronger = new List<IdentityKey>();
        foreach (var holder in rows.WhoHas(key.Id))
        {
            foreach (var pair in rows.KeysOf(holder.PersonId))
            {
                if (rows.Key(pair.KeyId) is var other && other.Kind < key.Kind)
                    stronger.Add(other);
            }
        }

        return stronger.Count > IdentityPartition.MostPerKey && stronger.Distinct().GroupBy(other => other.Kind).Any(kind => kind.Count() > IdentityPartition.MostPerKey);
    }

    private void Question(IdentityKey key, KeyStanding standing)
    {
        if (key.Standing == standing)
            return;
        key.Standing = standing;
        key.QuestionedAt = standing == KeyStanding.Joins ? null : key.QuestionedAt ?? at;
        rows.Changed(key);
    }

    private async Task ReadAnswersAsync(CancellationToken cancel)
    {
        var found = new List<(Guid Person, DateTimeOffset At, bool Granted)>();
        foreach (var part in reached.Where(id => !rows.IsNew(rows.Member(id))).ToList().Chunk(Portion))
        {
            found.AddRange((await db.Set<ConsentRecord>().AsNoTracking().Where(record => EF.Parameter(part).Contains(record.PersonId) && record.Measurement != null)
                .Select(record => new { record.PersonId, record.OccurredAt, record.Measurement }).ToListAsync(cancel)).Select(row => (row.PersonId, row.OccurredAt, row.Measurement!.Value)));
        }

        answers = found.ToLookup(row => row.Person, row => (row.At, row.Granted));
    }

    private ClusterMember Seen(Person person) =>
        new(person.Id, [.. rows.KeysOf(person.Id).Select(pair => (pair.KeyId, pair.FirstSeenAt))], person is { OwnCountry: { } country, OwnCountryAt: { } said } ? (country, said) : null, [.. answers[person.Id]]);

    private static ClusterKey Seen(IdentityKey key) => new(key.Id, key.Kind, new(key.Hash), key.FirstSeenAt, key.IsShared, key.Decision == KeyDecision.OnePerson);

    private async Task<HashSet<Guid>> ApplyAsync(Partition partition, CancellationToken cancel)
    {
        var moved = new HashSet<Guid>();
        var groups = partition.GroupOf.GroupBy(row => row.Value, row => rows.Member(row.Key)).Select(group => (Stands: rows.Member(group.Key), Members: group.ToList())).ToList();
        var before = stoodFor.GroupBy(row => row.Value).ToDictionary(group => group.Key, group => group.Count());
        var described = groups.Where(group => IsNews(group.Stands, group.Members, before)).ToList();
        await ring.LoadAsync(db, described.SelectMany(group => group.Members).Select(member => member.Id), cancel);
        foreach (var (stands, members) in groups)
        {
            if (Settle(stands, members))
                moved.UnionWith(members.Select(member => member.Id));
        }

        foreach (var (stands, members) in described)
            Describe(stands, members, moved);

        // Whoever lost a member is another group as well.
        var lost = moved.Select(id => stoodFor[id]).ToHashSet();
        moved.UnionWith(reached.Where(id => lost.Contains(stoodFor[id])));
        News = NewsOf(partition, groups.ConvertAll(group => group.Stands.Id));
        return moved;
    }

    /// <summary>Others belong to the group than before, or one said something new of itself.</summary>
    private bool IsNews(Person stands, List<Person> members, Dictionary<Guid, int> before) =>
        before.GetValueOrDefault(stands.Id) != members.Count || members.Exists(member => member.CanonicalId != stands.Id || rows.IsNew(member) || Own.ContainsKey(member.Id));

    /// <summary>What is known of the whole group, in clear.</summary>
    /// <returns>It is known where they live or what they allow, and it was not, or was otherwise.</returns>
    private bool Settle(Person stands, List<Person> members)
    {
        var country = members.Where(member => member.OwnCountryAt is not null).OrderByDescending(member => member.OwnCountryAt).ThenBy(member => member.OwnCountry, StringComparer.Ordinal).FirstOrDefault()?.OwnCountry ?? Earlier(members);
        var identified = members.Exists(member => member.SealedOwn is not null && rows.KeysOf(member.Id).Any(seen => rows.Key(seen.KeyId).Kind < IdentityKeyKind.Visitor)) || members.Exists(IsOfBefore);
        var (measurement, seenAt) = (Measurement(members), members.Max(member => member.OwnSeenAt));
        if ((stands.Country, stands.Measurement, stands.Identified, stands.LastSeenAt) == (country, measurement, identified, seenAt))
            return false;
        var learnt = (stands.Country, stands.Measurement) != (country, measurement);
        (stands.Country, stands.Measurement, stands.Identified, stands.LastSeenAt) = (country, measurement, identified, seenAt);
        rows.Changed(stands);
        return learnt;
    }

    /// <summary>The newest answer of the members and of the browsers that one was seen with: it says of those at hand what <see cref="ConsentState.SpeakForAsync"/> asks of the database.</summary>
    private bool? Measurement(List<Person> members)
    {
        if (answers.Count == 0)
            return null;
        var browsers = members.SelectMany(member => rows.KeysOf(member.Id)).Where(seen => rows.Key(seen.KeyId).SpeaksForWhoHasIt).SelectMany(seen => rows.WhoHas(seen.KeyId));
        return members.Select(member => member.Id).Union(browsers.Select(pair => pair.PersonId)).SelectMany(id => answers[id])
            .OrderByDescending(answer => answer.At).ThenBy(answer => answer.Granted).Select(answer => (bool?)answer.Granted).FirstOrDefault();
    }

    /// <summary>Who stands for whom, and what the group is called: the newest word of each field.</summary>
    private void Describe(Person stands, List<Person> members, HashSet<Guid> moved)
    {
        var contact = members.Select(member => Own.TryGetValue(member.Id, out var own) ? own : OwnFacts(ring, member)).OfType<ContactFacts>().Aggregate(ContactFacts.None, (all, one) => all.With(one)).Contact;
        foreach (var member in members)
        {
            if (member.CanonicalId != stands.Id)
                moved.Add(member.Id);
            var kept = member == stands || IsOfBefore(member) ? member.SealedContact : null;
            if ((member.CanonicalId, member.SealedContact) == (stands.Id, kept))
                continue;
            (member.CanonicalId, member.SealedContact) = (stands.Id, kept);
            rows.Changed(member);
        }

        // Null where whoever gave it is somebody else now.
        var json = contact == new Contact() ? null : JsonSerializer.Serialize(contact);
        if (ring.Open(stands.Id, stands.Id, stands.SealedContact) == json)
            return;
        stands.SealedContact = json is null ? null : ring.Seal(stands.Id, stands.Id, json);
        rows.Changed(stands);
    }

    /// <summary>What a member's own sightings said; null where nothing was.</summary>
    internal static ContactFacts? OwnFacts(KeyRing ring, Person person) =>
        ring.Open(person.Id, person.Id, person.SealedOwn) is { } own ? ContactFacts.Parse(own)
        : IsOfBefore(person) && ring.Open(person.Id, person.Id, person.SealedContact) is { } json ? ContactFacts.Of(JsonSerializer.Deserialize<Contact>(json)!, person.CreatedAt)
        : null;

    // Rows of before there were signatures say of themselves what they said of their group.
    private static bool IsOfBefore(Person person) => person is { Signature: null, SealedOwn: null, SealedContact: not null };

    private static string? Earlier(List<Person> members) => members.Where(member => member.OwnCountryAt is null && member.Signature is null).OrderBy(member => member.Id).Select(member => member.Country).FirstOrDefault(country => country is not null);

    /// <summary>Rows that nobody knew before came together at once and are no news.</summary>
    private List<PersonAlias> NewsOf(Partition partition, List<Guid> groups)
    {
        var aliases = new List<PersonAlias>();
        var before = stoodFor.Where(row => !rows.IsNew(rows.Member(row.Key))).ToLookup(row => partition.GroupOf[row.Key], row => row.Value);
        var joints = new Joints(partition.Joints);
        foreach (var group in groups)
        {
            var cameFrom = before[group].ToHashSet();
            foreach (var came in cameFrom.Where(came => came != stoodFor[group] && partition.GroupOf.TryGetValue(came, out var now) && now == group))
                aliases.Add(Alias(came, group, joints.Weakest(came, group), parted: false));
            if (cameFrom.Contains(stoodFor[group]) && stoodFor[group] != group && partition.GroupOf.TryGetValue(stoodFor[group], out var elsewhere) && elsewhere != group)
                aliases.Add(Alias(group, elsewhere, null, parted: true));
        }

        return aliases;
    }

    private PersonAlias Alias(Guid person, Guid canonical, ClusterKey? by, bool parted) => new()
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
    };
}
