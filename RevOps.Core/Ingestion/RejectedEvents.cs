using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Ingestion;

/// <summary>Keeps refused events for the Events page, without their personal values.</summary>
public sealed class RejectedEvents(IDbContextFactory<RevOpsDb> databases)
{
    private const int LongestShape = 20_000;
    private const string Mask = "•••";

    // Attributes of the envelope, and texts and numbers of the data that are codes and amounts of the contract, not values of a person.
    private static readonly HashSet<string> ClearAttributes = new(StringComparer.Ordinal) { "specversion", "id", "source", "type", "time" };

    private static readonly HashSet<string> ClearFields = new(StringComparer.Ordinal)
    {
        "currency", "taxBehavior", "outcome", "stage", "platform", "kind", "country", "date", "serviceDate", "slotStart", "slotEnd", "startedAt", "endedAt",
        "serviceCode", "measurement", "ads", "personalization", "textVersion", "unitAmount", "language", "quantity", "unitAmountMinor", "discountMinor",
        "taxRatePercent", "paymentTermsDays", "costMinor", "impressions", "clicks", "capacity", "refused", "minor", "p50", "p95",

        // Names of things, which stand in clear wherever they are kept.
        "bookingId", "dealId", "campaignId", "adsetId", "adId", "InvoiceId", "DraftVersion", "StripeType", "StripePaymentId",
    };

    public async Task KeepAsync(JsonElement element, IReadOnlyList<FieldError> errors, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        var shape = ShapeOf(element);
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(new RejectedEvent
        {
            Id = Guid.CreateVersion7(),
            Source = Cut(CloudEvent.Peek(element, "source")),
            EventId = Cut(CloudEvent.Peek(element, "id")),
            Type = Cut(CloudEvent.Peek(element, "type")),
            RecordedAt = now,
            Errors = JsonSerializer.Serialize(errors.Take(50), JsonSerializerOptions.Web),
            MaskedData = shape.Length > LongestShape ? shape[..LongestShape] : shape,
        });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Forgets what is older than 30 days; how many went.</summary>
    public async Task<int> ForgetOldAsync(CancellationToken cancel)
    {
        var oldest = TimeProvider.System.GetUtcNow() - RejectedEvent.KeptFor;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.WriteAsync(() => db.Set<RejectedEvent>().Where(row => row.RecordedAt < oldest).ExecuteDeleteAsync(cancel), cancel);
    }

    /// <summary>The same shape with every value masked that the contract does not fix.</summary>
    public static string ShapeOf(JsonElement element)
    {
        try
        {
            return Masked(element, name: "", depth: 0)?.ToJsonString() ?? "null";
        }
        catch (InvalidOperationException)
        {
            // A text that is no valid Unicode.
            return JsonSerializer.Serialize(Mask);
        }
    }

    private static JsonNode? Masked(JsonElement element, string name, int depth) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(element.EnumerateObject().DistinctBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => KeyValuePair.Create(property.Name, Masked(property.Value, property.Name, depth + 1)))),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Take(100).Select(item => Masked(item, name, depth))]),
        JsonValueKind.String or JsonValueKind.Number => JsonNode.Parse((depth == 1 ? ClearAttributes : ClearFields).Contains(name) ? element.GetRawText() : JsonSerializer.Serialize(Mask)),
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create(element.GetBoolean()),
        _ => null,
    };

    private static string? Cut(string? text) => text is { Length: > 200 } ? text[..200] : text;
}
