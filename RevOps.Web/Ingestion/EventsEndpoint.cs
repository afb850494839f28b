using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Platform;

namespace RevOps.Web.Ingestion;

/// <summary>POST /api/v1/events: CloudEvents, one or many. 202 is said only after the commit, with one result per event.</summary>
public static class EventsEndpoint
{
    private const string Single = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Plain = "application/json";
    private const int MostEvents = 1_000;
    private const int MostBytes = 4 * 1024 * 1024;

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/events", ReceiveAsync)
        .RequireAuthorization(Policies.EventsWrite)
        .RequireRateLimiting(RateLimits.Events)
        .DisableAntiforgery()
        .Accepts<CloudEventDocument>(Single, Batch, Plain)
        .Produces<EventResults>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .WithName("ReceiveEvents")
        .WithSummary("Receive one event or a batch of up to 1,000.")
        .WithDescription("CloudEvents 1.0, structured JSON. The identity of an event is (source, id): a repeat is answered 'duplicate' and changes nothing. A revops.touch.v1 whose userAgent is a known program's is answered 'accepted', counted and not stored. With dryRun=true nothing is stored and each result says what would happen.");

    private static async Task<IResult> ReceiveAsync(HttpRequest request, EventReceiver receiver, CancellationToken cancel, bool dryRun = false)
    {
        var media = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        if (media is not (Single or Batch or Plain))
            return Refuse(StatusCodes.Status415UnsupportedMediaType, $"Content-Type: {Single}, {Batch} or {Plain} is expected.");
        if (await BodyReader.ReadAsync(request, MostBytes, cancel) is not { } body)
            return Refuse(StatusCodes.Status413PayloadTooLarge, "The body: at most 4 MiB are taken.");

        if (!Utf8.IsValid(body))
            return Refuse(StatusCodes.Status400BadRequest, "The body: UTF-8 is expected.");

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException broken)
        {
            return Refuse(StatusCodes.Status400BadRequest, $"The body is not JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}): a CloudEvent or an array of them is expected.");
        }

        using (document)
            return await AnswerAsync(document.RootElement, media, receiver, dryRun, cancel);
    }

    private static async Task<IResult> AnswerAsync(JsonElement root, string media, EventReceiver receiver, bool dryRun, CancellationToken cancel)
    {
        if (root.ValueKind == JsonValueKind.Array ? media == Single : media == Batch)
            return Refuse(StatusCodes.Status400BadRequest, $"The body: {(media == Batch ? "an array of CloudEvents" : "one CloudEvent")} is expected with Content-Type {media}.");
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > MostEvents)
            return Refuse(StatusCodes.Status413PayloadTooLarge, $"The body: at most {MostEvents} events are taken in one batch, and this one has {root.GetArrayLength()}.");
        if (root.ValueKind != JsonValueKind.Array && (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("specversion", out _)))
            return Refuse(StatusCodes.Status400BadRequest, "specversion: the body is no CloudEvent; an object with specversion \"1.0\", id, source, type and data is expected.");

        IReadOnlyList<JsonElement> events = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        var results = await receiver.ReceiveAsync(events, dryRun, cancel);
        return Results.Json(new EventResults(results), statusCode: StatusCodes.Status202Accepted);
    }

    private static IResult Refuse(int status, string detail) => Results.Problem(detail, statusCode: status);
}

/// <param name="Results">One per event, in the order of the request.</param>
public sealed record EventResults(IReadOnlyList<EventResult> Results);

/// <summary>CloudEvents 1.0, structured.</summary>
/// <param name="Specversion">"1.0".</param>
/// <param name="Id">Unique within the source.</param>
/// <param name="Source">Who sends it.</param>
/// <param name="Type">One of the event types, such as revops.booking_confirmed.v1.</param>
/// <param name="Time">RFC 3339 with an offset; missing means now.</param>
/// <param name="Data">The event's own fields.</param>
public sealed record CloudEventDocument(string Specversion, string Id, string Source, string Type, DateTimeOffset? Time, JsonElement Data);
