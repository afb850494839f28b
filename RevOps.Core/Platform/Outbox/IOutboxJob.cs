namespace RevOps.Core.Platform.Outbox;

/// <summary>
/// One kind of deferred work. It may run more than once for the same row (a kill between its effect and its mark), so it loads the
/// state, sees what is left to do, and does only that.
/// </summary>
public interface IOutboxJob
{
    /// <summary>Runs one row; any exception means "try again later" and is shown on the Jobs page.</summary>
    Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel);
}

/// <summary>How a run ended when it did not throw.</summary>
public readonly record struct OutboxResult
{
    private OutboxResult(string? reason, TimeSpan again, bool held) => (Reason, Again, Held) = (reason, again, held);

    public static OutboxResult Done => default;

    public string? Reason { get; }
    public TimeSpan Again { get; }

    /// <summary>True for waiting, false for failing.</summary>
    public bool Held { get; }

    public bool IsDone => Reason is null;

    /// <summary>Nothing is wrong, it is only too early: a result not ready, a platform not connected.</summary>
    public static OutboxResult Wait(string reason, TimeSpan again) => new(reason, again, held: true);

    /// <summary>It failed in a way that passes by itself, after at least this long.</summary>
    public static OutboxResult Retry(string reason, TimeSpan again) => new(reason, again, held: false);
}
