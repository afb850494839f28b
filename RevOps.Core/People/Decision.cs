using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.People;

/// <summary>Who some sightings showed: read, decided, and then written in one go.</summary>
/// <param name="db">Where everything is read: the writer's own, or another that sees what was committed before the writer began.</param>
/// <param name="vault">Of what is known of people.</param>
internal sealed class Decision(RevOpsDb db, Vault vault)
{
    private readonly IdentityRows rows = new(db);
    private readonly KeyRing ring = new(vault);
    private Arrivals? arrivals;
    private IReadOnlyList<PersonAlias> news = [];

    /// <summary>Everybody who is in another group now.</summary>
    public IReadOnlyCollection<Guid> Moved { get; private set; } = [];

    private Arrivals Arrivals => arrivals ??= new(db, rows, ring);

    /// <summary>Reads what is known of all keys; more may be read before it is decided.</summary>
    public Task LoadAsync(IReadOnlyList<SeenKeys> seen, CancellationToken cancel) => seen.Count == 0 ? Task.CompletedTask : Arrivals.LoadAsync(seen, cancel);

    /// <summary>What the same piece of work writes elsewhere, and cannot be read here.</summary>
    public void Learn(KnownVisitors known) => rows.Learn(known.NewKeys, known.NewPairs);

    /// <summary>The member that each fact lies under, and the one that has all the keys; all of them were read.</summary>
    public async Task<IReadOnlyList<(Person Fact, Person Named)>> DecideAsync(IReadOnlyList<SeenKeys> seen, CancellationToken cancel)
    {
        var people = seen.Select(Arrivals.Take).ToList();
        await Arrivals.DescribeAsync(cancel);
        if (Arrivals.Changed.Count > 0)
        {
            var regrouping = new Regrouping(db, rows, ring, seen.Max(one => one.Sighting.OccurredAt)) { Own = Arrivals.Own };
            (Moved, news) = (await regrouping.RunAsync(Arrivals.Changed, cancel), regrouping.News);
        }

        return people;
    }

    /// <summary>Keys first: whatever is sealed is sealed under a key whose row is written.</summary>
    /// <param name="into">In whose transaction.</param>
    /// <param name="cancel">Ends the writing.</param>
    public async Task StoreAsync(RevOpsDb into, CancellationToken cancel)
    {
        await into.InsertAsync(Arrivals.DataKeys, cancel);
        foreach (var key in Arrivals.DataKeys)
            ring.Share(key.OwnerId);
        await into.InsertAsync(news, cancel);
        await rows.StoreAsync(into, cancel);
    }
}
