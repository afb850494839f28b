using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>Stores what a verified call carries before it is answered; translating follows from the outbox. What is in already changes nothing.</summary>
public sealed class TakeHooks(IDbContextFactory<RevOpsDb> databases, Vault vault, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>HubSpot sends at most a hundred at once.</summary>
    private const int MostAtOnce = 500;

    /// <returns>How many were new.</returns>
    public async Task<int> TakeAsync(Connector connector, SignedCall call, CancellationToken cancel)
    {
        var taken = 0;
        foreach (var one in Read(connector, call))
            taken += await StoreAsync(connector, one, cancel) ? 1 : 0;
        return taken;
    }

    internal static string LaneOf(HookDelivery delivery) => delivery.Connector == Connector.HubSpot.Id
        ? $"hook:hubspot:{(delivery.Subject is { Length: <= 80 } subject ? subject : delivery.Id.ToString("N"))}"
        : $"hook:{delivery.Connector}";

    /// <summary>Has a delivery translated again.</summary>
    internal static void Ask(RevOpsDb db, HookDelivery delivery, DateTimeOffset now) =>
        db.Enqueue<TranslateDelivery>(delivery.Id.ToString(), now, key: $"{delivery.Id}/{Guid.CreateVersion7():N}", lane: LaneOf(delivery));

    private static IEnumerable<Taken> Read(Connector connector, SignedCall call)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(call.Body);
        }
        catch (JsonException)
        {
            // Signed by somebody who knows the secret: it is shown, so that they can mend it.
            return [Unreadable(call, "notJson")];
        }

        using (document)
        {
            if (connector == Connector.HubSpot && document.RootElement.ValueKind == JsonValueKind.Array)
                return [.. document.RootElement.EnumerateArray().Take(MostAtOnce).Select(item => One(connector, call, item))];
            return [One(connector, call, document.RootElement)];
        }
    }

    private static Taken One(Connector connector, SignedCall call, JsonElement element)
    {
        var body = element.GetRawText();
        try
        {
            if (connector == Connector.Standard)
                return new(call.Header("webhook-id")!, CloudEvent.Peek(element, "type") ?? "event", body) { Subject = CloudEvent.Peek(element, "id") };
            if (connector == Connector.HubSpot)
                return Of(HubSpotNotice.Read(element), body);
            var meeting = connector == Connector.CalCom ? CalComHook.Read(element) : CalendlyHook.Read(element);
            return new(meeting.DeliveryId, meeting.Trigger, body) { Subject = meeting.Id, TypeKey = meeting.TypeKeys.Count > 0 ? meeting.TypeKeys[0] : null, TypeName = meeting.TypeName };
        }
        catch (UnreadableHookException wrong)
        {
            return Unreadable(call, wrong.Code) with { Body = body };
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: the parser lets it pass, and no text can hold it.
            return Unreadable(call, "notUnicode");
        }
    }

    private static Taken Of(HubSpotNotice notice, string body) => new(notice.DeliveryId, notice.Trigger, body) { Subject = notice.ObjectId };

    private static Taken Unreadable(SignedCall call, string code) =>
        new(call.Header("webhook-id") ?? Convert.ToHexStringLower(SHA256.HashData(call.Body.Span)), "?", Encoding.UTF8.GetString(call.Body.Span)) { Problem = code };

    private async Task<bool> StoreAsync(Connector connector, Taken taken, CancellationToken cancel)
    {
        var vendorId = taken.VendorId.Length <= HookDelivery.LongestId ? taken.VendorId : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(taken.VendorId)));
        for (var tried = 1; ; tried++)
        {
            if (await NoteRepeatAsync(connector, vendorId, cancel))
                return false;
            try
            {
                await AddAsync(connector, vendorId, taken, cancel);
                return true;
            }
            catch (DbUpdateException) when (tried < 3)
            {
                // The same came twice at once: it is in now.
            }
        }
    }

    private async Task AddAsync(Connector connector, string vendorId, Taken taken, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var id = Guid.CreateVersion7();
        var delivery = new HookDelivery
        {
            Id = id,
            Connector = connector.Id,
            VendorId = vendorId,
            Trigger = Cut(taken.Trigger, 100)!,
            Subject = Cut(taken.Subject, HookDelivery.LongestId),
            TypeKey = Cut(taken.TypeKey, HookDelivery.LongestId),
            TypeName = Cut(taken.TypeName, HookDelivery.LongestId),
            RecordedAt = TimeProvider.System.GetUtcNow(),
            OwnerId = DataKey.Company,
            SealedBody = await vault.SealAsync(db, DataKey.Company, id, taken.Body, cancel),
        };
        (delivery.Status, delivery.Error) = taken.Problem is { } code ? (DeliveryStatus.Failed, code) : (DeliveryStatus.Received, null);
        db.Add(delivery);
        if (taken.Problem is null)
            db.Enqueue<TranslateDelivery>(id.ToString(), clock.GetUtcNow(), lane: LaneOf(delivery));
        await db.SaveChangesAsync(cancel);
    }

    private async Task<bool> NoteRepeatAsync(Connector connector, string vendorId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var repeats = await db.WriteAsync(() => db.Set<HookDelivery>().Where(row => row.Connector == connector.Id && row.VendorId == vendorId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Repeats, row => row.Repeats + 1), cancel), cancel);
        if (repeats > 0)
            feed.Publish(nameof(HookDelivery));
        return repeats > 0;
    }

    private static string? Cut(string? text, int longest) => text is { } given && given.Length > longest ? given[..longest] : text;

    private sealed record Taken(string VendorId, string Trigger, string Body)
    {
        public string? Subject { get; init; }
        public string? TypeKey { get; init; }
        public string? TypeName { get; init; }

        /// <summary>Why it cannot be read.</summary>
        public string? Problem { get; init; }
    }
}
