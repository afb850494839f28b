using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Platform.Audit;

/// <summary>
/// Verifies the chain once for everybody who looks: it goes on when its page is left, and its progress and last result are there for as long
/// as the process lives. Each walk that ends is itself an entry of the chain.
/// </summary>
public sealed class ChainCheck(AuditTrail trail, IDbContextFactory<RevOpsDb> databases, ChangeFeed feed, ILogger<ChainCheck> log) : IDisposable
{
    /// <summary>Somebody verified the chain.</summary>
    public const string Verified = "audit.verified";

    private readonly CancellationTokenSource ended = new();
    private readonly Lock turn = new();
    private ChainHead? known;
    private volatile ChainState state = new();

    public ChainState State => state;

    /// <summary>Begins a walk; false when one is under way.</summary>
    public bool Start(string actor)
    {
        lock (turn)
        {
            if (state.IsRunning)
                return false;
            Tell(new() { IsRunning = true, StartedAt = TimeProvider.System.GetUtcNow() });
        }

        // On a thread of its own: SQLite reads without yielding, and whoever clicked goes on.
        _ = Task.Run(() => WalkAsync(actor, ended.Token));
        return true;
    }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    private async Task WalkAsync(string actor, CancellationToken cancel)
    {
        try
        {
            var verdict = await trail.VerifyAsync(known, (done, total) => Tell(state with { Done = done, Total = total }), cancel);
            await NoteAsync(actor, verdict, cancel);
            known = verdict.Break is null ? verdict.Head : known;
            Tell(state with { IsRunning = false, Verdict = verdict, EndedAt = TimeProvider.System.GetUtcNow() });
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The process ends, and what it knew with it.
        }
#pragma warning disable CA1031 // Nobody waits for this task: what went wrong is its result.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogWarning(error, "The audit chain could not be walked to its end");
            Tell(state with { IsRunning = false, IsFailed = true, EndedAt = TimeProvider.System.GetUtcNow() });
        }
    }

    private async Task NoteAsync(string actor, ChainVerdict verdict, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var after = new { Rows = verdict.Head.Sequence, BreakAt = verdict.Break?.Sequence, verdict.Break?.Fault, Hash = Convert.ToHexStringLower(verdict.Head.Hash) };
        await trail.WriteAsync(db, new(actor, Verified, nameof(AuditEntry), $"{verdict.Break?.Sequence ?? verdict.Head.Sequence}") { After = after }, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private void Tell(ChainState now)
    {
        state = now;
        feed.Publish(nameof(ChainCheck));
    }
}

/// <summary>Where a walk stands, or how the last one ended.</summary>
public sealed record ChainState
{
    public bool IsRunning { get; init; }

    /// <summary>It could not be finished, which says nothing about the chain.</summary>
    public bool IsFailed { get; init; }

    public long Done { get; init; }
    public long Total { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public ChainVerdict? Verdict { get; init; }

    /// <summary>By the pace so far; null until there is one.</summary>
    public TimeSpan? Left(DateTimeOffset now) => IsRunning && Done > 0 && StartedAt is { } began ? (now - began) * ((double)(Total - Done) / Done) : null;
}
