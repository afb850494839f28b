using System.Text.Json;

namespace RevOps.Core.Platform.Live;

/// <summary>
/// One reading for everybody who looks at the same thing: two hundred people before the same figures ask the database once. What was read
/// counts until rows of its kinds are committed; whoever asks after a commit sees it.
/// </summary>
public sealed class SharedRead<TKey, TValue>
    where TKey : notnull
{
    private const int PausesPerReading = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>Nothing is believed for longer, though no change was heard of: some figures move with the clock alone.</summary>
    private static readonly TimeSpan LongestBelief = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestUnchanged = TimeSpan.FromMinutes(1);

    // Looked at after each commit, a long reading that may be a minute old would keep a processor busy for nobody.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Reading> readings = [];
    private readonly Func<TKey, Task<TValue>> read;
    private long changes;

    /// <param name="feed">Says what was committed. It is listened to for good: both live as long as the process.</param>
    /// <param name="kinds">Names of the entity types that the reading depends on.</param>
    /// <param name="read">Reads; nobody's cancellation ends what others wait for.</param>
    public SharedRead(ChangeFeed feed, IReadOnlyCollection<string> kinds, Func<TKey, Task<TValue>> read)
    {
        this.read = read;
        foreach (var kind in kinds)
            feed.Listen(kind, () => Interlocked.Increment(ref changes));
    }

    /// <summary>
    /// True for what people watch: while changes come quickly they share a reading as well, and between two of a key three times as long
    /// passes as the last one took. False for a part of another reading, which has waited already.
    /// </summary>
    public bool Pauses { get; init; }

    /// <summary>
    /// True where a reading that says the same as the one before is the same object: most commits change nothing of what a page shows, and it
    /// need not draw itself anew to find that out. The values have to show all they hold as properties, since they are compared as JSON.
    /// </summary>
    public bool KeepsEqual { get; init; }

    /// <summary>
    /// True where nothing moves with the clock: a reading since which no change was heard of is shown for a little longer, while it is read anew behind
    /// whoever asks, for a change that was made where nobody here hears.
    /// </summary>
    public bool MovesByChangesAlone { get; init; }

    /// <summary>What tells how old a reading is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <param name="key">Of what.</param>
    /// <param name="mayBeOld">
    /// A reading of this age will do, whatever has changed since: for a first view that is about to be read again. It is read anew meanwhile,
    /// so that the next one finds what this one did not wait for; of what may be old by more than some seconds, once it has half that age.
    /// </param>
    public Task<TValue> OfAsync(TKey key, TimeSpan mayBeOld = default)
    {
        lock (gate)
        {
            var last = readings.GetValueOrDefault(key);
            var young = new[] { last, last?.Before }.FirstOrDefault(reading => reading is not null && (IsYoungerThan(reading, mayBeOld) || IsUnchanged(reading)));
            if (young is not null && mayBeOld > Soon && IsYoungerThan(young, mayBeOld / 2))
                return young.Value;
            var next = NextOf(key, last);
            return (young ?? next).Value;
        }
    }

    private Reading NextOf(TKey key, Reading? last)
    {
        if (last is not null && IsTrueStill(last))
            return last;

        ForgetOld();
        var next = new Reading { Before = last is { EndedAt: null } ? last.Before : last };
        last?.Before = null;

        // Away from whoever asks first: a page's own thread of work would hold up all others.
        next.Value = Task.Run(() => ReadAsync(key, last, next));
        readings[key] = next;
        return next;
    }

    /// <summary>One that has not begun yet will see everything that is committed by now.</summary>
    private bool IsTrueStill(Reading reading) => reading.BeganAfter is not { } heard
        || (heard == Interlocked.Read(ref changes) && !reading.Value.IsFaulted && (reading.EndedAt is not { } ended || Clock.GetElapsedTime(ended) < LongestBelief));

    private bool IsUnchanged(Reading reading) => MovesByChangesAlone && reading.BeganAfter == Interlocked.Read(ref changes) && IsYoungerThan(reading, LongestUnchanged);

    private bool IsYoungerThan(Reading reading, TimeSpan age) =>
        reading.Value.IsCompletedSuccessfully && reading.EndedAt is { } ended && Clock.GetElapsedTime(ended) < age;

    private async Task<TValue> ReadAsync(TKey key, Reading? last, Reading next)
    {
        if (last is not null)
            await WaitAfterAsync(last);

        // Before the reading: a commit in the middle of it may be missing from it.
        lock (gate)
            next.BeganAfter = Interlocked.Read(ref changes);
        var began = Clock.GetTimestamp();
        try
        {
            return await KeptAsync(last, await read(key));
        }
        finally
        {
            lock (gate)
                (next.Took, next.EndedAt) = (Clock.GetElapsedTime(began), Clock.GetTimestamp());
        }
    }

    private async Task<TValue> KeptAsync(Reading? last, TValue value)
    {
        if (!KeepsEqual || last is null || !last.Value.IsCompletedSuccessfully)
            return value;
        var before = await last.Value;
        return JsonSerializer.SerializeToUtf8Bytes(before).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(value)) ? before : value;
    }

    private async Task WaitAfterAsync(Reading last)
    {
        await Task.WhenAny(last.Value);
        if (!Pauses)
            return;

        TimeSpan pause;
        lock (gate)
            pause = last.EndedAt is { } ended ? Shorter(last.Took * PausesPerReading, LongestPause) - Clock.GetElapsedTime(ended) : TimeSpan.Zero;
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, Clock);
    }

    private void ForgetOld()
    {
        var longest = MovesByChangesAlone ? LongestUnchanged : LongestBelief;
        var old = readings.Where(entry => entry.Value.EndedAt is { } ended && Clock.GetElapsedTime(ended) > longest).Select(entry => entry.Key).ToList();
        foreach (var key in old)
            readings.Remove(key);
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private sealed class Reading
    {
        public Task<TValue> Value { get; set; } = null!;

        /// <summary>The last one that has ended, for whoever may be shown what is old.</summary>
        public Reading? Before { get; set; }

        /// <summary>How many changes were heard of when it began; null until then.</summary>
        public long? BeganAfter { get; set; }

        public TimeSpan Took { get; set; }
        public long? EndedAt { get; set; }
    }
}
