using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>
/// All that is held of a person, in clear, as one JSON document with a section per <see cref="HeldKind"/>. What stands under the company's
/// key, such as the company that they book for, is given without the company's own values.
/// </summary>
public sealed class ExportPerson(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company)
{
    private readonly OpenedRows opened = new(vault);

    /// <summary>Null when there is nobody of this id.</summary>
    public async Task<JsonObject?> RunAsync(Guid personId, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await PersonFileQueries.StandsAsync(db, personId, cancel) is not { } person)
            return null;
        var group = IdentityGraph.GroupOf(db, person.Id);
        var (rows, members) = (new PersonRows(db, group), await group.ToListAsync(cancel));
        var sections = new Dictionary<HeldKind, JsonNode?>
        {
            [HeldKind.Contact] = await ContactAsync(db, person, group, cancel),
            [HeldKind.Keys] = await KeysAsync(db, rows, cancel),
            [HeldKind.Consents] = OpenedRows.Array(await PersonFileQueries.ReadAsync(vault, PersonFileQueries.InOrder(rows.Consents), group, clear: true, cancel)),
        };
        await AddConductAsync(sections, rows, cancel);
        await OpenedSales.AddAsync(sections, db, members, rows, opened, cancel);
        await AddMessagesAsync(sections, db, members, rows, cancel);
        var export = new JsonObject { ["person"] = person.Id.ToString(), ["exportedAt"] = now.ToString("O", CultureInfo.InvariantCulture) };
        foreach (var kind in Enum.GetValues<HeldKind>())
            export[JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())] = sections[kind];
        return export;
    }

    /// <summary>As it counts, and as each of those who became one said it.</summary>
    private async Task<JsonNode> ContactAsync(RevOpsDb db, Person person, IQueryable<Guid> group, CancellationToken cancel)
    {
        var contact = await opened.OpenAsync(person.Id, person.Id, person.SealedContact, cancel) as JsonObject ?? [];
        contact["members"] = await OpenedRows.EachAsync(db.Set<Person>().Where(row => group.Contains(row.Id)).OrderBy(row => row.CreatedAt), async member => OpenedRows.With(
            new { member.Id, member.CreatedAt, member.OwnCountry, member.OwnSeenAt }, await opened.OpenAsync(member.Id, member.Id, member.SealedOwn, cancel), "said"), cancel);
        return contact;
    }

    private static async Task<JsonArray> KeysAsync(RevOpsDb db, PersonRows rows, CancellationToken cancel) => OpenedRows.Array(await (
        from seen in rows.Keys join key in db.Set<IdentityKey>() on seen.KeyId equals key.Id orderby key.Kind, seen.FirstSeenAt
        select new { Member = seen.PersonId, key.Kind, seen.FirstSeenAt, key.Standing, key.Decision }).ToListAsync(cancel));

    private async Task AddConductAsync(Dictionary<HeldKind, JsonNode?> sections, PersonRows rows, CancellationToken cancel)
    {
        sections[HeldKind.Touches] = await OpenedRows.EachAsync(rows.Touches.OrderBy(row => row.OccurredAt), async touch => OpenedRows.With(
            new { touch.Id, touch.OccurredAt, touch.Channel, touch.Source, touch.Medium, touch.Campaign, touch.Platform, touch.CampaignId, touch.AdId, touch.LandingPath },
            await opened.OpenAsync(touch.PersonId, touch.Id, touch.SealedDetails, cancel)), cancel);
        sections[HeldKind.VoiceSessions] = await OpenedRows.EachAsync(rows.VoiceSessions.OrderBy(row => row.StartedAt), async session => OpenedRows.With(
            new { session.SessionId, session.StartedAt, session.EndedAt, session.Outcome, session.Budget, session.Authority, session.Need, session.Timeline, session.Qualified, session.Language, session.AiDisclosedAt, session.RecordingConsent },
            await opened.OpenAsync(session.PersonId, session.Id, session.SealedEvidence, cancel), "evidence"), cancel);
        sections[HeldKind.Readings] = await OpenedRows.EachAsync(rows.Readings.OrderBy(row => row.ReadAt), async reading => OpenedRows.With(
            new { reading.ReadAt, reading.Budget, reading.Authority, reading.Need, reading.Timeline, reading.Qualified },
            await opened.TextAsync(reading.NoteOwnerId ?? reading.Id, reading.Id, reading.SealedNote, cancel), "note"), cancel);
        sections[HeldKind.LeadStages] = OpenedRows.Array(await rows.LeadStages.OrderBy(row => row.OccurredAt).Select(row => new { row.OccurredAt, row.Stage, row.ValueMinor, row.Currency }).ToListAsync(cancel));
        sections[HeldKind.Conversions] = OpenedRows.Array(await rows.Conversions.OrderBy(row => row.OccurredAt)
            .Select(row => new { row.Platform, row.Stage, row.EventId, row.OccurredAt, row.ValueMinor, row.Currency, row.Status, row.Reason, row.SentAt }).ToListAsync(cancel));
        sections[HeldKind.Merges] = OpenedRows.Array(await rows.Merges.OrderBy(row => row.OccurredAt).Select(row => new { row.PersonId, row.CanonicalId, row.Parted, row.By, row.OccurredAt }).ToListAsync(cancel));
        sections[HeldKind.Links] = OpenedRows.Array(await rows.Links.OrderBy(row => row.LinkedAt).Select(row => new { row.PersonId, row.OtherId, row.LinkedAt }).ToListAsync(cancel));
    }

    private async Task AddMessagesAsync(Dictionary<HeldKind, JsonNode?> sections, RevOpsDb db, List<Guid> members, PersonRows rows, CancellationToken cancel)
    {
        sections[HeldKind.Messages] = await OpenedRows.EachAsync(rows.Messages.OrderBy(row => row.RecordedAt), async effect => OpenedRows.With(
            OpenedRows.With(new { effect.Target, effect.Request, effect.RecordedAt }, await opened.TextAsync(effect.OwnerId, effect.Id, effect.SealedBody, cancel), "sent"),
            await opened.TextAsync(effect.OwnerId, effect.Id, effect.SealedAnswer, cancel), "answer"), cancel);
        sections[HeldKind.Mails] = await OpenedRows.EachAsync(rows.Mails.OrderBy(row => row.RecordedAt), async mail => OpenedRows.With(
            OpenedRows.With(new { mail.Kind, mail.RecordedAt, mail.SentAt }, await opened.TextAsync(mail.OwnerId, mail.Id, mail.SealedRecipient, cancel), "to"),
            await opened.OpenAsync(mail.OwnerId, mail.Id, mail.SealedContent, cancel)), cancel);
        var strays = await StrayDeliveries.NamingAsync(db, vault, await ContactTraces.OfAsync(db, vault, members, (await company.CurrentAsync(cancel)).Country, cancel), cancel);
        sections[HeldKind.Deliveries] = await OpenedRows.EachAsync([.. (await rows.Deliveries.AsNoTracking().ToListAsync(cancel)).Concat(strays).OrderBy(row => row.RecordedAt)], DeliveryAsync);
        sections[HeldKind.Events] = await OpenedRows.EachAsync(rows.Events.OrderBy(row => row.OccurredAt), async received => OpenedRows.With(
            new { received.Source, received.EventId, received.Type, received.OccurredAt, received.RecordedAt }, await opened.OpenAsync(received.OwnerId, received.Id, received.SealedData, cancel), "data"), cancel);
        sections[HeldKind.Changes] = await OpenedRows.EachAsync(rows.Changes.OrderBy(row => row.Sequence), async change => OpenedRows.With(
            new { change.OccurredAt, change.Action, change.SubjectType }, await opened.OpenAsync(change.OwnerId, change.Id, change.SealedChange, cancel), "change"), cancel);

        async Task<JsonNode> DeliveryAsync(HookDelivery delivery) => OpenedRows.With(
            OpenedRows.With(new { delivery.Connector, delivery.Trigger, delivery.RecordedAt, delivery.Status }, await opened.TextAsync(delivery.OwnerId, delivery.Id, delivery.SealedBody, cancel), "body"),
            await opened.OpenAsync(delivery.OwnerId, delivery.Id, delivery.SealedEntered, cancel), "entered");
    }
}
