namespace RevOps.Core.Attribution.Snapshots;

/// <summary>Asks for a new computation by hand.</summary>
public sealed class SnapshotDesk
{
    /// <summary>False where one is under way or waits for its turn already.</summary>
    public Task<bool> AskAsync(string actor, CancellationToken cancel) => throw new NotImplementedException();
}
