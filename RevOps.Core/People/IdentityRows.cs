using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>Rows of people and keys in one piece of work: each is read once, untracked, and written once at the end, in the caller's transaction.</summary>
/// <param name="db">Where they are read.</param>
internal sealed class IdentityRows(RevOpsDb db)
{
    private const int Portion = 10_000;

    private static readonly string[] PersonColumns =
    [
        nameof(Person.CanonicalId), nameof(Person.SealedOwn), nameof(Person.OwnCountry), nameof(Person.OwnCountryAt), nameof(Person.OwnSeenAt), nameof(Person.SealedContact), nameof(Person.Country),
        nameof(Person.Measurement), nameof(Person.Identified), nameof(Person.LastSeenAt),
    ];

    private readonly Dictionary<(IdentityKeyKind, KeyHash), IdentityKey> byHash = [];
    private readonly Dictionary<Guid, IdentityKey> keys = [];
    private readonly Dictionary<Guid, Person> people = [];
    private readonly Dictionary<KeyHash, Person> bySignature = [];
    private readonly Dictionary<(Guid Person, Guid Key), PersonKey> pairs = [];
    private readonly Dictionary<Guid, List<PersonKey>> keysOf = [];
    private readonly Dictionary<Guid, List<PersonKey>> whoHas = [];

    // Of whom all keys are here, and of which keys everybody who has them.
    private readonly HashSet<Guid> wholePeople = [];
    private readonly HashSet<Guid> wholeKeys = [];

    private readonly Dictionary<Guid, Person> newPeople = [];
    private readonly Dictionary<Guid, IdentityKey> newKeys = [];
    private readonly HashSet<PersonKey> newPairs = [];
    private readonly HashSet<Person> changedPeople = [];
    private readonly HashSet<IdentityKey> changedKeys = [];
    private readonly HashSet<PersonKey> changedPairs = [];

    public Person Member(Guid id) => people[id];

    public Person? Find(KeyHash signature) => bySignature.GetValueOrDefault(signature);

    public IdentityKey Key(Guid id) => keys[id];

    public IdentityKey? Find((IdentityKeyKind, KeyHash) key) => byHash.GetValueOrDefault(key);

    public PersonKey? Pair(Guid person, Guid key) => pairs.GetValueOrDefault((person, key));

    public IReadOnlyList<PersonKey> KeysOf(Guid person) => keysOf.TryGetValue(person, out var own) ? own : [];

    public IReadOnlyList<PersonKey> WhoHas(Guid key) => whoHas.TryGetValue(key, out var them) ? them : [];

    public bool Has(Guid person) => people.ContainsKey(person);

    public bool IsNew(Person person) => newPeople.ContainsKey(person.Id);

    public bool IsNew(IdentityKey key) => newKeys.ContainsKey(key.Id);

    public void Add(Person person)
    {
        newPeople[person.Id] = people[person.Id] = person;
        wholePeople.Add(person.Id);
        if (person.Signature is { } signature)
            bySignature[new(signature)] = person;
    }

    public void Add(IdentityKey key)
    {
        newKeys[key.Id] = Take(key);
        wholeKeys.Add(key.Id);
    }

    public void Add(PersonKey pair)
    {
        newPairs.Add(pair);
        Take(pair);
    }

    public void Changed(Person person)
    {
        if (!IsNew(person))
            changedPeople.Add(person);
    }

    public void Changed(IdentityKey key)
    {
        if (!IsNew(key))
            changedKeys.Add(key);
    }

    public void Changed(PersonKey pair)
    {
        if (!newPairs.Contains(pair))
            changedPairs.Add(pair);
    }

    public async Task LoadKeysAsync(IEnumerable<(IdentityKeyKind Kind, KeyHash Hash)> seen, CancellationToken cancel)
    {
        foreach (var kind in seen.Distinct().GroupBy(key => key.Kind))
        {
            foreach (var part in kind.Chunk(Portion))
            {
                var hashes = part.Select(key => key.Hash.Bytes).ToList();
                foreach (var key in await db.Set<IdentityKey>().AsNoTracking().Where(key => key.Kind == kind.Key && EF.Parameter(hashes).Contains(key.Hash)).ToListAsync(cancel))
                    Take(key);
            }
        }
    }

    public async Task LoadSignaturesAsync(IEnumerable<KeyHash> signatures, CancellationToken cancel)
    {
        // Not as one JSON parameter: of a column that may be null the database would ask each row instead of its index.
        foreach (var part in signatures.Distinct().Select(signature => signature.Bytes).Chunk(500))
        {
            foreach (var person in await db.Set<Person>().AsNoTracking().Where(person => part.Contains(person.Signature!)).ToListAsync(cancel))
                bySignature[new(person.Signature!)] = people[person.Id] = person;
        }
    }

