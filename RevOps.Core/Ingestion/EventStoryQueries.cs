using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>One event: what it said, and what became of it.</summary>
public sealed class EventStoryQueries(IDbContextFactory<RevOpsDb> databases, Vault vault)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null when no event of this id was accepted.</returns>
    /// <param name="id">Our id of it.</param>
    /// <param name="clear">The body as it came, for whoever may see it; else masked.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<EventStory?> FindAsync(Guid id, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<ReceivedEvent>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } received)
            return null;

        var data = await vault.OpenAsync(received.OwnerId, received.Id, received.SealedData, cancel);
        using var document = data is null ? null : JsonDocument.Parse(data);
        var booking = await BookingAsync(db, received, document?.RootElement, cancel);
        var invoice = await InvoiceAsync(db, booking, document?.RootElement, cancel);
        return new()
        {
            Row = RowOf(received),
            Mode = received.Mode,
            Body = data is null ? null : BodyOf(received, data, clear),
            IsPersonal = received.OwnerId != DataKey.Company,
            PersonId = await db.Set<Person>().Where(person => person.Id == received.OwnerId).Select(person => (Guid?)person.CanonicalId).SingleOrDefaultAsync(cancel),
            Booking = booking?.Reference,
            InvoiceId = invoice?.Id,
            InvoiceNumber = invoice?.Number,
            Conversions = await db.Set<Conversion>().Where(row => row.SubjectId == id).OrderBy(row => row.Platform).ThenBy(row => row.Stage)
                .Select(row => new EventConversion(row.Id, row.Platform, row.Stage, row.Status)).ToListAsync(cancel),
        };
    }

    /// <returns>Null when no event of this id was refused, or it is older than 30 days.</returns>
    public async Task<RejectedStory?> FindRejectedAsync(Guid id, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<RejectedEvent>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is { } row
            ? new(new(row.Id, row.Type, row.Source, row.EventId, row.RecordedAt, EventQueries.ErrorsOf(row.Errors)), row.MaskedData)
            : null;
    }

    private static EventRow RowOf(ReceivedEvent received) => new()
    {
        Id = received.Id,
        Type = received.Type,
        Source = received.Source,
        EventId = received.EventId,
        OccurredAt = received.OccurredAt,
        RecordedAt = received.RecordedAt,
        Status = received.Status,
        ParkedOn = received.ParkedOn,
        Repeats = received.Repeats,
        RepeatDiffered = received.RepeatDiffered,
    };

    /// <summary>The event as it was sent, envelope included.</summary>
    private static string BodyOf(ReceivedEvent received, string data, bool clear)
    {
        var envelope = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = received.EventId,
            ["source"] = received.Source,
            ["type"] = received.Type,
            ["time"] = received.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            ["data"] = JsonNode.Parse(data),
        };
        using var whole = JsonSerializer.SerializeToDocument(envelope);
        using var shown = clear ? null : JsonDocument.Parse(RejectedEvents.ShapeOf(whole.RootElement));
        return JsonSerializer.Serialize(shown ?? whole, Indented);
    }

    /// <summary>The booking that it made, or that it names.</summary>
    private static async Task<Booking?> BookingAsync(RevOpsDb db, ReceivedEvent received, JsonElement? data, CancellationToken cancel)
    {
        var bookings = db.Set<Booking>().AsNoTracking();
        if (await bookings.SingleOrDefaultAsync(booking => booking.Id == received.Id, cancel) is { } made)
            return made;
        var (bookingId, dealId) = (Text(data, "bookingId"), Text(data, "dealId"));
        return await bookings.FirstOrDefaultAsync(booking => (bookingId != null && booking.BookingId == bookingId) || (dealId != null && booking.DealId == dealId), cancel);
    }

    /// <summary>The booking's invoice, or the one that a decision or a hook of Stripe's names.</summary>
    private static async Task<Invoice?> InvoiceAsync(RevOpsDb db, Booking? booking, JsonElement? data, CancellationToken cancel)
    {
        var invoices = db.Set<Invoice>().AsNoTracking();
        if (booking is not null)
            return await invoices.SingleOrDefaultAsync(invoice => invoice.Id == booking.InvoiceId, cancel);
        return Text(data, "InvoiceId") switch
        {
            null => null,
            var named when Guid.TryParse(named, out var id) => await invoices.SingleOrDefaultAsync(invoice => invoice.Id == id, cancel),
            var stripeId => await invoices.SingleOrDefaultAsync(invoice => invoice.StripeInvoiceId == stripeId, cancel),
        };
    }

    private static string? Text(JsonElement? data, string name) =>
        data is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

public sealed record EventStory
{
    public required EventRow Row { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>Indented JSON; null when the person was erased.</summary>
    public string? Body { get; init; }

    /// <summary>It holds values of a person.</summary>
    public required bool IsPersonal { get; init; }

    /// <summary>The person who stands for all that became one.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The sender's booking or deal id.</summary>
    public string? Booking { get; init; }

    public Guid? InvoiceId { get; init; }
    public string? InvoiceNumber { get; init; }
    public required IReadOnlyList<EventConversion> Conversions { get; init; }

    /// <summary>It came through the front door, so that it can come again.</summary>
    public bool IsFromOutside => EventTypes.Public.Contains(Row.Type);
}

public sealed record EventConversion(Guid Id, AdPlatform Platform, ConversionStage Stage, ConversionStatus Status);

/// <param name="Body">JSON, personal values masked; cut when it was very long.</param>
public sealed record RejectedStory(RejectedRow Row, string Body);
