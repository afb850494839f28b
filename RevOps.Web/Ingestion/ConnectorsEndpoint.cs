using System.Diagnostics.Metrics;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Web.Platform;

namespace RevOps.Web.Ingestion;

/// <summary>
/// POST /hooks/{connector}: signed calls of calendars and CRMs. Stored, then answered; a forged, stale or unsigned one leaves no trace but a
/// number.
/// </summary>
public static class ConnectorsEndpoint
{
    private const int MostBytes = 1024 * 1024;
    private static readonly string[] Signed = ["webhook-id", "webhook-timestamp", "webhook-signature", "X-Cal-Signature-256", "Calendly-Webhook-Signature", "X-HubSpot-Signature-v3", "X-HubSpot-Request-Timestamp"];

    private static readonly Meter Meter = new("RevOps.Connectors");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("revops.connectors.refused", description: "Calls of connectors whose signature did not fit");

    public static void MapConnectors(this IEndpointRouteBuilder routes) => routes.MapPost("/hooks/{connector}", ReceiveAsync)
        .AllowAnonymous()
        .RequireRateLimiting(RateLimits.Hooks)
        .DisableAntiforgery()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .WithName("ConnectorHook")
        .WithSummary("Webhooks of standard, calcom, calendly and hubspot, each verified by its own signature.");

    private static async Task<IResult> ReceiveAsync(
        string connector, HttpRequest request, ConnectorSecrets secrets, TakeHooks take, RefusedHooks refused, IConfiguration settings, CancellationToken cancel)
    {
        if (Connector.Find(connector) is not { } known)
            return Results.Problem($"connector: one of {string.Join(", ", Connector.All.Select(one => one.Id))} is expected.", statusCode: StatusCodes.Status404NotFound);
        if (await BodyReader.ReadAsync(request, MostBytes, cancel) is not { } body)
            return Results.Problem("The body: at most 1 MiB is taken.", statusCode: StatusCodes.Status413PayloadTooLarge);

        var call = CallOf(request, PublicAddress.From(settings), body);
        var verdict = known.Verify(call, secrets.Of(known), TimeProvider.System.GetUtcNow());
        if (verdict != HookVerdict.Valid)
        {
            Refused.Add(1, new("connector", known.Id), new("reason", verdict.ToString()));
            await refused.CountAsync(known.Id, cancel);
            return Results.Problem($"The signature: a valid one of this body is expected ({verdict}).", statusCode: StatusCodes.Status401Unauthorized);
        }

        await take.TakeAsync(known, call, cancel);
        return Results.Ok();
    }

    /// <summary>HubSpot signs the address that it called: what people call us, and what the request says behind its trusted proxies.</summary>
    private static SignedCall CallOf(HttpRequest request, PublicAddress address, byte[] body)
    {
        var path = request.PathBase + request.Path + request.QueryString.Value;
        var called = new[] { address.Of(request).GetLeftPart(UriPartial.Authority), $"{request.Scheme}://{request.Host}" }
            .Select(origin => Uri.TryCreate(origin + path, UriKind.Absolute, out var whole) ? whole : null).OfType<Uri>().Distinct();
        return new(request.Method, [.. called], Signed.ToDictionary(name => name, name => request.Headers[name].ToString(), StringComparer.OrdinalIgnoreCase), body);
    }
}
