using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>The journeys of the last finished snapshot, read once for everybody and kept until a newer one is there or somebody was forgotten.</summary>
public sealed class SnapshotStore
{
    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly ILogger<SnapshotStore> log;
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile Held? held;
    private volatile Held? ahead;
    private long changes;

    public SnapshotStore(IDbContextFactory<RevOpsDb> databases, ChangeFeed feed, ILogger<SnapshotStore> log)
    {
        (this.databases, this.log) = (databases, log);
        feed.Listen(nameof(JourneyBlock), () => Interlocked.Increment(ref changes));
        feed.Listen(Vault.Erasure, () => Interlocked.Increment(ref changes));
    }

    /// <summary>Makes ready whatever is worked out from journeys, before anybody asks for it of these.</summary>
    internal Func<JourneyBook, CancellationToken, Task>? MakeReady { get; set; }

    /// <summary>
    /// Reads a snapshot that is about to be finished, in the process that makes it: until it is, everybody is answered from the one before, and then from
    /// this one at once.
    /// </summary>
    internal async Task PrepareAsync(AttributionSnapshot snapshot, CancellationToken cancel)
    {
        // Nobody has asked anything here.
        if (held?.Book is null)
            return;
        try
        {
            var book = await LoadAsync(snapshot.Id, snapshot.StartedAt, cancel);
            if (MakeReady is { } make)
                await make(book, cancel);
            ahead = new(0, book, snapshot.Erasures);
        }
#pragma warning disable CA1031 // A snapshot that could not be made ready is a snapshot still: whoever asks first waits for it.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogWarning(error, "Snapshot {Snapshot} could not be made ready before it is asked", snapshot.Id);
        }
    }

    /// <summary>Null before the first has finished.</summary>
    internal async ValueTask<JourneyBook?> CurrentAsync(CancellationToken cancel)
    {
        if (held is { } now && now.Heard == Interlocked.Read(ref changes))
            return now.Book;
        await turn.WaitAsync(cancel);
        try
        {
            if (held is { } meanwhile && meanwhile.Heard == Interlocked.Read(ref changes))
                return meanwhile.Book;
            while (!await TryHoldAsync(cancel))
            {
                // Another one finished in the middle of the reading, and took the blocks away.
            }

            return held!.Book;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<bool> TryHoldAsync(CancellationToken cancel)
    {
        var heard = Interlocked.Read(ref changes);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var last = await Last(db).Select(snapshot => new { snapshot.Id, snapshot.StartedAt, snapshot.Erasures }).FirstOrDefaultAsync(cancel);
        var known = new[] { held, ahead }.FirstOrDefault(one => one?.Book is { } book && book.Id == last?.Id && one.Erasures == last.Erasures);
        if (known is null)
        {
            var book = last is null ? null : await Task.Run(() => LoadAsync(last.Id, last.StartedAt, cancel), cancel);
            if (book is not null && await Last(db).Select(snapshot => snapshot.Id).FirstOrDefaultAsync(cancel) != book.Id)
                return false;
            known = new(heard, book, last?.Erasures ?? 0);
        }

        held = known with { Heard = heard };
        if (ahead?.Book?.Id == last?.Id)
            ahead = null;
        return true;
    }

    internal static IQueryable<AttributionSnapshot> Last(RevOpsDb db) =>
        db.Set<AttributionSnapshot>().AsNoTracking().Where(snapshot => snapshot.FinishedAt != null && snapshot.Engine == AttributionSnapshot.CurrentEngine).OrderByDescending(snapshot => snapshot.StartedAt);

    private async Task<JourneyBook> LoadAsync(Guid id, DateTimeOffset asOf, CancellationToken cancel)
    {
        var builder = new JourneyBook.Builder(id, asOf);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await foreach (var content in db.Set<JourneyBlock>().Where(block => block.SnapshotId == id).OrderBy(block => block.Number).Select(block => block.Content).AsAsyncEnumerable().WithCancellation(cancel))
        {
            foreach (var person in BlockFormat.Read(content))
                builder.Add(person);
        }

        return builder.Build();
    }

    private sealed record Held(long Heard, JourneyBook? Book, int Erasures);
}
