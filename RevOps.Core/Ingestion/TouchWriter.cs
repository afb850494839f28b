using System.Data.Common;
using System.Text;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>A touch that is valid and waits to be written.</summary>
public sealed record IncomingTouch(CloudEvent Envelope, TouchReceived Data, DateTimeOffset OccurredAt);

/// <summary>
/// The hot path: touches of many requests are committed together, as raw events sealed under their visitor's key. The answer leaves
/// when they are durable; joining them to people is an outbox job that follows within a second.
/// </summary>
public sealed class TouchWriter : IAsyncDisposable
{
    private const int MostPerCommit = 1_000;
    private const int KnownVisitors = 200_000;

    // Asked at every commit, so the query is not translated anew each time.
    private static readonly Func<RevOpsDb, Task<bool>> IsJoinAskedFor =
        EF.CompileAsyncQuery((RevOpsDb db) => db.Set<OutboxRow>().Any(row => row.Job == nameof(JoinTouches) && row.State == OutboxState.Waiting));

    private readonly Channel<Submission> queue = Channel.CreateBounded<Submission>(new BoundedChannelOptions(2_000) { SingleReader = true });
    private readonly Dictionary<KeyHash, (Guid Person, byte[] Key)> visitors = [];
    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly IngestionServices services;
    private readonly IDisposable listening;
    private readonly Task loop;
    private volatile bool erased;

