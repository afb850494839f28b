using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.People;

/// <summary>Keys that several people seem to have, and what holds a person together.</summary>
public sealed class KeyQueries(IDbContextFactory<RevOpsDb> databases, Vault vault)
{
    private const int MostMembers = 200;
    private const int MostPeopleOfAKey = 5;

    /// <summary>How many questions wait for an answer.</summary>
    public async Task<int> CountOpenAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<IdentityKey>().CountAsync(key => key.Standing != KeyStanding.Joins && key.Decision == KeyDecision.None, cancel);
    }

    /// <param name="filter">Which questions, and which page of them.</param>
    /// <param name="clear">Values in clear for whoever may see them; else masked.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<KeyList> ListAsync(KeyFilter filter, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = db.Set<IdentityKey>().AsNoTracking().Where(key => filter.Decided ? key.Decision != KeyDecision.None : key.Standing != KeyStanding.Joins && key.Decision == KeyDecision.None);
        if (filter.Kind is { } kind)
            found = found.Where(key => key.Kind == kind);
        var total = await found.CountAsync(cancel);
        var sorted = filter.Decided ? found.OrderByDescending(key => key.DecidedAt).ThenBy(key => key.Id) : found.OrderBy(key => key.QuestionedAt).ThenBy(key => key.Id);
        var page = await sorted.Skip((filter.Page - 1) * filter.Size).Take(filter.Size).ToListAsync(cancel);

        var rows = new List<KeyRow>();
        foreach (var key in page)
            rows.Add(await RowAsync(db, key, clear, cancel));
        return new(rows, total);
    }

    /// <summary>The members of a person's group, each with its keys, and by what it was joined.</summary>
    public async Task<PersonKeys> OfPersonAsync(Guid personId, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var group = IdentityGraph.GroupOf(db, personId);
        var members = await db.Set<Person>().AsNoTracking().Where(person => group.Contains(person.Id)).OrderBy(person => person.Id).Take(MostMembers).ToListAsync(cancel);
        var ids = members.ConvertAll(member => member.Id);
        var seen = await db.Set<PersonKey>().AsNoTracking().Where(pair => ids.Contains(pair.PersonId)).ToListAsync(cancel);
        var keyIds = seen.Select(pair => pair.KeyId).Distinct().ToList();
        var keys = await db.Set<IdentityKey>().AsNoTracking().Where(key => keyIds.Contains(key.Id)).ToDictionaryAsync(key => key.Id, cancel);
        var links = await db.Set<SamePerson>().AsNoTracking().Where(link => ids.Contains(link.PersonId)).ToListAsync(cancel);
        var answers = await db.Set<ConsentRecord>().AsNoTracking().Where(record => ids.Contains(record.PersonId) && record.Measurement != null).ToListAsync(cancel);
        var own = new Dictionary<Guid, ContactFacts>();
        foreach (var member in members)
        {
            if (await vault.OpenAsync(member.Id, member.Id, member.SealedOwn, cancel) is { } json)
                own[member.Id] = ContactFacts.Parse(json);
        }

        var byMember = seen.ToLookup(pair => pair.PersonId, pair => (pair.KeyId, pair.FirstSeenAt));
        var partition = IdentityPartition.Of(
            members.ConvertAll(member => new ClusterMember(member.Id, [.. byMember[member.Id]], member is { OwnCountry: { } country, OwnCountryAt: { } at } ? (country, at) : null,
                [.. answers.Where(answer => answer.PersonId == member.Id).Select(answer => (answer.OccurredAt, answer.Measurement!.Value))])),
            [.. keys.Values.Select(key => new ClusterKey(key.Id, key.Kind, new(key.Hash), key.FirstSeenAt, key.IsShared, key.Decision == KeyDecision.OnePerson))],
            links.ConvertAll(link => (link.PersonId, link.OtherId)));
        var joints = new Joints(partition.Joints);
        var stands = members.Count == 0 ? personId : members[0].CanonicalId;
        return new(stands,
        [
            .. members.Select(member => new MemberView(member.Id, member.CreatedAt, member.OwnSeenAt,
                [.. byMember[member.Id].Where(pair => keys[pair.KeyId].Kind != IdentityKeyKind.Name).OrderBy(pair => keys[pair.KeyId].Kind).Select(pair => ViewOf(keys[pair.KeyId], pair.FirstSeenAt, own.GetValueOrDefault(member.Id), clear))],
                member.Id == stands ? null : joints.Weakest(member.Id, stands)?.Kind,
                member.Id != stands && joints.Way(member.Id, stands).Any(joint => joint.By is null))),
        ],
        [.. links.Select(link => new LinkView(link.PersonId, link.OtherId, link.LinkedBy, link.LinkedAt))]);
    }

    private async Task<KeyRow> RowAsync(RevOpsDb db, IdentityKey key, bool clear, CancellationToken cancel)
    {
        var people = from pair in db.Set<PersonKey>() join member in db.Set<Person>() on pair.PersonId equals member.Id where pair.KeyId == key.Id select member;
        var groups = await people.Select(member => member.CanonicalId).Distinct().OrderBy(id => id).Take(MostPeopleOfAKey).ToListAsync(cancel);
        var described = await people.Where(member => member.SealedOwn != null).OrderBy(member => member.Id).FirstOrDefaultAsync(cancel);
        var own = described is not null && await vault.OpenAsync(described.Id, described.Id, described.SealedOwn, cancel) is { } json ? ContactFacts.Parse(json) : null;
        return new(key.Id, key.Kind, key.Standing, key.Decision, ValueOf(key.Kind, own, clear), key.FirstSeenAt, key.QuestionedAt, key.DecidedBy, key.DecidedAt,
            await people.Select(member => member.CanonicalId).Distinct().CountAsync(cancel), groups);
    }

    private static KeyView ViewOf(IdentityKey key, DateTimeOffset at, ContactFacts? own, bool clear) => new(key.Id, key.Kind, ValueOf(key.Kind, own, clear), key.Standing, key.Decision, at);

    // Visitor ids and clicks are kept as hashes alone; nobody would know one by sight.
    private static string? ValueOf(IdentityKeyKind kind, ContactFacts? own, bool clear) => (kind, own?.Contact) switch
    {
        (IdentityKeyKind.Ref, { Ref: { } value }) => clear ? value : Masked(value),
        (IdentityKeyKind.Email, { Email: { } value }) => clear ? value : MaskedEmail(value),
        (IdentityKeyKind.Phone, { Phone: { } value }) => clear ? value : Masked(value),
        _ => null,
    };

    private static string Masked(string value) => value.Length > 4 ? $"…{value[^2..]}" : "…";

    private static string MaskedEmail(string value) => value.Split('@') is [{ Length: > 0 } name, var host] ? $"{name[0]}…@{host}" : "…";
}

