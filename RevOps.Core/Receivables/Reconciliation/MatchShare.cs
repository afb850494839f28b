namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>How much of something agrees, by count and by amount. Rounded down: only where all of it agrees it is 100 %.</summary>
public sealed record MatchShare(long Hits, long Of, long HitsMinor, long OfMinor)
{
    /// <summary>In tenths of a per cent, rounded down; null where there is nothing.</summary>
    public int? ByCount => Floor(Hits, Of);

    public int? ByAmount => Floor(HitsMinor, OfMinor);

    public bool IsWhole => Hits == Of && HitsMinor == OfMinor;

    private static int? Floor(long hits, long of) => of == 0 ? null : (int)(Math.Max(0, hits) * (Int128)1_000 / of);
}