    public TouchWriter(IDbContextFactory<RevOpsDb> databases, IngestionServices services)
    {
        (this.databases, this.services) = (databases, services);

        // A browser of somebody who was erased is somebody new.
        listening = services.Feed.Listen(Vault.Erasure, () => erased = true);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Completes when all are committed; one result each, in order.</summary>
    public async Task<EventResult[]> WriteAsync(IReadOnlyList<IncomingTouch> touches, CancellationToken cancel)
    {
        if (touches.Count == 0)
            return [];

        // Hashed by whoever brings them, so that the one writer only writes.
        var submission = new Submission([.. touches.Select(Prepare)], new(TaskCreationOptions.RunContinuationsAsynchronously));
        await queue.Writer.WriteAsync(submission, cancel);

        // Once queued it is written, whoever has gone meanwhile: the request's JSON must live until then.
        return await submission.Answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        listening.Dispose();
    }

    private PreparedTouch Prepare(IncomingTouch touch)
    {
        var json = touch.Envelope.Data.GetRawText();
        return new(touch, json, services.Vault.LookupHash("event", json), new(services.Vault.LookupHash(nameof(IdentityKeyKind.Visitor), touch.Data.Visitor)));
    }

    private async Task RunAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            var group = new List<Submission>();
            var count = 0;
            while (count < MostPerCommit && queue.Reader.TryRead(out var submission))
            {
                group.Add(submission);
                count += submission.Touches.Count;
            }

            try
            {
                await CommitAsync(group);
            }
#pragma warning disable CA1031 // Whatever went wrong is the answer of those who wait; the loop serves the next ones.
            catch (Exception error)
#pragma warning restore CA1031
            {
                foreach (var submission in group)
                    submission.Answer.TrySetException(error);
            }
        }
    }

    /// <summary>
    /// Repeats are rare, so they are not looked for first: the unique index refuses the commit that holds one, and then it is.
    /// </summary>
    private async Task CommitAsync(List<Submission> group)
    {
        try
        {
            await CommitAsync(group, lookForRepeats: false);
        }
        catch (DbException)
        {
            // What is remembered may speak of rows that were not committed.
            visitors.Clear();
            await CommitAsync(group, lookForRepeats: true);
        }
    }

    private async Task CommitAsync(List<Submission> group, bool lookForRepeats)
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.BeginWorkAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (erased)
        {
            erased = false;
            visitors.Clear();
        }

        var since = services.Vault.Erasures;
        var touches = group.SelectMany(submission => submission.Touches).ToList();
        var repeated = lookForRepeats ? await KnownAsync(db, touches) : [];
        var keys = await KeysAsync(db, touches);
        var accepted = new HashSet<(string, string)>();
        var events = new List<ReceivedEvent>(touches.Count);
        foreach (var touch in touches)
        {
            var identity = (touch.Envelope.Source, touch.Envelope.Id);
            if (!repeated.ContainsKey(identity) && accepted.Add(identity))
                events.Add(Seal(touch, keys[touch.Visitor]));
        }

        await db.InsertAsync(events, CancellationToken.None);
        NoteRepeats(touches, repeated);
        if (accepted.Count > 0 && !await IsJoinAskedFor(db))
            db.Enqueue<JoinTouches>("stored", services.Clock.GetUtcNow(), key: Guid.CreateVersion7().ToString(), lane: JoinTouches.Lane);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();

        Remember(keys, since);
        foreach (var submission in group)
            submission.Answer.TrySetResult([.. submission.Touches.Select(touch => ResultOf(touch, accepted))]);
    }

    /// <summary>Accepted once per identity: the second of a pair in one commit is a repeat.</summary>
    private static EventResult ResultOf(PreparedTouch touch, HashSet<(string, string)> accepted) =>
        accepted.Remove((touch.Envelope.Source, touch.Envelope.Id)) ? EventResult.Accepted(touch.Envelope.Id) : EventResult.Duplicate(touch.Envelope.Id);

    private static async Task<Dictionary<(string, string), ReceivedEvent>> KnownAsync(RevOpsDb db, List<PreparedTouch> touches)
    {
        var ids = touches.Select(touch => touch.Envelope.Id).Distinct(StringComparer.Ordinal).ToList();
        var sources = touches.Select(touch => touch.Envelope.Source).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db.Set<ReceivedEvent>().Where(row => sources.Contains(row.Source) && ids.Contains(row.EventId)).ToListAsync();
        return rows.ToDictionary(row => (row.Source, row.EventId));
    }

    private void NoteRepeats(List<PreparedTouch> touches, Dictionary<(string, string), ReceivedEvent> repeated)
    {
        foreach (var touch in touches)
        {
            if (!repeated.TryGetValue((touch.Envelope.Source, touch.Envelope.Id), out var row))
                continue;
            row.Repeats++;
            row.RepeatDiffered |= !row.DataHash.AsSpan().SequenceEqual(touch.DataHash);
        }
    }

    /// <summary>Per visitor the person and their key: from memory, from the database, or new.</summary>
    private async Task<Dictionary<KeyHash, (Guid Person, byte[] Key)>> KeysAsync(RevOpsDb db, List<PreparedTouch> touches)
    {
        var found = new Dictionary<KeyHash, (Guid, byte[])>();
        var unknown = new List<KeyHash>();
        foreach (var hash in touches.Select(touch => touch.Visitor).Distinct())
        {
            if (visitors.TryGetValue(hash, out var known))
                found[hash] = known;
            else
                unknown.Add(hash);
        }

        if (unknown.Count > 0)
            await AddUnknownAsync(db, touches, unknown, found);
        return found;
    }

    private async Task AddUnknownAsync(RevOpsDb db, List<PreparedTouch> touches, List<KeyHash> unknown, Dictionary<KeyHash, (Guid, byte[])> found)
    {
        var hashes = unknown.ConvertAll(hash => hash.Bytes);
        var rows = await db.Set<IdentityKey>().AsNoTracking().Where(key => key.Kind == IdentityKeyKind.Visitor && hashes.Contains(key.Hash)).ToListAsync();
        foreach (var row in rows)
            found[new(row.Hash)] = (row.PersonId, await services.Vault.KeyAsync(db, row.PersonId));

        var firstSeen = touches.GroupBy(touch => touch.Visitor).ToDictionary(group => group.Key, group => group.Min(touch => touch.OccurredAt));
        var (dataKeys, people, identities, pairs) = (new List<DataKey>(), new List<Person>(), new List<IdentityKey>(), new List<PersonKey>());
        foreach (var hash in unknown.Where(hash => !found.ContainsKey(hash)))
        {
            var id = Guid.CreateVersion7();
            var (dataKey, key) = services.Vault.NewKey(id);
            found[hash] = (id, key);
            dataKeys.Add(dataKey);
            people.Add(new() { Id = id, CanonicalId = id, Signature = IdentityGraph.SignatureOf([(IdentityKeyKind.Visitor, hash)]), CreatedAt = TimeProvider.System.GetUtcNow(), OwnSeenAt = firstSeen[hash], LastSeenAt = firstSeen[hash] });
            identities.Add(new() { Id = Guid.CreateVersion7(), Kind = IdentityKeyKind.Visitor, Hash = hash.Bytes, PersonId = id, FirstSeenAt = firstSeen[hash] });
            pairs.Add(new() { PersonId = id, KeyId = identities[^1].Id, FirstSeenAt = firstSeen[hash] });
        }

        await db.InsertAsync(dataKeys, CancellationToken.None);
        await db.InsertAsync(people, CancellationToken.None);
        await db.InsertAsync(identities, CancellationToken.None);
        await db.InsertAsync(pairs, CancellationToken.None);
    }

    private ReceivedEvent Seal(PreparedTouch touch, (Guid Person, byte[] Key) owner)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            Source = touch.Envelope.Source,
            EventId = touch.Envelope.Id,
            Type = touch.Envelope.Type,
            OccurredAt = touch.OccurredAt,
            RecordedAt = TimeProvider.System.GetUtcNow(),
            Mode = services.Mode,
            OwnerId = owner.Person,
            SealedData = Sealer.Seal(owner.Key, id, Encoding.UTF8.GetBytes(touch.Json)),
            DataHash = touch.DataHash,
        };
    }

    private void Remember(Dictionary<KeyHash, (Guid Person, byte[] Key)> keys, int since)
    {
        if (visitors.Count > KnownVisitors)
            visitors.Clear();
        foreach (var (hash, owner) in keys)
        {
            visitors[hash] = owner;
            services.Vault.Remember(owner.Person, owner.Key, since);
        }
    }

    private sealed record Submission(IReadOnlyList<PreparedTouch> Touches, TaskCompletionSource<EventResult[]> Answer);

    private sealed record PreparedTouch(IncomingTouch Touch, string Json, byte[] DataHash, KeyHash Visitor)
    {
        public CloudEvent Envelope => Touch.Envelope;

        public DateTimeOffset OccurredAt => Touch.OccurredAt;
    }
}
