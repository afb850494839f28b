using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>Of people's rows what is asked when they are seen again, no more: the rows are long. Those who stand for them are read with them.</summary>
internal sealed class SeenRows(RevOpsDb db)
{
    private readonly Dictionary<Guid, Person> people = [];
    private readonly HashSet<Person> seenLater = [];

    public Person? Find(Guid id) => people.GetValueOrDefault(id);

    public async Task LoadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var unknown = ids.Where(id => !people.ContainsKey(id)).ToList();
        if (unknown.Count == 0)
            return;
        foreach (var person in await db.Set<Person>().AsNoTracking().Where(person => EF.Parameter(unknown).Contains(person.Id))
            .Select(person => new Person { Id = person.Id, CanonicalId = person.CanonicalId, CreatedAt = person.CreatedAt, OwnSeenAt = person.OwnSeenAt, LastSeenAt = person.LastSeenAt, Version = person.Version }).ToListAsync(cancel))
            people.Add(person.Id, person);
        await LoadAsync([.. unknown.Where(people.ContainsKey).Select(id => people[id].CanonicalId).Distinct()], cancel);
    }

    public void SawLast(Person person, DateTimeOffset at)
    {
        if (at > person.OwnSeenAt)
        {
            person.OwnSeenAt = at;
            seenLater.Add(person);
        }

        if (people.TryGetValue(person.CanonicalId, out var stands) && at > stands.LastSeenAt)
        {
            stands.LastSeenAt = at;
            seenLater.Add(stands);
        }
    }

    public Task StoreAsync(CancellationToken cancel) =>
        db.UpdateAsync([.. seenLater.OrderBy(person => person.Id)], [nameof(Person.OwnSeenAt), nameof(Person.LastSeenAt)], cancel);
}
