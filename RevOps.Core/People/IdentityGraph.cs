using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.People;

/// <summary>
/// Who somebody is: stores what was seen, and has <see cref="IdentityPartition"/> say who is one person. Facts keep the member that they
/// were first given to; only which member stands for which changes.
/// </summary>
public sealed class IdentityGraph(Vault vault)
{
    /// <summary>The person of this sighting; stored in the caller's transaction.</summary>
    public async Task<Resolution> ResolveAsync(RevOpsDb db, Sighting sighting, CancellationToken cancel)
    {
        var (people, moved) = await DecideAsync(db, [new(sighting, this)], cancel);
        return new(people[0].Fact, moved);
    }

    /// <summary>The same for many at once: one person for each, in order, and everybody who is in another group now.</summary>
    public async Task<(IReadOnlyList<Seen> People, IReadOnlyCollection<Guid> Moved)> ResolveAllAsync(RevOpsDb db, IReadOnlyList<SeenKeys> seen, CancellationToken cancel)
    {
        var people = new Seen[seen.Count];
        var known = seen.Any(one => one.IsPlain) ? await KnownVisitors.LoadAsync(db, seen, null, cancel) : null;
        var others = Place(seen, known, people);
        await (known?.StoreAsync(cancel) ?? Task.CompletedTask);
        if (others.Count == 0)
            return (people, []);
        var (decided, moved) = await DecideAsync(db, others.ConvertAll(index => seen[index]), cancel);
        Fill(people, others, decided);
        return (people, moved);
    }

