using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>Who belongs to whom and what they allow, for many people in a few queries: the same as <see cref="ConsentState.OfAsync"/> says of each.</summary>
public sealed class ConsentOfMany
{
    private readonly Dictionary<Guid, (Guid Canonical, string? Country, byte[]? SealedContact)> people = [];
    private readonly Dictionary<Guid, List<Guid>> members = [];
    private readonly Dictionary<Guid, ConsentState> states = [];

    private ConsentOfMany() { }

    /// <summary>Everybody's group.</summary>
    public IEnumerable<Guid> Members => members.Values.SelectMany(group => group);

    public static async Task<ConsentOfMany> LoadAsync(RevOpsDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var found = new ConsentOfMany();
        var asked = ids.ToArray();
        var rows = await (from self in db.Set<Person>()
                          join canonical in db.Set<Person>() on self.CanonicalId equals canonical.Id
                          where EF.Parameter(asked).Contains(self.Id)
                          select new { self.Id, Canonical = canonical.Id, canonical.Country, canonical.SealedContact }).ToListAsync(cancel);
        foreach (var row in rows)
            found.people[row.Id] = (row.Canonical, row.Country, row.SealedContact);

        var canonicals = rows.Select(row => row.Canonical).Distinct().ToArray();
        foreach (var row in await db.Set<Person>().Where(person => EF.Parameter(canonicals).Contains(person.CanonicalId)).Select(person => new { person.Id, person.CanonicalId }).ToListAsync(cancel))
            (found.members.TryGetValue(row.CanonicalId, out var group) ? group : found.members[row.CanonicalId] = []).Add(row.Id);
        await found.AskAsync(db, cancel);
        return found;
    }

    /// <summary>The member that stands for somebody's group.</summary>
    public Guid CanonicalOf(Guid person) => people[person].Canonical;

    /// <summary>Ids of all rows that are one person with this one.</summary>
    public IReadOnlyList<Guid> GroupOf(Guid person) => members[people[person].Canonical];

    /// <summary>What is known of them, sealed under the key of the member that stands for the group.</summary>
    public byte[]? SealedContactOf(Guid person) => people[person].SealedContact;

    public ConsentState Of(Guid person) => states[people[person].Canonical];

    /// <summary>A browser that refused is parted from the person by that very answer, and speaks for them all the same.</summary>
    private async Task AskAsync(RevOpsDb db, CancellationToken cancel)
    {
        var all = Members.ToArray();
        var others = await BrowsersAsync(db, all, cancel);
        var speakers = all.Union(others.SelectMany(browser => browser)).ToArray();
        var answers = (await db.Set<ConsentRecord>().AsNoTracking().Where(record => EF.Parameter(speakers).Contains(record.PersonId))
            .Select(record => new { record.PersonId, record.OccurredAt, record.Measurement, record.Ads, record.Personalization }).ToListAsync(cancel)).ToLookup(record => record.PersonId);
        var policy = (await ConsentRule.CurrentAsync(db, cancel)).Policy;
        foreach (var (canonical, country, _) in people.Values.DistinctBy(person => person.Canonical))
        {
            var group = members[canonical];
            var said = group.Union(group.SelectMany(member => others[member])).SelectMany(speaker => answers[speaker])
                .Select(record => new ConsentAnswers(record.OccurredAt, record.Measurement, record.Ads, record.Personalization)).ToList();
            states[canonical] = ConsentState.Of(said, country) with { Policy = policy };
        }
    }

    /// <summary>Whom each member's browsers were seen with. Three readings by one key each: of a join the database reads every browser that there is.</summary>
    private static async Task<ILookup<Guid, Guid>> BrowsersAsync(RevOpsDb db, Guid[] all, CancellationToken cancel)
    {
        var own = await db.Set<PersonKey>().Where(pair => EF.Parameter(all).Contains(pair.PersonId)).Select(pair => new { pair.PersonId, pair.KeyId }).ToListAsync(cancel);
        var ids = own.Select(pair => pair.KeyId).Distinct().ToArray();
        var keys = (await db.Set<IdentityKey>().AsNoTracking().Where(key => EF.Parameter(ids).Contains(key.Id)).Select(key => new { key.Id, key.Kind, key.Standing, key.Decision }).ToListAsync(cancel))
            .Where(key => IdentityKey.Speaks(key.Kind, key.Standing, key.Decision)).Select(key => key.Id).ToArray();
        var seen = (await db.Set<PersonKey>().Where(pair => EF.Parameter(keys).Contains(pair.KeyId)).Select(pair => new { pair.PersonId, pair.KeyId }).ToListAsync(cancel)).ToLookup(pair => pair.KeyId, pair => pair.PersonId);
        return own.SelectMany(pair => seen[pair.KeyId].Select(other => (pair.PersonId, Other: other))).Where(pair => pair.Other != pair.PersonId).ToLookup(pair => pair.PersonId, pair => pair.Other);
    }
}

/// <summary>What somebody answered at one time; null: not asked.</summary>
public readonly record struct ConsentAnswers(DateTimeOffset OccurredAt, bool? Measurement, bool? Ads, bool? Personalization);
