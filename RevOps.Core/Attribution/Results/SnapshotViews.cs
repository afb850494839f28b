namespace RevOps.Core.Attribution.Results;

/// <summary>The last finished computation, and the one under way.</summary>
/// <param name="Last">Null before the first has finished: pages say so, with the progress of the first.</param>
/// <param name="Running">Null while none is under way or asked for.</param>
public sealed record SnapshotState(SnapshotView? Last, SnapshotProgress? Running);

/// <param name="Id">Its own.</param>
/// <param name="AsOf">When it began to read: what came later is in the next one, but for payments and sales, which are read as of now.</param>
/// <param name="FinishedAt">When it was done.</param>
/// <param name="People">Who has touches that may be joined to them, or conversions.</param>
/// <param name="Touches">Their touches.</param>
/// <param name="Conversions">Leads, qualified leads, bookings and sales among them, in all modes.</param>
/// <param name="Duration">How long it took, pauses between portions left out.</param>
/// <param name="Engine">Version of the computation.</param>
/// <param name="Bytes">Size of its blocks; 0 once only the heading is kept.</param>
public sealed record SnapshotView(Guid Id, DateTimeOffset AsOf, DateTimeOffset FinishedAt, int People, int Touches, int Conversions, TimeSpan Duration, int Engine, long Bytes);

/// <param name="Id">Of the one under way.</param>
/// <param name="Done">People who have been read.</param>
/// <param name="Of">People there are to read; a moving company may have a few more in the end.</param>
/// <param name="Left">At the pace so far; null before there is one, and while it waits for its turn.</param>
/// <param name="StartedAt">Null while it waits for its turn.</param>
/// <param name="Trouble">Why its last run broke off; it is tried again from where it was.</param>
public sealed record SnapshotProgress(Guid? Id, int Done, int Of, TimeSpan? Left, DateTimeOffset? StartedAt, string? Trouble)
{
    /// <summary>0 to 1.</summary>
    public double Share => Of == 0 ? 0 : Math.Min(1, (double)Done / Of);
}