/// <param name="Decided">What was decided instead of what waits.</param>
public sealed record KeyFilter(bool Decided = false, IdentityKeyKind? Kind = null, int Page = 1, int Size = 25);

public sealed record KeyList(IReadOnlyList<KeyRow> Rows, int Total);

/// <param name="Value">As it was sent, or masked; null for what is kept as a hash alone, or was erased.</param>
/// <param name="People">How many people have it.</param>
/// <param name="Some">A few of them.</param>
public sealed record KeyRow(
    Guid Id, IdentityKeyKind Kind, KeyStanding Standing, KeyDecision Decision, string? Value, DateTimeOffset FirstSeenAt, DateTimeOffset? QuestionedAt, string? DecidedBy, DateTimeOffset? DecidedAt, int People, IReadOnlyList<Guid> Some);

/// <param name="Stands">The member that stands for all.</param>
public sealed record PersonKeys(Guid Stands, IReadOnlyList<MemberView> Members, IReadOnlyList<LinkView> Links);

/// <param name="JoinedBy">The weakest key on the way to whoever stands for the group; null for that one.</param>
/// <param name="ByHand">Somebody joined it.</param>
public sealed record MemberView(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, IReadOnlyList<KeyView> Keys, IdentityKeyKind? JoinedBy, bool ByHand);

public sealed record KeyView(Guid Id, IdentityKeyKind Kind, string? Value, KeyStanding Standing, KeyDecision Decision, DateTimeOffset FirstSeenAt);

public sealed record LinkView(Guid PersonId, Guid OtherId, string? LinkedBy, DateTimeOffset LinkedAt);
