using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>
/// Translates one delivery by the mapping as it stands now and hands what it becomes to the front door. Run again it becomes the same event,
/// which is in already; with another mapping it becomes another content of it.
/// </summary>
public sealed class TranslateDelivery(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, EventReceiver receiver, HubSpotClient hubSpot, StripeAccount stripe, TimeProvider clock) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var id = Guid.Parse(row.Argument);
        var (delivery, body, entered) = await LoadAsync(id, cancel);
        if (delivery is null)
            return OutboxResult.Done;
        var translation = delivery.Error == HookDelivery.Expired ? new() { Ignored = HookDelivery.Expired } : body is null ? new() { Failed = "erased" } : await TranslateAsync(delivery, body, entered, cancel);
        await EndAsync(delivery, translation.Type is null ? new(Kept(translation), translation) : await HandInAsync(delivery, translation, cancel), cancel);
        return OutboxResult.Done;
    }

    private async Task<(HookDelivery? Delivery, string? Body, IReadOnlyDictionary<string, string> Entered)> LoadAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<HookDelivery>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, cancel) is not { } delivery)
            return (null, null, new Dictionary<string, string>());
        var body = await delivery.OpenBodyAsync(vault, cancel);
        var entered = await vault.OpenAsync(delivery.OwnerId, delivery.Id, delivery.SealedEntered, cancel) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)! : [];
        return (delivery, body, entered);
    }

    private async Task<Translation> TranslateAsync(HookDelivery delivery, string body, IReadOnlyDictionary<string, string> entered, CancellationToken cancel)
    {
        using var document = JsonDocument.Parse(body);
        try
        {
            return Connector.Find(delivery.Connector) switch
            {
                { Id: "standard" } => Whole(document.RootElement),
                { Id: "hubspot" } => await OfDealAsync(HubSpotNotice.Read(document.RootElement), entered, cancel),
                { Id: "calcom" } => await OfMeetingAsync(delivery, CalComHook.Read(document.RootElement), entered, cancel),
                { Id: "calendly" } => await OfMeetingAsync(delivery, CalendlyHook.Read(document.RootElement), entered, cancel),
                _ => new() { Failed = "connector" },
            };
        }
        catch (UnreadableHookException wrong)
        {
            return new() { Failed = wrong.Code };
        }
    }

    /// <summary>It is an event already.</summary>
    private static Translation Whole(JsonElement root) => new() { Type = CloudEvent.Peek(root, "type") ?? "?", Data = JsonNode.Parse(root.GetRawText()) as JsonObject };

    private async Task<Translation> OfMeetingAsync(HookDelivery delivery, Meeting meeting, IReadOnlyDictionary<string, string> entered, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var mapping = await MappingSet.LoadAsync(db, delivery.Connector, cancel);
        var root = await MeetingRoots.RootAsync(db, delivery, meeting.Move == MeetingMove.Moved ? meeting.PreviousId ?? meeting.Id : meeting.Id, cancel);
        var codes = new[] { mapping.Type(meeting.TypeKeys)?.ServiceCode }.OfType<string>();
        var context = await ContextAsync(db, mapping, codes, meeting.Start ?? meeting.At, entered, MeetingTranslation.CustomerOf(meeting, mapping, entered), cancel, meeting.Start is { } start ? new(start, meeting.At ?? clock.GetUtcNow()) : null);
        return MeetingTranslation.Of(meeting, root, context);
    }

    private async Task<Translation> OfDealAsync(HubSpotNotice notice, IReadOnlyDictionary<string, string> entered, CancellationToken cancel)
    {
        if (!notice.IsOfDeal)
            return new() { Ignored = "trigger" };
        MappingSet mapping;
        await using (var db = await databases.CreateDbContextAsync(cancel))
            mapping = await MappingSet.LoadAsync(db, Connector.HubSpot.Id, cancel);
        var asked = mapping.All.Where(row => row.Kind == MappingKind.Field && !row.Target.StartsWith('=')).Select(row => row.Target).Concat(["company.siren", "company.vat_number", "deal.revops_visitor_id", "contact.revops_visitor_id"]);

        // Outside is asked first: no connection to the database waits for it.
        if (await hubSpot.FindDealAsync(notice.ObjectId, [.. asked], cancel) is not { } deal)
            return DealTranslation.OfGone(notice, await SaleAsync(notice.ObjectId, cancel));
        var stages = await hubSpot.StagesAsync(cancel);

        await using var again = await databases.CreateDbContextAsync(cancel);
        var context = await ContextAsync(again, mapping, DealTranslation.CodesOf(deal, mapping), notice.At, entered, DealTranslation.CustomerOf(deal, mapping, entered), cancel);
        return DealTranslation.Of(notice, deal, stages, context with { Sale = await SaleAsync(deal.Id, cancel) });
    }

    private async Task<BookingStatus?> SaleAsync(string deal, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var status = await db.Set<Booking>().Where(booking => booking.DealId == deal).Select(booking => (BookingStatus?)booking.Status).SingleOrDefaultAsync(cancel);

        // What another system sold under the deal's id is not HubSpot's to take back: there the deal may not be won yet.
        return status == BookingStatus.Confirmed && !await (from delivery in db.Set<HookDelivery>()
                                                            join received in db.Set<ReceivedEvent>() on new { Source = delivery.EventSource, Id = delivery.EventId } equals new { Source = (string?)received.Source, Id = (string?)received.EventId }
                                                            where delivery.Connector == Connector.HubSpot.Id && delivery.Subject == deal && received.Type == DealWon.Type
                                                            select delivery).AnyAsync(cancel) ? null : status;
    }

    private async Task<TranslationContext> ContextAsync(
        RevOpsDb db, MappingSet mapping, IEnumerable<string> codes, DateTimeOffset? at, IReadOnlyDictionary<string, string> entered, CustomerDraft draft, CancellationToken cancel, BookedSlot? slot = null)
    {
        var seller = await company.CurrentAsync(cancel);
        var known = await KnownAsync(db, draft.Ref, cancel);
        var prices = await PriceList.LoadAsync(db, [.. codes], known?.Id ?? Guid.Empty, cancel, slot is null ? [] : [slot.Start], stripe.Connection?.Mode ?? Mode.Live);
        return new(mapping, prices, seller.Currency, seller.DayOf(at ?? clock.GetUtcNow()), entered) { Known = known is null ? null : await known.OpenAsync(vault, cancel), Slot = slot };
    }

    private async Task<Customer?> KnownAsync(RevOpsDb db, string? reference, CancellationToken cancel)
    {
        if (reference is null)
            return null;
        var hash = vault.LookupHash("customer", reference.Trim());
        var id = await db.Set<CustomerRef>().Where(known => known.RefHash == hash).Select(known => (Guid?)known.CustomerId).SingleOrDefaultAsync(cancel);
        return id is null ? null : await db.Set<Customer>().AsNoTracking().SingleOrDefaultAsync(customer => customer.Id == id, cancel);
    }

    private static DeliveryStatus Kept(Translation translation) => translation switch
    {
        { Failed: not null } => DeliveryStatus.Failed,
        { Ignored: not null } => DeliveryStatus.Ignored,
        _ => DeliveryStatus.NeedsDetails,
    };

    private async Task<Ending> HandInAsync(HookDelivery delivery, Translation translation, CancellationToken cancel)
    {
        var json = translation.Data!.ToJsonString();
        var hash = vault.LookupHash("delivery", $"{translation.Type}\0{json}");
        if (delivery.DataHash is { } before && before.AsSpan().SequenceEqual(hash))
            return new(DeliveryStatus.Applied, translation) { EventSource = delivery.EventSource, EventId = delivery.EventId, Hash = hash, Revision = delivery.Revision };

        var earlier = delivery.Connector == Connector.HubSpot.Id ? null : await TimeOfAsync(delivery, cancel);
        var revision = delivery.DataHash is null ? Math.Max(1, delivery.Revision) : delivery.Revision + 1;
        using var envelope = JsonDocument.Parse(delivery.Connector == Connector.Standard.Id ? json : Envelope(delivery, translation, revision, earlier).ToJsonString());
        var result = (await receiver.ReceiveAsync([envelope.RootElement], dryRun: false, cancel))[0];
        return result.Status == "rejected"
            ? new(DeliveryStatus.Failed, translation) { Error = string.Join(" · ", result.Errors.Take(5).Select(error => $"{error.Path}: {error.Message}")) }
            : new(DeliveryStatus.Applied, translation) { EventSource = CloudEvent.Peek(envelope.RootElement, "source"), EventId = CloudEvent.Peek(envelope.RootElement, "id"), Hash = hash, Revision = revision };
    }

    /// <summary>When what it became before happened.</summary>
    private async Task<DateTimeOffset?> TimeOfAsync(HookDelivery delivery, CancellationToken cancel)
    {
        if (delivery.EventId is null)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ReceivedEvent>().Where(row => row.Source == delivery.EventSource && row.EventId == delivery.EventId).Select(row => (DateTimeOffset?)row.OccurredAt).SingleOrDefaultAsync(cancel);
    }

    private JsonObject Envelope(HookDelivery delivery, Translation translation, int revision, DateTimeOffset? earlier)
    {
        // Understood anew, it still happened when it did: just after itself, before whatever was said later. A deal is read back as it is now, and a
        // vendor's clock may be ahead of ours.
        var now = clock.GetUtcNow();
        var isAsOfThen = revision == 1 || delivery.Connector != Connector.HubSpot.Id;
        var time = earlier?.AddTicks(1) ?? (isAsOfThen && translation.OccurredAt is { } at && at < now ? at : now);
        var suffix = revision == 1 ? "" : $"/r{revision}";
        var id = translation.EventId ?? (delivery.VendorId.Length + suffix.Length <= HookDelivery.LongestId ? delivery.VendorId : delivery.Id.ToString());
        return new()
        {
            ["specversion"] = "1.0",
            ["id"] = id + suffix,
            ["source"] = delivery.Connector,
            ["type"] = translation.Type,
            ["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["data"] = translation.Data!.DeepClone(),
        };
    }

    private async Task EndAsync(HookDelivery seen, Ending ending, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<HookDelivery>().SingleOrDefaultAsync(row => row.Id == seen.Id, cancel) is not { } delivery)
            return;
        var told = ending.Translation;
        (delivery.Status, delivery.Gaps, delivery.Error) = (ending.Status, string.Join(' ', told.Gaps), Cut(ending.Error ?? told.Failed ?? told.Ignored));
        (delivery.TypeKey, delivery.TypeName) = (told.TypeKey ?? delivery.TypeKey, told.TypeName ?? delivery.TypeName);
        delivery.BookingId = told.BookingId ?? delivery.BookingId;
        delivery.Attempts++;
        delivery.TranslatedAt = TimeProvider.System.GetUtcNow();
        if (ending.Hash is not null && delivery.EventId != ending.EventId)
            await LayAsideAsync(db, delivery, cancel);
        if (ending.Hash is not null)
            (delivery.EventSource, delivery.EventId, delivery.DataHash, delivery.Revision) = (ending.EventSource, ending.EventId, ending.Hash, ending.Revision);
        if (ending.Status == DeliveryStatus.Applied)
            await GiveToPersonAsync(db, delivery, cancel);
        foreach (var overtaken in delivery.BookingId == seen.BookingId ? [] : await MeetingRoots.OvertakenAsync(db, delivery, cancel))
            TakeHooks.Ask(db, overtaken, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What it became before, and still waits for a booking that never comes under that name.</summary>
    private static async Task LayAsideAsync(RevOpsDb db, HookDelivery delivery, CancellationToken cancel)
    {
        if (await db.Set<ReceivedEvent>().SingleOrDefaultAsync(row => row.Source == delivery.EventSource && row.EventId == delivery.EventId && row.Status == EventStatus.Parked, cancel) is { } parked)
            (parked.Status, parked.ParkedOn) = (EventStatus.Ignored, null);
    }

    /// <summary>Once it is known whom it is about, it stands under their key, and goes when they are erased.</summary>
    private async Task GiveToPersonAsync(RevOpsDb db, HookDelivery delivery, CancellationToken cancel)
    {
        var owner = await db.Set<ReceivedEvent>().Where(row => row.Source == delivery.EventSource && row.EventId == delivery.EventId).Select(row => (Guid?)row.OwnerId).SingleOrDefaultAsync(cancel);
        if (owner is not { } person || person == delivery.OwnerId || await delivery.OpenBodyAsync(vault, cancel) is not { } body)
            return;
        var entered = await vault.OpenAsync(delivery.OwnerId, delivery.Id, delivery.SealedEntered, cancel);
        delivery.SealedBody = await vault.SealAsync(db, person, delivery.Id, body, cancel);
        delivery.SealedEntered = entered is null ? null : await vault.SealAsync(db, person, delivery.Id, entered, cancel);
        delivery.OwnerId = person;
    }

    private static string? Cut(string? text) => text is { Length: > 1_000 } ? text[..1_000] : text;

    private sealed record Ending(DeliveryStatus Status, Translation Translation)
    {
        public string? Error { get; init; }
        public string? EventSource { get; init; }
        public string? EventId { get; init; }
        public byte[]? Hash { get; init; }
        public int Revision { get; init; }
    }
}
