using System.Diagnostics.Metrics;
using System.Text.Json;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Web.Platform;

namespace RevOps.Web.Ingestion;

/// <summary>POST /hooks/{connector}: signed calls of other systems. A forged, stale or unsigned one leaves no trace but a counter.</summary>
public static class HooksEndpoint
{
    private const int MostBytes = 1024 * 1024;

    private static readonly Meter Meter = new("RevOps.Hooks");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("revops.hooks.refused", description: "Hooks whose signature did not fit");

    public static void MapHooks(this IEndpointRouteBuilder routes) => routes.MapPost("/hooks/stripe", StripeAsync)
        .AllowAnonymous()
        .RequireRateLimiting(RateLimits.Hooks)
        .DisableAntiforgery()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .WithName("StripeHook")
        .WithSummary("Stripe's webhooks, verified by Stripe-Signature; only a hint, the object is read again.");

    private static async Task<IResult> StripeAsync(HttpRequest request, StripeAccount account, EventReceiver receiver, CancellationToken cancel)
    {
        if (await BodyReader.ReadAsync(request, MostBytes, cancel) is not { } body)
            return Results.Problem("The body: at most 1 MiB is taken.", statusCode: StatusCodes.Status413PayloadTooLarge);

        var connection = account.Connection;
        IReadOnlyCollection<string> secrets = connection?.WebhookSecret is { } secret ? [secret] : [];
        var verdict = StripeSignature.Verify(request.Headers["Stripe-Signature"], body, secrets, TimeProvider.System.GetUtcNow());
        if (verdict != StripeSignatureResult.Valid)
        {
            Refused.Add(1, new KeyValuePair<string, object?>("reason", verdict.ToString()));
            return Results.Problem($"Stripe-Signature: a valid signature of this body is expected ({verdict}).", statusCode: StatusCodes.Status401Unauthorized);
        }

        return await ReceiveAsync(body, connection!, receiver, cancel);
    }

    private static async Task<IResult> ReceiveAsync(byte[] body, StripeConnection connection, EventReceiver receiver, CancellationToken cancel)
    {
        StripeEvent hook;
        try
        {
            hook = StripeEvent.Parse(body);
        }
        catch (JsonException)
        {
            return Results.Problem("The body: an event of Stripe is expected.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (hook.Livemode != (connection.Mode == Mode.Live))
            return Results.Problem($"livemode: {(hook.Livemode ? "false" : "true")} is expected by the key that is connected.", statusCode: StatusCodes.Status400BadRequest);

        // Stored, then answered: the work follows from the outbox, and a repeat of Stripe's changes nothing.
        await receiver.ReceiveInternalAsync(StripeNoticed.Source, hook.Id, $"stripe.{hook.Type}", StripeNoticed.Of(hook), cancel, hook.Created, isSigned: true);
        return Results.Ok();
    }
}
