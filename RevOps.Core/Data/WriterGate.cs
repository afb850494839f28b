namespace RevOps.Core.Data;

/// <summary>
/// On SQLite one writer at a time, queued here: inside the driver a busy database is met with sleeps of 150 ms.
/// On SQL Server the gate stands open.
/// </summary>
public sealed class WriterGate(bool oneAtATime) : IDisposable
{
    private readonly SemaphoreSlim turns = new(1, 1);

    public async Task<IDisposable?> EnterAsync(CancellationToken cancel)
    {
        if (!oneAtATime)
            return null;
        await turns.WaitAsync(cancel);
        return new Turn(turns);
    }

    public void Dispose() => turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private SemaphoreSlim? held = turns;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
