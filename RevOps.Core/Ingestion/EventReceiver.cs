using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>
/// The one way in: events of other systems, verified hooks and decisions made on pages. An event, the state that it changes and the
/// work that it asks for are committed together, once per (source, id).
/// </summary>
public sealed class EventReceiver(IDbContextFactory<RevOpsDb> databases, IngestionServices services, TouchWriter touches, RejectedEvents rejected, CollectorLog counts)
{
    private const int Tries = 5;
    private static readonly string[] OwnSources = [StripeNoticed.Source, "revops"];
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromMinutes(5);

    /// <summary>Receives the events of a request; a bad one never sinks the others. One result each, in order.</summary>
    public async Task<IReadOnlyList<EventResult>> ReceiveAsync(IReadOnlyList<JsonElement> elements, bool dryRun, CancellationToken cancel)
    {
        var read = elements.Select(Read).ToList();
        if (dryRun)
            return await Task.WhenAll(read.Select(item => TryOutAsync(item, cancel)));

        var results = new EventResult[read.Count];
        var hot = read.Index().Where(item => item.Item is { Data: TouchReceived { Program: null }, Errors.Count: 0 }).ToList();
        var written = await touches.WriteAsync([.. hot.Select(item => new IncomingTouch(item.Item.Envelope!, (TouchReceived)item.Item.Data!, item.Item.OccurredAt))], cancel);
        foreach (var (index, item) in read.Index())
        {
            if (item.Errors.Count > 0)
                results[index] = await RejectAsync(item, cancel);
            else if (item.Data is TouchReceived { Program: { } program })
                results[index] = await LeaveOutAsync(item.Envelope!, program, cancel);
            else if (item.Data is not TouchReceived)
                results[index] = await ReceiveOneAsync(item, cancel);
        }

        foreach (var ((index, _), result) in hot.Zip(written))
            results[index] = result;
        return results;
    }

    /// <summary>Lets in what the product itself noticed or decided; false when it was in already.</summary>
    public async Task<bool> ReceiveInternalAsync(string source, string id, string type, IncomingEvent data, CancellationToken cancel, DateTimeOffset? occurredAt = null, bool isSigned = false)
    {
        using var json = JsonSerializer.SerializeToDocument(data, data.GetType());
        var envelope = new CloudEvent(id, source, type, occurredAt, json.RootElement);
        return await StoreAsync(envelope, data, occurredAt ?? services.Clock.GetUtcNow(), cancel, isSigned);
    }

    private ReadEvent Read(JsonElement element)
    {
        try
        {
            return TryRead(element);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: the parser lets it pass, and no text can hold it.
            return new(element, null, null, services.Clock.GetUtcNow(), [new("", "Every text has to be valid Unicode.")]);
        }
    }

    private ReadEvent TryRead(JsonElement element)
    {
        var errors = new List<FieldError>();
        var now = services.Clock.GetUtcNow();
        var envelope = CloudEvent.Read(element, errors);
        if (envelope is null)
            return new(element, null, null, now, errors);
        if (OwnSources.Contains(envelope.Source))
            errors.Add(new("source", $"'{envelope.Source}' is kept for what the product notices itself: another name is expected."));
        if (envelope.Time > now + FurthestAhead)
            errors.Add(new("time", $"The time is in the future: at most 5 minutes ahead of {now:yyyy-MM-ddTHH:mm:ssZ} is expected."));
        return new(element, envelope, EventTypes.Read(envelope.Type, envelope.Data, errors), envelope.Time ?? now, errors);
    }

    private async Task<EventResult> ReceiveOneAsync(ReadEvent item, CancellationToken cancel) =>
        await StoreAsync(item.Envelope!, item.Data!, item.OccurredAt, cancel) ? EventResult.Accepted(item.Envelope!.Id) : EventResult.Duplicate(item.Envelope!.Id);

    /// <summary>A program's visit is a number, as it is at the collector's door.</summary>
    private async Task<EventResult> LeaveOutAsync(CloudEvent envelope, string program, CancellationToken cancel)
    {
        var now = services.Clock.GetUtcNow();
        counts.Count(CollectorCount.NoSite, (await services.Company.CurrentAsync(cancel)).DayOf(now), CollectorFact.Bot, now, program);
        return EventResult.Accepted(envelope.Id);
    }

    private async Task<EventResult> RejectAsync(ReadEvent item, CancellationToken cancel)
    {
        // Refused under an id that is taken is a repeat of what was accepted.
        if (item.Envelope is { } envelope && await NoteRepeatAsync(envelope, cancel))
            return EventResult.Duplicate(envelope.Id);
        await rejected.KeepAsync(item.Element, item.Errors, cancel);
        return EventResult.Rejected(CloudEvent.Peek(item.Element, "id"), item.Errors);
    }