    /// <summary>
    /// The same for very many, on two connections: while it is decided who those are that say who they are, the others are placed, and the caller writes
    /// what follows from that.
    /// </summary>
    /// <param name="db">In whose transaction.</param>
    /// <param name="aside">Sees what was committed before that transaction began, and waits for nobody.</param>
    /// <param name="seen">The sightings.</param>
    /// <param name="familiars">Whom the caller has met in earlier portions of the same work; when they were last seen is written by the caller.</param>
    /// <param name="meanwhile">Whoever is placed already, in order; null: still to be decided.</param>
    /// <param name="cancel">Ends the work.</param>
    internal async Task<(IReadOnlyList<Seen> People, IReadOnlyCollection<Guid> Moved)> ResolveAllAsync(
        RevOpsDb db, RevOpsDb aside, IReadOnlyList<SeenKeys> seen, Familiars familiars, Func<IReadOnlyList<Guid?>, Task> meanwhile, CancellationToken cancel)
    {
        var (people, decision) = (new Seen[seen.Count], new Decision(aside, vault));
        var work = Task.Run(() => decision.LoadAsync([.. seen.Where(one => !one.IsPlain)], cancel));
        try
        {
            var known = await KnownVisitors.LoadAsync(db, seen, familiars, cancel);
            var others = Place(seen, known, people);
            var some = others.ConvertAll(index => seen[index]);
            var (read, left) = (work, some.FindAll(one => one.IsPlain));

            // Begun whatever is cancelled meanwhile: it ends no earlier than the reading.
            var deciding = Task.Run(async () =>
            {
                await read;
                await decision.LoadAsync(left, cancel);
                decision.Learn(known);
                return await decision.DecideAsync(some, cancel);
            });
            work = deciding;
            await known.StoreAsync(cancel);
            await meanwhile([.. people.Select(person => person == default ? (Guid?)null : person.Fact)]);
            Fill(people, others, await deciding);
            await decision.StoreAsync(db, cancel);
            return (people, decision.Moved);
        }
        finally
        {
            // It reads on the caller's other connection: that must not go away under it.
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(IReadOnlyList<(Person Fact, Person Named)> People, IReadOnlyCollection<Guid> Moved)> DecideAsync(RevOpsDb db, IReadOnlyList<SeenKeys> seen, CancellationToken cancel)
    {
        var decision = new Decision(db, vault);
        await decision.LoadAsync(seen, cancel);
        var people = await decision.DecideAsync(seen, cancel);
        await decision.StoreAsync(db, cancel);
        return (people, decision.Moved);
    }

    /// <summary>Those of whom it has to be decided who they are.</summary>
    private static List<int> Place(IReadOnlyList<SeenKeys> seen, KnownVisitors? known, Seen[] people)
    {
        var others = new List<int>();
        for (var index = 0; index < seen.Count; index++)
        {
            if (known?.TryJoin(seen[index]) is { } visitor)
                people[index] = new(visitor, visitor);
            else
                others.Add(index);
        }

        return others;
    }

    private static void Fill(Seen[] people, List<int> others, IReadOnlyList<(Person Fact, Person Named)> decided)
    {
        foreach (var (index, person) in others.Zip(decided))
            people[index] = new(person.Fact.Id, person.Named.Id);
    }

    /// <summary>Works out anew who is one person, around these members, after something was decided or allowed.</summary>
    /// <param name="db">In whose transaction.</param>
    /// <param name="members">Where to start.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="decidedBy">Who decided; null where an event did.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>Members whose group changed, or what is known of it where consent is asked.</returns>
    public async Task<HashSet<Guid>> RegroupAsync(RevOpsDb db, IReadOnlyCollection<Guid> members, DateTimeOffset at, string? decidedBy, CancellationToken cancel)
    {
        var rows = new IdentityRows(db);
        var regrouping = new Regrouping(db, rows, new(vault), at) { DecidedBy = decidedBy };
        var moved = await regrouping.RunAsync(members, cancel);
        await db.InsertAsync(regrouping.News, cancel);
        await rows.StoreAsync(db, cancel);
        return moved;
    }

    /// <summary>The keys of a sighting as kind and hash, strongest first, and the name, which is none.</summary>
    public IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> KeysOf(Sighting sighting)
    {
        var keys = new List<(IdentityKeyKind, KeyHash)>();
        void Add(IdentityKeyKind kind, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                keys.Add((kind, HashOf(kind, value)));
        }

        Add(IdentityKeyKind.Ref, sighting.Contact?.Ref?.Trim());
        Add(IdentityKeyKind.Email, Contact.NormaliseEmail(sighting.Contact?.Email));
        Add(IdentityKeyKind.Phone, Contact.NormalisePhone(sighting.Contact?.Phone, sighting.Contact?.Country ?? sighting.DefaultCountry));
        Add(IdentityKeyKind.Visitor, sighting.VisitorId);
        keys.AddRange(ClicksOf(sighting).Select(click => (IdentityKeyKind.Click, click)));
        Add(IdentityKeyKind.Name, Contact.NormaliseName(sighting.Contact?.FirstName));
        return keys;
    }

    /// <summary>Of them, the clicks.</summary>
    public IReadOnlyList<KeyHash> ClicksOf(Sighting sighting) => sighting.ClickIds is not { } clicks ? [] : [.. clicks.All().Select(click => HashOf(IdentityKeyKind.Click, $"{click.Name}:{click.Value}"))];

    /// <summary>What names the row of a set of keys.</summary>
    public static byte[] SignatureOf(IEnumerable<(IdentityKeyKind Kind, KeyHash Hash)> keys)
    {
        var bytes = new List<byte>(64);
        foreach (var (kind, key) in keys.OrderBy(key => key.Kind))
        {
            bytes.Add((byte)kind);
            bytes.AddRange(key.Bytes);
        }

        return SHA256.HashData(CollectionsMarshal.AsSpan(bytes));
    }

    /// <summary>Ids of all rows that stand for the same person as this one.</summary>
    public static IQueryable<Guid> GroupOf(RevOpsDb db, Guid personId) =>
        from person in db.Set<Person>()
        join self in db.Set<Person>() on person.CanonicalId equals self.CanonicalId
        where self.Id == personId
        select person.Id;

    /// <summary>What is known of a person, by the member that stands for the group; null when nothing is, or when they were erased.</summary>
    public async Task<Contact?> ContactAsync(Person person, CancellationToken cancel) =>
        await vault.OpenAsync(person.Id, person.Id, person.SealedContact, cancel) is { } json ? JsonSerializer.Deserialize<Contact>(json) : null;

    private KeyHash HashOf(IdentityKeyKind kind, string value) => new(vault.LookupHash(kind.ToString(), value));
}

/// <summary>Whom a sighting showed.</summary>
/// <param name="Fact">The member that the fact lies under.</param>
/// <param name="Named">The member that was seen with all its keys; a touch lies under its visitor's instead.</param>
public readonly record struct Seen(Guid Fact, Guid Named);
