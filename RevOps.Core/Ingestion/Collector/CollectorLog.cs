using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.People;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Ingestion.Collector;

/// <summary>
/// Counts what browsers do and writes it down at most twice a second: a call costs no commit of its own. What was counted in the last half
/// second dies with a process that is killed; touches and answers about consent do not go this way.
/// </summary>
public sealed partial class CollectorLog(IDbContextFactory<RevOpsDb> databases, ChangeFeed feed, ILogger<CollectorLog> log) : IAsyncDisposable
{
    public const int LongestDetail = 200;

    private const int Tries = 3;
    private const int MostPixels = 10_000;

    /// <summary>Details come from strangers too: beyond so many a day, one fact and site have no more.</summary>
    private const int MostDetails = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<Slot, HashSet<string>> details = [];
    private Dictionary<(Slot Slot, string Detail), (long Count, DateTimeOffset LastAt)> counts = [];
    private Dictionary<(Guid, string), PixelNote> pixels = [];
    private Task? writing;

    public void Count(Guid siteId, DateOnly day, CollectorFact fact, DateTimeOffset at, string detail = "")
    {
        lock (gate)
        {
            var slot = new Slot(siteId, day, fact);
            var key = (slot, Bounded(slot, detail));
            var before = counts.GetValueOrDefault(key);
            counts[key] = (before.Count + 1, at > before.LastAt ? at : before.LastAt);
            WriteSoon();
        }
    }

    public void Note(PixelNote note)
    {
        lock (gate)
        {
            var key = (note.SiteId, note.TouchEventId);
            if (pixels.TryGetValue(key, out var before))
                note = note with { Meta = note.Meta is true ? true : before.Meta ?? note.Meta, Google = note.Google is true ? true : before.Google ?? note.Google, EventIds = [.. before.EventIds, .. note.EventIds] };
            else if (pixels.Count >= MostPixels)
                return;
            pixels[key] = note;
            WriteSoon();
        }
    }