    private async Task<EventResult> TryOutAsync(ReadEvent item, CancellationToken cancel)
    {
        if (item.Envelope is { } envelope)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            if (await db.Set<ReceivedEvent>().AnyAsync(row => row.Source == envelope.Source && row.EventId == envelope.Id, cancel))
                return EventResult.Duplicate(envelope.Id) with { WouldDo = ["Nothing: this event is in already"] };
        }

        return item.Errors.Count > 0
            ? EventResult.Rejected(CloudEvent.Peek(item.Element, "id"), item.Errors)
            : EventResult.Accepted(item.Envelope!.Id) with { WouldDo = [.. item.Data!.WouldDo()] };
    }

    /// <summary>
    /// Stores and applies an event in one transaction. Another node may be writing the same person or event: whoever loses starts
    /// again from what is there then.
    /// </summary>
    private async Task<bool> StoreAsync(CloudEvent envelope, IncomingEvent data, DateTimeOffset occurredAt, CancellationToken cancel, bool isSigned = false)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                if (await NoteRepeatAsync(envelope, cancel))
                    return false;
                return await TryStoreAsync(envelope, data, occurredAt, isSigned, cancel);
            }
            catch (Exception lost) when (tried < Tries && lost is (DbUpdateException or DbException))
            {
                // Lost a race; read again.
            }
        }
    }

    private async Task<bool> TryStoreAsync(CloudEvent envelope, IncomingEvent data, DateTimeOffset occurredAt, bool isSigned, CancellationToken cancel)
    {
        var company = await services.Company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<ReceivedEvent>().AnyAsync(row => row.Source == envelope.Source && row.EventId == envelope.Id, cancel))
            return false;

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var who = await ResolveAsync(db, data, occurredAt, company, cancel);
        var received = await SealAsync(db, envelope, who?.Person.Id ?? await data.OwnerAsync(db, cancel) ?? DataKey.Company, occurredAt, cancel);
        received.IsSigned = isSigned;
        db.Add(received);

        var reception = new Reception(db, received, data, services, company, cancel) { Person = who?.Person };
        var fate = await data.ApplyAsync(reception);
        (received.Status, received.ParkedOn) = fate.ParkedOn is { } on ? (EventStatus.Parked, on.Length > 250 ? on[..250] : on) : (fate.IsIgnored ? EventStatus.Ignored : EventStatus.Applied, null);
        if (who is { Moved: { Count: > 0 } moved } && !data.IsHistory)
            await Reconsider.PeopleAsync(reception, moved);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<Resolution?> ResolveAsync(RevOpsDb db, IncomingEvent data, DateTimeOffset occurredAt, CompanyVersion company, CancellationToken cancel)
    {
        if (!data.NamesSomebody)
            return null;
        var sighting = new Sighting(occurredAt) { Contact = data.Contact, VisitorId = data.VisitorId, ClickIds = data.ClickIds, DefaultCountry = company.Country };
        var who = await services.Identity.ResolveAsync(db, sighting, cancel);

        // What follows asks the database who belongs to whom.
        await db.SaveChangesAsync(cancel);
        return who;
    }

    private async Task<ReceivedEvent> SealAsync(RevOpsDb db, CloudEvent envelope, Guid owner, DateTimeOffset occurredAt, CancellationToken cancel)
    {
        var (id, json) = (Guid.CreateVersion7(), envelope.Data.GetRawText());
        return new()
        {
            Id = id,
            Source = envelope.Source,
            EventId = envelope.Id,
            Type = envelope.Type,
            OccurredAt = occurredAt,
            RecordedAt = TimeProvider.System.GetUtcNow(),
            Mode = services.Mode,
            OwnerId = owner,
            SealedData = await services.Vault.SealAsync(db, owner, id, json, cancel),
            DataHash = services.Vault.LookupHash("event", json),
        };
    }

    /// <summary>True when the event is in already; that it came again, and whether its body was another, is noted.</summary>
    private async Task<bool> NoteRepeatAsync(CloudEvent envelope, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.Set<ReceivedEvent>().AsNoTracking().Where(row => row.Source == envelope.Source && row.EventId == envelope.Id)
            .Select(row => new { row.Id, row.DataHash }).SingleOrDefaultAsync(cancel);
        if (known is null)
            return false;

        var differs = !known.DataHash.AsSpan().SequenceEqual(services.Vault.LookupHash("event", envelope.Data.GetRawText()));
        await db.WriteAsync(() => db.Set<ReceivedEvent>().Where(row => row.Id == known.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Repeats, row => row.Repeats + 1)
            .SetProperty(row => row.RepeatDiffered, row => row.RepeatDiffered || differs), cancel), cancel);
        services.Feed.Publish(nameof(ReceivedEvent));
        return true;
    }

    private sealed record ReadEvent(JsonElement Element, CloudEvent? Envelope, IncomingEvent? Data, DateTimeOffset OccurredAt, List<FieldError> Errors);
}
