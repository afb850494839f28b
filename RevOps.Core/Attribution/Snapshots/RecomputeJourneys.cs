using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>
/// Reads everybody's touches and conversions, a portion of people in each commit: pages read between, open ones see how far it is, and whatever
/// ends it in the middle costs one portion. Asked for while a finished one is young enough, it has nothing to do.
/// </summary>
public sealed class RecomputeJourneys(IDbContextFactory<RevOpsDb> databases, SnapshotStore store, StripeAccount stripe, TimeProvider clock) : IOutboxJob
{
    /// <summary>How long the headings of old snapshots are kept.</summary>
    public const int KeptMonths = 13;

    /// <summary>People of one portion.</summary>
    public const int Portion = 5_000;

    /// <summary>What was broken off longer ago is begun anew: its first portions would be of another day than its last.</summary>
    private static readonly TimeSpan WorthGoingOn = TimeSpan.FromHours(6);

    private static readonly TimeSpan LateCommit = TimeSpan.FromHours(1);
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(10);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (await IsUnderWayAsync(row, cancel))
            return OutboxResult.Wait("another one is under way", SoonAgain);
        if (await IsDoneAsync(row, cancel))
            return OutboxResult.Done;
        var snapshot = await BeginAsync(cancel);
        var reader = await OpenAsync(cancel);
        while (await PortionAsync(snapshot, reader, cancel))
        {
            // Until nobody is left.
        }

        await FinishAsync(snapshot, cancel);
        return OutboxResult.Done;
    }

    /// <summary>Two that were asked for in different ways would store the same portions.</summary>
    private async Task<bool> IsUnderWayAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = TimeProvider.System.GetUtcNow();
        return await db.Set<OutboxRow>().AnyAsync(other => other.Job == row.Job && other.Id != row.Id && other.State == OutboxState.Running && other.LeaseUntil >= now, cancel);
    }

    /// <summary>One that began after this was due says all that was asked for.</summary>
    private async Task<bool> IsDoneAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Not when it is tried: each try puts that off.
        var due = DateTimeOffset.TryParse(row.Argument, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var asked) ? asked.ToUniversalTime() : row.NotBefore;
        return await db.Set<AttributionSnapshot>().AnyAsync(snapshot => snapshot.FinishedAt != null && snapshot.Engine == AttributionSnapshot.CurrentEngine && snapshot.StartedAt >= due, cancel);
    }

    private async Task<Guid> BeginAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = await db.Set<AttributionSnapshot>().Where(snapshot => snapshot.FinishedAt == null).OrderByDescending(snapshot => snapshot.StartedAt).ToListAsync(cancel);
        var young = clock.GetUtcNow() - WorthGoingOn;
        if (open.Find(snapshot => snapshot.Engine == AttributionSnapshot.CurrentEngine && snapshot.StartedAt >= young) is { } broken)
            return broken.Id;

        var old = open.ConvertAll(snapshot => snapshot.Id);
        await db.WriteAsync(() => db.Set<JourneyBlock>().Where(block => old.Contains(block.SnapshotId)).ExecuteDeleteAsync(cancel), cancel);
        db.RemoveRange(open);
        var begun = new AttributionSnapshot { Id = Guid.CreateVersion7(), Engine = AttributionSnapshot.CurrentEngine, StartedAt = clock.GetUtcNow(), PeopleToRead = await PersonReader.CountAsync(db, cancel) };
        db.Add(begun);
        await db.SaveChangesAsync(cancel);
        return begun.Id;
    }

    private async Task<PersonReader> OpenAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await PersonReader.OpenAsync(db, stripe.Connection?.Mode ?? Mode.Live, cancel);
    }

    private async Task<bool> PortionAsync(Guid id, PersonReader reader, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var snapshot = await db.Set<AttributionSnapshot>().SingleAsync(row => row.Id == id, cancel);
        var next = await PersonReader.NextAsync(db, snapshot.Cursor, Portion, cancel);
        if (next.Count == 0)
            return false;

        var people = await reader.BetweenAsync(db, snapshot.Cursor, next[^1], cancel);
        var block = new JourneyBlock { Id = Guid.CreateVersion7(), SnapshotId = id, Number = snapshot.Portions, Content = BlockFormat.Write(people) };
        db.Add(block);
        (snapshot.Cursor, snapshot.Portions, snapshot.PeopleRead, snapshot.People) = (next[^1], snapshot.Portions + 1, snapshot.PeopleRead + next.Count, snapshot.People + people.Count);
        snapshot.Touches += people.Sum(person => person.Touches.Count);
        snapshot.Conversions += people.Sum(person => person.Marks.Count);
        snapshot.Size += block.Content.Length;
        snapshot.WorkMs += (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>From here on pages answer from it; of the ones before, headings remain.</summary>
    private async Task FinishAsync(Guid id, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var evidence = JsonSerializer.Serialize(ModelEvidence.Make(clock.GetUtcNow()));
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<AttributionSnapshot>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.FinishedAt == null, cancel) is { } read)
            await store.PrepareAsync(read, cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var snapshot = await db.Set<AttributionSnapshot>().SingleAsync(row => row.Id == id, cancel);
        if (snapshot.FinishedAt is not null)
            return;

        // Who was forgotten after their portion was read, and before it was stored; also shortly before the first, if that was committed late.
        var since = snapshot.StartedAt - LateCommit;
        await JourneyBlocks.ForgetAsync(db, await db.Set<Person>().Where(person => person.ErasedAt >= since).Select(person => person.Id).ToListAsync(cancel), cancel);
        var kept = clock.GetUtcNow().AddMonths(-KeptMonths);
        await db.Set<JourneyBlock>().Where(block => block.SnapshotId != id).ExecuteDeleteAsync(cancel);
        await db.Set<AttributionSnapshot>().Where(row => row.Id != id && row.StartedAt < kept).ExecuteDeleteAsync(cancel);
        await db.Set<AttributionSnapshot>().Where(row => row.Id != id && row.Size > 0).ExecuteUpdateAsync(set => set.SetProperty(row => row.Size, 0), cancel);
        (snapshot.FinishedAt, snapshot.Cursor, snapshot.Evidence) = (clock.GetUtcNow(), null, evidence);
        snapshot.WorkMs += (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;

        // Bulk deletes are seen by no change tracker.
        db.SavedKinds.Add(nameof(JourneyBlock));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