    public async Task LoadPeopleAsync(IEnumerable<Guid> ids, CancellationToken cancel)
    {
        foreach (var part in ids.Where(id => !people.ContainsKey(id)).Distinct().ToList().Chunk(Portion))
        {
            foreach (var person in await db.Set<Person>().AsNoTracking().Where(person => EF.Parameter(part).Contains(person.Id)).ToListAsync(cancel))
                people[person.Id] = person;
        }
    }

    /// <summary>The same, to be found by their signatures as well.</summary>
    public async Task LoadNamedAsync(IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.ToHashSet();
        await LoadPeopleAsync(wanted, cancel);
        foreach (var person in wanted.Where(Has).Select(Member).Where(person => person.Signature is not null))
            Name(new(person.Signature!), person);
    }

    /// <summary>A row that was found by another way than its signature.</summary>
    public void Name(KeyHash signature, Person person) => bySignature[signature] = person;

    /// <summary>All keys of these people.</summary>
    public async Task LoadKeysOfAsync(IEnumerable<Guid> members, CancellationToken cancel)
    {
        foreach (var part in members.Where(wholePeople.Add).ToList().Chunk(Portion))
        {
            foreach (var row in await db.Set<PersonKey>().AsNoTracking().Where(pair => EF.Parameter(part).Contains(pair.PersonId)).Join(db.Set<IdentityKey>(), pair => pair.KeyId, key => key.Id, (pair, key) => new { pair, key }).AsNoTracking().ToListAsync(cancel))
            {
                Take(row.key);
                Take(row.pair);
            }
        }
    }

    /// <summary>Everybody who has one of these keys.</summary>
    public async Task LoadWhoHasAsync(IEnumerable<Guid> ids, CancellationToken cancel)
    {
        foreach (var part in ids.Where(wholeKeys.Add).ToList().Chunk(Portion))
        {
            foreach (var pair in await db.Set<PersonKey>().AsNoTracking().Where(pair => EF.Parameter(part).Contains(pair.KeyId)).ToListAsync(cancel))
                Take(pair);
        }
    }

    /// <summary>Keys and pairs that the same piece of work writes elsewhere, and that cannot be read yet.</summary>
    public void Learn(IEnumerable<IdentityKey> written, IEnumerable<PersonKey> together)
    {
        foreach (var key in written)
            Take(new IdentityKey { Id = key.Id, Kind = key.Kind, Hash = key.Hash, PersonId = key.PersonId, FirstSeenAt = key.FirstSeenAt });
        foreach (var pair in together)
            Take(new PersonKey { PersonId = pair.PersonId, KeyId = pair.KeyId, FirstSeenAt = pair.FirstSeenAt });
    }

    /// <summary>Writes what is new and what changed.</summary>
    /// <param name="db">In whose transaction.</param>
    /// <param name="cancel">Ends the writing.</param>
    public async Task StoreAsync(RevOpsDb db, CancellationToken cancel)
    {
        await db.InsertAsync([.. newPeople.Values], cancel);
        await db.InsertAsync([.. newKeys.Values.OrderBy(key => key.Kind).ThenBy(key => key.Hash, KeyHash.BytesInOrder)], cancel);
        await db.InsertAsync([.. newPairs.OrderBy(pair => pair.PersonId)], cancel);
        await db.UpdateAsync([.. changedPeople.OrderBy(person => person.Id)], PersonColumns, cancel);
        await db.UpdateAsync([.. changedKeys], [nameof(IdentityKey.FirstSeenAt), nameof(IdentityKey.Standing), nameof(IdentityKey.QuestionedAt)], cancel);
        await db.UpdateAsync([.. changedPairs], [nameof(PersonKey.FirstSeenAt)], cancel);
    }

    private IdentityKey Take(IdentityKey key) => keys.TryGetValue(key.Id, out var known) ? known : keys[key.Id] = byHash[(key.Kind, new(key.Hash))] = key;

    // What is here already may have been changed here.
    private void Take(PersonKey pair)
    {
        if (!pairs.TryAdd((pair.PersonId, pair.KeyId), pair))
            return;
        (keysOf.TryGetValue(pair.PersonId, out var own) ? own : keysOf[pair.PersonId] = []).Add(pair);
        (whoHas.TryGetValue(pair.KeyId, out var them) ? them : whoHas[pair.KeyId] = []).Add(pair);
    }
}
