namespace RevOps.Core.People;

/// <summary>A sighting and its keys, each hashed when somebody asks for it: of most touches nobody does. One thread at a time.</summary>
/// <param name="sighting">Whose.</param>
/// <param name="graph">Knows how keys are hashed.</param>
public sealed class SeenKeys(Sighting sighting, IdentityGraph graph)
{
    private IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)>? keys;
    private IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)>? named;
    private IReadOnlyList<KeyHash>? clicks;
    private KeyHash? signature;
    private KeyHash? visitorSignature;

    public Sighting Sighting => sighting;

    /// <summary>The row that its visitor has already; null where nobody looked.</summary>
    public Guid? Home { get; init; }

    /// <summary>It says nothing of who came: may be placed without a decision.</summary>
    public bool IsPlain => sighting is { IsTouch: true, Contact: null };

    public IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> Keys => keys ??= graph.KeysOf(sighting);

    public IReadOnlyList<KeyHash> Clicks => clicks ??= graph.ClicksOf(sighting);

    /// <summary>Those that name a row.</summary>
    public IReadOnlyList<(IdentityKeyKind Kind, KeyHash Hash)> Named => named ??= [.. Keys.Where(key => key.Kind < IdentityKeyKind.Click)];

    public (IdentityKeyKind Kind, KeyHash Hash)? Visitor => Named.Where(key => key.Kind == IdentityKeyKind.Visitor).Select(key => ((IdentityKeyKind, KeyHash)?)key).FirstOrDefault();

    /// <summary>Of the row of all <see cref="Named"/>; null where there is none.</summary>
    public KeyHash? Signature => Named.Count == 0 ? null : signature ??= new(IdentityGraph.SignatureOf(Named));

    /// <summary>Of the row of the browser alone.</summary>
    public KeyHash? VisitorSignature => Visitor is not { } visitor ? null : Named.Count == 1 ? Signature : visitorSignature ??= new(IdentityGraph.SignatureOf([visitor]));

    /// <summary>Hashes what will be asked for, on a thread that has time.</summary>
    public SeenKeys Ready()
    {
        if (IsPlain)
            _ = Clicks;
        else
            _ = (Signature, VisitorSignature);
        return this;
    }
}