    /// <summary>Writes what was counted so far.</summary>
    public async Task FlushAsync()
    {
        await turn.WaitAsync();
        try
        {
            Dictionary<(Slot Slot, string Detail), (long Count, DateTimeOffset LastAt)> someCounts;
            Dictionary<(Guid, string), PixelNote> somePixels;
            lock (gate)
                ((someCounts, counts), (somePixels, pixels)) = ((counts, []), (pixels, []));
            foreach (var ((slot, detail), (count, lastAt)) in someCounts)
                await TryAsync(() => AddAsync(slot, detail, count, lastAt));
            if (somePixels.Count > 0)
                await TryAsync(() => KeepAsync([.. somePixels.Values]));
            if (someCounts.Count > 0)
                feed.Publish(nameof(CollectorCount));
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await FlushAsync();
        turn.Dispose();
    }

    /// <summary>Within the gate.</summary>
    private void WriteSoon()
    {
        if (writing is null or { IsCompleted: true })
            writing = Task.Run(WriteLaterAsync);
    }

    private async Task WriteLaterAsync()
    {
        await Task.Delay(Pause, TimeProvider.System);

        // From here on what is counted asks for the next writing.
        lock (gate)
            writing = null;
        await FlushAsync();
    }

    private string Bounded(Slot slot, string detail)
    {
        if (detail.Length == 0)
            return detail;
        if (!details.TryGetValue(slot, out var known))
        {
            foreach (var old in details.Keys.Where(other => other.Day < slot.Day.AddDays(-1)).ToList())
                details.Remove(old);
            details[slot] = known = new(StringComparer.Ordinal);
        }

        var cut = detail.Length > LongestDetail ? detail[..LongestDetail] : detail;
        return known.Contains(cut) || (known.Count < MostDetails && known.Add(cut)) ? cut : "";
    }

    /// <summary>Another node may have made the same row in between: whoever loses adds to it.</summary>
    private async Task TryAsync(Func<Task> write)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                await write();
                return;
            }
            catch (DbUpdateException) when (tried < Tries)
            {
                // Read again.
            }
#pragma warning disable CA1031 // A number less is no reason to stop counting.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.LogError(error, "What browsers did could not be written down");
                return;
            }
        }
    }

    private async Task AddAsync(Slot slot, string detail, long count, DateTimeOffset lastAt)
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.BeginWorkAsync(CancellationToken.None);
        var row = db.Set<CollectorCount>().Where(row => row.SiteId == slot.SiteId && row.Day == slot.Day && row.Fact == slot.Fact && row.Detail == detail);
        var found = await db.WriteAsync(() => row.ExecuteUpdateAsync(set => set.SetProperty(one => one.Count, one => one.Count + count).SetProperty(one => one.LastAt, lastAt)), CancellationToken.None);
        if (found > 0)
            return;
        db.Add(new CollectorCount { SiteId = slot.SiteId, Day = slot.Day, Fact = slot.Fact, Detail = detail, Count = count, LastAt = lastAt });
        await db.SaveChangesAsync();
    }

    private async Task KeepAsync(IReadOnlyList<PixelNote> notes)
    {
        await using var db = await databases.CreateDbContextAsync();
        var homes = await HomesAsync(db, notes);
        await db.BeginWorkAsync(CancellationToken.None);
        foreach (var some in notes.Chunk(500))
        {
            var ids = some.Select(note => note.TouchEventId).ToList();
            var known = (await db.Set<PixelReport>().Where(report => ids.Contains(report.TouchEventId)).ToListAsync()).ToDictionary(report => (report.SiteId, report.TouchEventId));
            foreach (var note in some)
            {
                if (!known.TryGetValue((note.SiteId, note.TouchEventId), out var report))
                {
                    report = new() { Id = Guid.CreateVersion7(), SiteId = note.SiteId, TouchEventId = note.TouchEventId, OccurredAt = note.OccurredAt, Meta = null, Google = null };
                    db.Add(known[(note.SiteId, note.TouchEventId)] = report);
                }

                report.Take(note);
                report.PersonId ??= homes.GetValueOrDefault(note.TouchEventId);
            }

            await db.SaveChangesAsync();
            await KeepEventsAsync(db, [.. some.Select(note => (note, known[(note.SiteId, note.TouchEventId)]))]);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Under whom the visits lie.</summary>
    private static async Task<Dictionary<string, Guid?>> HomesAsync(RevOpsDb db, IReadOnlyCollection<PixelNote> notes)
    {
        var sites = notes.Select(note => note.SiteId).Distinct().ToList();
        var sources = (await db.Set<SiteKey>().Where(site => sites.Contains(site.Id)).Select(site => site.Name).ToListAsync()).ConvertAll(SourceOf);
        var homes = new Dictionary<string, Guid?>(StringComparer.Ordinal);
        foreach (var ids in notes.Select(note => note.TouchEventId).Distinct(StringComparer.Ordinal).Chunk(500))
        {
            foreach (var row in await (from received in db.Set<ReceivedEvent>()
                                       join person in db.Set<Person>() on received.OwnerId equals person.Id
                                       where sources.Contains(received.Source) && EF.Parameter(ids).Contains(received.EventId) && person.ErasedAt == null
                                       select new { received.EventId, received.OwnerId }).ToListAsync())
                homes[row.EventId] = row.OwnerId;
        }

        return homes;
    }

    /// <summary>As what a site's events are known.</summary>
    public static string SourceOf(string siteName) => $"collector:{siteName}";

    /// <summary>What a page may give a pixel: <c>booked.B-17</c>. Anybody may call, and nothing else is kept.</summary>
    [GeneratedRegex("^(lead|qualified|meeting|booked|paid|refunded)\\.[^\\s@]{1,180}$")]
    private static partial Regex EventId();

    /// <summary>Which conversions the pixels had an id for, and whether they were there to send it.</summary>
    private static async Task KeepEventsAsync(RevOpsDb db, IReadOnlyCollection<(PixelNote Note, PixelReport Report)> told)
    {
        var ids = told.SelectMany(one => one.Note.EventIds).Where(id => EventId().IsMatch(id)).Distinct(StringComparer.Ordinal).ToList();
        var known = ids.Count == 0 ? [] : await db.Set<BrowserEvent>().Where(seen => EF.Parameter(ids).Contains(seen.EventId)).ToDictionaryAsync(seen => seen.EventId, StringComparer.Ordinal);
        foreach (var (note, report) in told)
        {
            foreach (var id in note.EventIds.Where(id => EventId().IsMatch(id)))
            {
                if (!known.TryGetValue(id, out var seen))
                    db.Add(known[id] = seen = new() { Id = Guid.CreateVersion7(), EventId = id, SeenAt = note.OccurredAt });
                (seen.Meta, seen.Google) = (seen.Meta || report.Meta == true, seen.Google || report.Google == true);
            }
        }
    }

    private readonly record struct Slot(Guid SiteId, DateOnly Day, CollectorFact Fact);
}
