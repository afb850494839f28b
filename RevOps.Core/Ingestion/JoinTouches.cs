using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>Joins stored touches to people and puts them on their journeys, many in one commit.</summary>
public sealed class JoinTouches(IDbContextFactory<RevOpsDb> databases, IngestionServices services, JoinPace pace) : IOutboxJob
{
    /// <summary>One joiner at a time: two would take the same touches.</summary>
    public const string Lane = "touches";

    // Nobody waits long for their turn to write while others do; what has piled up and keeps nobody waiting goes in larger portions, which cost less each.
    private const int FewPerCommit = 500;
    private const int MostPerCommit = 10_000;

    // As much piles up only where nobody joined for a while: who came last, of all people, can wait until it is worked off.
    private const int PiledUp = 2_000;

    // A visit this fresh is known before anything that follows from it.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(1);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await pace.WaitAsync(cancel);
        var (company, most) = (await services.Company.CurrentAsync(cancel), FewPerCommit);
        var (portion, familiars) = (await ReadAsync(most, null, company, cancel), await FamiliarsAsync(cancel));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var folding = Task.CompletedTask;
        while (portion.Stored.Count > 0)
        {
            // The next is read and opened while this one is written: on a thread of its own, since the driver of SQLite waits for nothing.
            most = pace.IsCrowded ? Math.Max(FewPerCommit, most / 2) : portion.Stored.Count == most ? Math.Min(most * 2, MostPerCommit) : FewPerCommit;
            var (last, some) = (portion.Stored[^1], most);
            var next = Task.Run(() => ReadAsync(some, last, company, cancel), cancel);
            var joined = false;
            try
            {
                await pace.LetOthersAsync(cancel);
                joined = await JoinAsync(db, portion, portion.Stored.Count >= PiledUp ? familiars : null, company, cancel);
            }
            finally
            {
                db.EndWork();
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (portion.Stored.Count == MostPerCommit && folding.IsCompleted)
                folding = Task.Run(() => FoldLogAsync(cancel), cancel);
            if (familiars.IsFull)
                await LaterSights.WriteAsync(databases, familiars.TakeNews(), cancel);

            // Some may have been stored a little earlier than the last, and committed later.
            portion = joined ? await next : new([], [], new(services.Vault), portion.Rules);
            if (portion.Stored.Count == 0)
                portion = await ReadAsync(FewPerCommit, null, company, cancel);
        }

        await folding;
        if (familiars.HaveNews)
            await LaterSights.WriteAsync(databases, familiars.TakeNews(), cancel);
        pace.Ended();
        return OutboxResult.Done;
    }

