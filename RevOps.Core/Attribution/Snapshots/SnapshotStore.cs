using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>The journeys of the last finished snapshot, read once for everybody and kept until a newer one is there or somebody was forgotten.</summary>
internal sealed class SnapshotStore
{
    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile Held? held;
    private long changes;

    public SnapshotStore(IDbContextFactory<RevOpsDb> databases, ChangeFeed feed)
    {
        this.databases = databases;
        feed.Listen(nameof(JourneyBlock), () => Interlocked.Increment(ref changes));
        feed.Listen(Vault.Erasure, () => Interlocked.Increment(ref changes));
    }

    /// <summary>Null before the first has finished.</summary>
    public async ValueTask<JourneyBook?> CurrentAsync(CancellationToken cancel)
    {
        if (held is { } now && now.Heard == Interlocked.Read(ref changes))
            return now.Book;
        await turn.WaitAsync(cancel);
        try
        {
            if (held is { } meanwhile && meanwhile.Heard == Interlocked.Read(ref changes))
                return meanwhile.Book;
            var heard = Interlocked.Read(ref changes);
            await using var db = await databases.CreateDbContextAsync(cancel);
            var last = await Last(db).Select(snapshot => new { snapshot.Id, snapshot.StartedAt, snapshot.Erasures }).FirstOrDefaultAsync(cancel);
            if (held is { Book: { } same } old && same.Id == last?.Id && old.Erasures == last.Erasures)
                held = old with { Heard = heard };
            else
                held = new(heard, last is null ? null : await Task.Run(() => LoadAsync(last.Id, last.StartedAt, cancel), cancel), last?.Erasures ?? 0);
            return held.Book;
        }
        finally
        {
            turn.Release();
        }
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
