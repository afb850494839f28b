using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>Kinds of data that are held of a person, in the order of the page and the export.</summary>
public enum HeldKind
{
    Contact,
    Keys,
    Consents,
    Touches,
    VoiceSessions,
    Readings,
    LeadStages,
    Bookings,
    Invoices,
    Payments,
    Conversions,
    Messages,
    Mails,
    Events,
    Merges,
}

/// <summary>Everything that is held of a person: how much of each kind, and all of it for whoever has a right to it.</summary>
public sealed class PersonFileQueries(IDbContextFactory<RevOpsDb> databases, Vault vault)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    /// <summary>Null when there is nobody of this id.</summary>
    public async Task<PersonFile?> FindAsync(Guid personId, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await StandsAsync(db, personId, cancel) is not { } person)
            return null;
        var group = IdentityGraph.GroupOf(db, person.Id);
        var held = new List<Held>
        {
            new(HeldKind.Contact, person.SealedContact is null ? 0 : 1, person.CreatedAt, person.LastSeenAt),
            await SpanAsync(HeldKind.Keys, db.Set<PersonKey>().Where(row => group.Contains(row.PersonId)).Select(row => row.FirstSeenAt), cancel),
            await SpanAsync(HeldKind.Consents, db.Set<ConsentRecord>().Where(row => group.Contains(row.PersonId)).Select(row => row.OccurredAt), cancel),
            await SpanAsync(HeldKind.Touches, db.Set<Touch>().Where(row => group.Contains(row.PersonId)).Select(row => row.OccurredAt), cancel),
            await SpanAsync(HeldKind.VoiceSessions, db.Set<VoiceSession>().Where(row => group.Contains(row.PersonId)).Select(row => row.StartedAt), cancel),
            await SpanAsync(HeldKind.Readings, ReadingsOf(db, group).Select(row => row.ReadAt!.Value), cancel),
            await SpanAsync(HeldKind.LeadStages, db.Set<LeadStageRecord>().Where(row => group.Contains(row.PersonId)).Select(row => row.OccurredAt), cancel),
            await SpanAsync(HeldKind.Bookings, db.Set<Booking>().Where(row => group.Contains(row.PersonId)).Select(row => row.OccurredAt), cancel),
            await SpanAsync(HeldKind.Invoices, db.Set<Invoice>().Where(row => group.Contains(row.PersonId)).Select(row => row.OccurredAt), cancel),
            await SpanAsync(HeldKind.Payments, PaymentsOf(db, group).Select(row => row.OccurredAt), cancel),
            await SpanAsync(HeldKind.Conversions, db.Set<Conversion>().Where(row => group.Contains(row.PersonId)).Select(row => row.OccurredAt), cancel),
            await SpanAsync(HeldKind.Messages, db.Set<OutsideEffect>().Where(row => group.Contains(row.OwnerId)).Select(row => row.RecordedAt), cancel),
            await SpanAsync(HeldKind.Mails, db.Set<StoredMail>().Where(row => group.Contains(row.OwnerId)).Select(row => row.RecordedAt), cancel),
            await SpanAsync(HeldKind.Events, db.Set<ReceivedEvent>().Where(row => group.Contains(row.OwnerId)).Select(row => row.OccurredAt), cancel),
            await SpanAsync(HeldKind.Merges, MergesOf(db, group).Select(row => row.OccurredAt), cancel),
        };
        return new()
        {
            Id = person.Id,
            ErasedAt = person.ErasedAt,
            Held = held,
            Consents = await ConsentsAsync(db, group, clear: false, cancel),
            WaitingDrafts = await PeopleDesk.WaitingDrafts(db, person.Id).Select(invoice => invoice.Id).ToListAsync(cancel),
            IssuedInvoices = await db.Set<Invoice>().CountAsync(row => group.Contains(row.OwnerId) && row.IssuedAt != null, cancel),
            WaitingConversions = await db.Set<Conversion>().CountAsync(row => group.Contains(row.PersonId) && (row.Status == ConversionStatus.Queued || row.Status == ConversionStatus.Held), cancel),
            IsClient = await db.Set<Customer>().AnyAsync(row => group.Contains(row.PersonId) && row.OwnerId == DataKey.Company, cancel),
        };
    }

    /// <summary>The answers of a person, newest first, with their proof for whoever may see it.</summary>
    public async Task<IReadOnlyList<ConsentView>> ConsentsAsync(Guid personId, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ConsentsAsync(db, IdentityGraph.GroupOf(db, personId), clear, cancel);
    }

    /// <summary>All of it in clear, as one JSON document; null when there is nobody of this id.</summary>
    public async Task<JsonObject?> ExportAsync(Guid personId, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await StandsAsync(db, personId, cancel) is not { } person)
            return null;
        var group = IdentityGraph.GroupOf(db, person.Id);
        var sections = new Dictionary<HeldKind, JsonNode?>
        {
            [HeldKind.Contact] = await OpenAsync(person.Id, person.Id, person.SealedContact, cancel),
            [HeldKind.Keys] = Array(await KeysAsync(db, group, cancel)),
            [HeldKind.Consents] = Array(await ConsentsAsync(db, group, clear: true, cancel)),
            [HeldKind.Touches] = await EachAsync(db.Set<Touch>().Where(row => group.Contains(row.PersonId)).OrderBy(row => row.OccurredAt), async touch => With(
                new { touch.Id, touch.OccurredAt, touch.Channel, touch.Source, touch.Medium, touch.Campaign, touch.Platform, touch.CampaignId, touch.AdId, touch.LandingPath },
                await OpenAsync(touch.PersonId, touch.Id, touch.SealedDetails, cancel)), cancel),
            [HeldKind.VoiceSessions] = await EachAsync(db.Set<VoiceSession>().Where(row => group.Contains(row.PersonId)).OrderBy(row => row.StartedAt), async session => With(
                new { session.SessionId, session.StartedAt, session.EndedAt, session.Outcome, session.Budget, session.Authority, session.Need, session.Timeline, session.Qualified, session.Language, session.AiDisclosedAt, session.RecordingConsent },
                await OpenAsync(session.PersonId, session.Id, session.SealedEvidence, cancel), "evidence"), cancel),
            [HeldKind.Readings] = await EachAsync(ReadingsOf(db, group).OrderBy(row => row.ReadAt), async reading => With(
                new { reading.ReadAt, reading.Budget, reading.Authority, reading.Need, reading.Timeline, reading.Qualified, Note = reading.NoteOwnerId is { } owner ? await vault.OpenAsync(owner, reading.Id, reading.SealedNote, cancel) : null }, null), cancel),
            [HeldKind.LeadStages] = Array(await db.Set<LeadStageRecord>().Where(row => group.Contains(row.PersonId)).OrderBy(row => row.OccurredAt).Select(row => new { row.OccurredAt, row.Stage, row.ValueMinor, row.Currency }).ToListAsync(cancel)),
            [HeldKind.Bookings] = await EachAsync(db.Set<Booking>().Where(row => group.Contains(row.PersonId)).OrderBy(row => row.OccurredAt), async booking => With(
                new { booking.BookingId, booking.DealId, booking.OccurredAt, booking.Status, booking.Mode, booking.AmountMinor, booking.Currency },
                await OpenAsync(booking.PersonId, booking.Id, booking.SealedContent, cancel), "content"), cancel),
            [HeldKind.Invoices] = await EachAsync(db.Set<Invoice>().Where(row => group.Contains(row.PersonId)).OrderBy(row => row.OccurredAt), async invoice => With(
                new { invoice.Id, invoice.Number, invoice.OccurredAt, invoice.Status, invoice.Mode, Gross = invoice.Gross.Minor, invoice.Currency, invoice.IssuedAt, invoice.PaidAt },
                invoice.OwnerId == DataKey.Company ? null : await OpenAsync(invoice.OwnerId, invoice.Id, invoice.SealedBuyer, cancel), "buyer"), cancel),
            [HeldKind.Payments] = Array(await PaymentsOf(db, group).OrderBy(row => row.OccurredAt).Select(row => new { row.InvoiceId, row.OccurredAt, row.Kind, row.AmountMinor, row.Currency }).ToListAsync(cancel)),
            [HeldKind.Conversions] = Array(await db.Set<Conversion>().Where(row => group.Contains(row.PersonId)).OrderBy(row => row.OccurredAt)
                .Select(row => new { row.Platform, row.Stage, row.EventId, row.OccurredAt, row.ValueMinor, row.Currency, row.Status, row.Reason, row.SentAt }).ToListAsync(cancel)),
            [HeldKind.Messages] = await EachAsync(db.Set<OutsideEffect>().Where(row => group.Contains(row.OwnerId)).OrderBy(row => row.RecordedAt), async effect => With(
                new { effect.Target, effect.Request, effect.RecordedAt, Sent = await vault.OpenAsync(effect.OwnerId, effect.Id, effect.SealedBody, cancel), Answer = await vault.OpenAsync(effect.OwnerId, effect.Id, effect.SealedAnswer, cancel) }, null), cancel),
            [HeldKind.Mails] = await EachAsync(db.Set<StoredMail>().Where(row => group.Contains(row.OwnerId)).OrderBy(row => row.RecordedAt), async mail => With(
                new { mail.Kind, mail.RecordedAt, mail.SentAt, To = await vault.OpenAsync(mail.OwnerId, mail.Id, mail.SealedRecipient, cancel) }, await OpenAsync(mail.OwnerId, mail.Id, mail.SealedContent, cancel)), cancel),
            [HeldKind.Events] = await EachAsync(db.Set<ReceivedEvent>().Where(row => group.Contains(row.OwnerId)).OrderBy(row => row.OccurredAt), async received => With(
                new { received.Source, received.EventId, received.Type, received.OccurredAt, received.RecordedAt }, await OpenAsync(received.OwnerId, received.Id, received.SealedData, cancel), "data"), cancel),
            [HeldKind.Merges] = Array(await MergesOf(db, group).OrderBy(row => row.OccurredAt).Select(row => new { row.PersonId, row.CanonicalId, row.Parted, row.By, row.OccurredAt }).ToListAsync(cancel)),
        };
        var export = new JsonObject { ["person"] = person.Id.ToString(), ["exportedAt"] = now.ToString("O", System.Globalization.CultureInfo.InvariantCulture) };
        foreach (var kind in Enum.GetValues<HeldKind>())
            export[JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())] = sections[kind];
        return export;
    }

    private static async Task<Person?> StandsAsync(RevOpsDb db, Guid personId, CancellationToken cancel) =>
        await (from self in db.Set<Person>() join canonical in db.Set<Person>() on self.CanonicalId equals canonical.Id where self.Id == personId select canonical).AsNoTracking().SingleOrDefaultAsync(cancel);

    private static IQueryable<Payment> PaymentsOf(RevOpsDb db, IQueryable<Guid> members) =>
        from payment in db.Set<Payment>() join invoice in db.Set<Invoice>() on payment.InvoiceId equals invoice.Id where members.Contains(invoice.PersonId) select payment;

    /// <summary>What a reader found in their conversations.</summary>
    private static IQueryable<BantReading> ReadingsOf(RevOpsDb db, IQueryable<Guid> members) =>
        from reading in db.Set<BantReading>() join session in db.Set<VoiceSession>() on reading.SessionId equals session.Id where reading.ReadAt != null && members.Contains(session.PersonId) select reading;

    private static IQueryable<PersonAlias> MergesOf(RevOpsDb db, IQueryable<Guid> group) => db.Set<PersonAlias>().Where(row => group.Contains(row.PersonId) || group.Contains(row.CanonicalId));

    private static async Task<Held> SpanAsync(HeldKind kind, IQueryable<DateTimeOffset> instants, CancellationToken cancel)
    {
        var span = await instants.GroupBy(_ => 1).Select(all => new { Count = all.Count(), First = all.Min(), Last = all.Max() }).SingleOrDefaultAsync(cancel);
        return span is null ? new(kind, 0, null, null) : new(kind, span.Count, span.First, span.Last);
    }

    private async Task<List<ConsentView>> ConsentsAsync(RevOpsDb db, IQueryable<Guid> group, bool clear, CancellationToken cancel)
    {
        var views = new List<ConsentView>();
        foreach (var record in await db.Set<ConsentRecord>().AsNoTracking().Where(row => group.Contains(row.PersonId)).OrderByDescending(row => row.OccurredAt).Take(200).ToListAsync(cancel))
        {
            views.Add(new(record.Id, record.OccurredAt, record.RecordedAt, record.Measurement, record.Ads, record.Personalization, record.TextVersion, record.SealedProof is not null,
                clear ? await vault.OpenAsync(record.PersonId, record.Id, record.SealedProof, cancel) : null));
        }

        return views;
    }

    private static async Task<List<object>> KeysAsync(RevOpsDb db, IQueryable<Guid> members, CancellationToken cancel) =>
        [.. await (from seen in db.Set<PersonKey>() join key in db.Set<IdentityKey>() on seen.KeyId equals key.Id where members.Contains(seen.PersonId) orderby key.Kind, seen.FirstSeenAt select new { Member = seen.PersonId, key.Kind, seen.FirstSeenAt, key.Standing, key.Decision }).ToListAsync(cancel)];

    private static JsonArray Array<T>(IEnumerable<T> rows) => JsonSerializer.SerializeToNode(rows, Json)!.AsArray();

    private static async Task<JsonArray> EachAsync<T>(IQueryable<T> rows, Func<T, Task<JsonNode>> write, CancellationToken cancel) where T : class
    {
        var array = new JsonArray();
        foreach (var row in await rows.AsNoTracking().ToListAsync(cancel))
            array.Add(await write(row));
        return array;
    }

    private static JsonNode With(object row, JsonNode? opened, string name = "details")
    {
        var node = JsonSerializer.SerializeToNode(row, Json)!;
        node[name] = opened;
        return node;
    }

    private async Task<JsonNode?> OpenAsync(Guid owner, Guid row, byte[]? sealedBytes, CancellationToken cancel) =>
        await vault.OpenAsync(owner, row, sealedBytes, cancel) is { } json ? JsonNode.Parse(json) : null;
}

/// <param name="First">Of the oldest; null where there is none.</param>
public sealed record Held(HeldKind Kind, int Count, DateTimeOffset? First, DateTimeOffset? Last);

public sealed record PersonFile
{
    /// <summary>The member that stands for all.</summary>
    public required Guid Id { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }
    public required IReadOnlyList<Held> Held { get; init; }

    /// <summary>Newest first, without proof.</summary>
    public required IReadOnlyList<ConsentView> Consents { get; init; }

    /// <summary>They have to be issued or dropped before the person can be erased.</summary>
    public required IReadOnlyList<Guid> WaitingDrafts { get; init; }

    /// <summary>To them as a private person: name and address stay on these.</summary>
    public required int IssuedInvoices { get; init; }

    public required int WaitingConversions { get; init; }

    /// <summary>They book for a company, whose data stay.</summary>
    public required bool IsClient { get; init; }
}

/// <param name="HasProof">Something was kept that shows it.</param>
/// <param name="Proof">Only for whoever may see it.</param>
public sealed record ConsentView(Guid Id, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, bool? Measurement, bool? Ads, bool? Personalization, string TextVersion, bool HasProof, string? Proof);