    private async Task FoldLogAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.FoldLogAsync(cancel);
    }

    private async Task<Familiars> FamiliarsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return new(await LaterSights.LeftAsync(db, cancel));
    }

    /// <summary>The oldest that wait.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="after">The last of those that are being joined just now; null: from the first.</param>
    /// <param name="company">Whose country a phone number is read with.</param>
    /// <param name="cancel">Ends the reading.</param>
    private async Task<Portion> ReadAsync(int most, ReceivedEvent? after, CompanyVersion company, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = db.Set<ReceivedEvent>().AsNoTracking().Where(row => row.Type == TouchReceived.Type && row.Status == EventStatus.Stored);
        if (after is { RecordedAt: var at, Id: var id })
            waiting = waiting.Where(row => row.RecordedAt >= at && (row.RecordedAt > at || row.Id.CompareTo(id) > 0));
        var rules = await services.Channels.CurrentAsync(cancel);

        // Of long rows what is asked here, and no more.
        var stored = await waiting.OrderBy(row => row.RecordedAt).ThenBy(row => row.Id).Take(most)
            .Select(row => new ReceivedEvent { Id = row.Id, Source = "", EventId = "", Type = TouchReceived.Type, OccurredAt = row.OccurredAt, RecordedAt = row.RecordedAt, Mode = row.Mode, OwnerId = row.OwnerId, SealedData = row.SealedData, DataHash = Array.Empty<byte>() }).ToListAsync(cancel);
        var ring = new KeyRing(services.Vault);
        await ring.LoadAsync(db, stored.Select(received => received.OwnerId), cancel);
        var opened = new OpenedTouch?[stored.Count];
        Parallel.For(0, stored.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, index => opened[index] = Open(stored[index], ring, rules, company));
        return new(stored, [.. opened.OfType<OpenedTouch>()], ring, rules);
    }

    /// <returns>False when somebody was forgotten or the rules of channels changed since they were opened: they have to be read anew, with what is left of the keys.</returns>
    private async Task<bool> JoinAsync(RevOpsDb db, Portion portion, Familiars? familiars, CompanyVersion company, CancellationToken cancel)
    {
        await db.BeginWorkAsync(cancel);
        var began = TimeProvider.System.GetTimestamp();
        await using var transaction = await db.BeginRedoableAsync(cancel);

        if (portion.Ring.IsStale || !ReferenceEquals(portion.Rules, await services.Channels.CurrentAsync(cancel)))
            return false;
        var (seen, stored) = (portion.Touches.ConvertAll(touch => touch.Seen), new HashSet<ReceivedEvent>());
        Task StoreThemAsync(IReadOnlyList<Guid?> people) => StoreAsync(db, portion, [.. portion.Touches.Zip(people).Where(one => one.Second is not null && stored.Add(one.First.Received)).Select(one => (one.First, one.Second!.Value))], cancel);
        await using var aside = familiars is not null && db.CanReadAside ? await databases.CreateDbContextAsync(cancel) : null;
        var (people, moved) = familiars is not null && aside is not null ? await services.Identity.ResolveAllAsync(db, aside, seen, familiars, StoreThemAsync, cancel) : await services.Identity.ResolveAllAsync(db, seen, cancel);
        var placed = portion.Touches.Zip(people, (touch, person) => (Touch: touch, Person: person.Fact)).ToList();
        await HandOverAsync(db, portion, people, cancel);
        await StoreThemAsync([.. placed.Select(one => (Guid?)one.Person)]);
        await ApplyAsync(db, [.. portion.Stored.Where(received => !stored.Contains(received))], cancel);
        if (placed.Count > 0)
            await FollowAsync(ReceptionOf(db, placed[0].Touch, company, cancel), placed, moved);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        pace.Wrote(TimeProvider.System.GetElapsedTime(began), db.IsAwaited);
        return true;
    }

    /// <summary>What says who somebody is goes with them when they are forgotten, not with the browser that they used.</summary>
    private static async Task HandOverAsync(RevOpsDb db, Portion portion, IReadOnlyList<Seen> people, CancellationToken cancel)
    {
        var named = portion.Touches.Zip(people).Where(one => one.Second.Named != one.Second.Fact).Select(one => (one.First.Received, one.Second.Named)).ToList();
        await portion.Ring.LoadAsync(db, named.Select(one => one.Named), cancel);
        foreach (var (received, person) in named)
            (received.SealedData, received.OwnerId) = (portion.Ring.Seal(person, received.Id, portion.Ring.Open(received.OwnerId, received.Id, received.SealedData)!), person);
        await db.UpdateAsync(named.ConvertAll(one => one.Received), [nameof(ReceivedEvent.OwnerId), nameof(ReceivedEvent.SealedData)], cancel);
    }

    private static async Task StoreAsync(RevOpsDb db, Portion portion, List<(OpenedTouch Touch, Guid Person)> placed, CancellationToken cancel)
    {
        var elsewhere = placed.Where(one => one.Touch.Row.PersonId != one.Person).ToList();
        await portion.Ring.LoadAsync(db, elsewhere.Select(one => one.Person), cancel);
        var rows = placed.ConvertAll(one => one.Touch.Row.PersonId == one.Person ? one.Touch.Row
            : one.Touch.Data.Row(one.Touch.Received, one.Person, portion.Rules, one.Touch.Data.SealDetails(portion.Ring, one.Person, one.Touch.Received.Id)));

        // As their index has them: what lies side by side is written side by side.
        rows.Sort((one, other) => one.PersonId.CompareTo(other.PersonId));
        await db.InsertAsync(rows, cancel);
        await ApplyAsync(db, placed.ConvertAll(one => one.Touch.Received), cancel);
    }

    private static Task ApplyAsync(RevOpsDb db, List<ReceivedEvent> received, CancellationToken cancel)
    {
        received.ForEach(one => one.Status = EventStatus.Applied);
        return db.UpdateAsync(received, [nameof(ReceivedEvent.Status)], cancel);
    }

    /// <summary>What was paid before a visit came to be known of may owe it something.</summary>
    private static async Task FollowAsync(Reception reception, List<(OpenedTouch Touch, Guid Person)> placed, IReadOnlyCollection<Guid> moved)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var late = placed.Where(one => one.Touch.Received.OccurredAt < reception.Now - AtOnce).ToList();
        var owing = late.Count == 0 ? [] : await OwingAsync(db, late.Min(one => one.Touch.Received.OccurredAt), [.. late.Select(one => one.Person).Distinct()], cancel);
        if (moved.Count + owing.Count > 0)
            await Reconsider.PeopleAsync(reception, [.. moved.Union(owing)]);
    }

    /// <summary>Who is one with any of these people and was invoiced after the first of the touches.</summary>
    private static async Task<List<Guid>> OwingAsync(RevOpsDb db, DateTimeOffset first, List<Guid> people, CancellationToken cancel)
    {
        if (!await db.Set<Invoice>().AnyAsync(invoice => invoice.OccurredAt >= first, cancel))
            return [];
        return await (from self in db.Set<Person>()
                      join member in db.Set<Person>() on self.CanonicalId equals member.CanonicalId
                      join invoice in db.Set<Invoice>() on member.Id equals invoice.PersonId
                      where EF.Parameter(people).Contains(self.Id) && invoice.OccurredAt >= first
                      select member.Id).Distinct().ToListAsync(cancel);
    }

    /// <summary>Null of whoever was erased in between: they are gone with their key.</summary>
    private OpenedTouch? Open(ReceivedEvent received, KeyRing ring, ChannelHistory rules, CompanyVersion company)
    {
        using var key = ring.Of(received.OwnerId);
        if (key is null)
            return null;
        using var document = JsonDocument.Parse(Sealer.Open(key, received.Id, received.SealedData));
        if (EventTypes.Read(received.Type, document.RootElement, []) is not TouchReceived data)
            return null;
        // Needed again only by whoever it may be handed over to: thousands of touches are in memory at once.
        if (data.Contact is null)
            received.SealedData = [];
        var sighting = new Sighting(received.OccurredAt) { Contact = data.Contact, VisitorId = data.VisitorId, ClickIds = data.ClickIds, DefaultCountry = company.Country, IsTouch = true };
        return new(received, data, new SeenKeys(sighting, services.Identity) { Home = received.OwnerId }.Ready(), data.Row(received, received.OwnerId, rules, data.SealDetails(key, received.Id)));
    }

    private Reception ReceptionOf(RevOpsDb db, OpenedTouch touch, CompanyVersion company, CancellationToken cancel) =>
        new(db, touch.Received, touch.Data, services, company, cancel);

    /// <param name="Stored">As they stand in the queue.</param>
    /// <param name="Touches">Those of them that can be read.</param>
    /// <param name="Ring">The keys that they were opened with.</param>
    /// <param name="Rules">The rules that gave them their channels.</param>
    private sealed record Portion(List<ReceivedEvent> Stored, List<OpenedTouch> Touches, KeyRing Ring, ChannelHistory Rules);
}

/// <summary>A stored touch in clear.</summary>
/// <param name="Received">As it stands in the queue.</param>
/// <param name="Data">What it says.</param>
/// <param name="Seen">Who it was.</param>
/// <param name="Row">As it stands on the visitor's journey, where nearly every touch stays.</param>
internal sealed record OpenedTouch(ReceivedEvent Received, TouchReceived Data, SeenKeys Seen, Touch Row);
