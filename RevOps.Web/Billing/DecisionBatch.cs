namespace RevOps.Web.Billing;

/// <summary>
/// The decisions under way in one circuit. They go on when the page is left, and the page finds them again when somebody comes back.
/// </summary>
public sealed class DecisionBatch
{
    // Each waits for Stripe twice; together they stay well below its rate.
    private const int AtOnce = 6;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(150);

    private readonly Lock gate = new();
    private readonly List<Decided> results = [];
    private long startedAt, toldAt;
    private volatile bool stopping;

    /// <summary>How far it is; told a few times a second, from any thread.</summary>
    public event Action? Changed;

    /// <summary>How many were asked for.</summary>
    public int Total { get; private set; }

    public bool IsRunning { get; private set; }

    /// <summary>Somebody stopped it: what is not among the results was not touched.</summary>
    public bool WasStopped => stopping;

    /// <summary>In the order in which they ended.</summary>
    public IReadOnlyList<Decided> Results
    {
        get
        {
            lock (gate)
                return [.. results];
        }
    }

    /// <summary>By the pace so far; null while that says nothing.</summary>
    public TimeSpan? TimeLeft => IsRunning && Results.Count is >= 5 and var done
        ? TimeProvider.System.GetElapsedTime(startedAt) / done * (Total - done)
        : null;

    /// <summary>Decides each once; a second batch does not start before the first has ended.</summary>
    public async Task RunAsync(IReadOnlyList<SeenDraft> drafts, Func<SeenDraft, Task<Decided>> decideAsync)
    {
        lock (gate)
        {
            if (IsRunning)
                return;
            results.Clear();
            (IsRunning, stopping, Total, startedAt) = (true, false, drafts.Count, TimeProvider.System.GetTimestamp());
        }

        try
        {
            await Parallel.ForEachAsync(drafts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (draft, _) =>
            {
                if (!stopping)
                    Add(await decideAsync(draft));
            });
        }
        finally
        {
            IsRunning = false;
            Changed?.Invoke();
        }
    }

    /// <summary>Ends after those that are in hand.</summary>
    public void Stop() => stopping = true;

    /// <summary>Puts what has ended out of sight.</summary>
    public void Clear()
    {
        if (IsRunning)
            return;
        lock (gate)
            results.Clear();
        Total = 0;
    }

    private void Add(Decided decided)
    {
        lock (gate)
        {
            results.Add(decided);
            if (TimeProvider.System.GetElapsedTime(toldAt) < BetweenLooks)
                return;
            toldAt = TimeProvider.System.GetTimestamp();
        }

        Changed?.Invoke();
    }
}
