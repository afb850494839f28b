namespace RevOps.Core.Data;

/// <summary>
/// On SQLite one writer at a time, queued here: inside the driver a busy database is met with sleeps of 150 ms.
/// On SQL Server the gate stands open.
/// </summary>
public sealed class WriterGate(bool oneAtATime) : IDisposable
{
    private readonly SemaphoreSlim turns = new(1, 1);
    private int waiting;

    /// <summary>Somebody waits for their turn: whoever holds the gate for long had better let go soon.</summary>
    public bool IsAwaited => Volatile.Read(ref waiting) > 0;

    public async Task<IDisposable?> EnterAsync(CancellationToken cancel)
    {
        if (!oneAtATime)
            return null;
        Interlocked.Increment(ref waiting);
        try
        {
            await turns.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        return new Turn(turns);
    }

    public void Dispose() => turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private SemaphoreSlim? held = turns;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
