using System.Text.Json;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Billing.Stripe;

/// <summary>What can be done about a refusal.</summary>
public enum StripeFault
{
    /// <summary>Send the same key and body again later.</summary>
    Retryable = 0,

    /// <summary>This key will never get another answer.</summary>
    Permanent = 1,

    /// <summary>The key was used before with other parameters.</summary>
    IdempotencyMismatch = 2,

    /// <summary>The object lives in test mode and the key in live mode, or the other way round.</summary>
    ModeMismatch = 3,

    /// <summary>The key is wrong, revoked, or lacks a permission: the user must act.</summary>
    Unauthorised = 4,

    /// <summary>No key is set.</summary>
    NotConnected = 5,
}

/// <summary>Stripe refused, or was not reached.</summary>
public class StripeException : Exception
{
    public StripeException(StripeFault fault, string message, Exception? inner = null) : base(message, inner) => Fault = fault;

    public StripeFault Fault { get; }

    /// <summary>HTTP status; null: no answer came, and what was sent may have been done.</summary>
    public int? Status { get; init; }

    /// <summary>Stripe's <c>type</c>, such as <c>invalid_request_error</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Stripe's <c>code</c>, such as <c>resource_missing</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The parameter that Stripe names.</summary>
    public string? Param { get; init; }

    public string? RequestId { get; init; }

    /// <summary>How long Stripe asks us to wait; null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same key and body may be sent again.</summary>
    public bool IsTransient => Fault is StripeFault.Retryable;

    /// <summary>What was asked may have been done already: read the invoice, or list by metadata, before anything else is tried.</summary>
    public bool ShouldLookUp { get; init; }

    internal static StripeException From(StripeRequest? request, StripeAnswer answer)
    {
        var error = Error(answer.Body);
        var (type, code, message) = (Text(error, "type"), Text(error, "code"), Text(error, "message"));
        var fault = Classify(answer, type, message);
        // Stripe's own sentence may quote an e-mail: what is logged and shown is its code and the parameter.
        return new StripeException(fault, $"Stripe answered {answer.Status}: {code ?? type ?? "no reason given"}{(Text(error, "param") is { } at ? $" ({at})" : "")}")
        {
            Status = answer.Status,
            Type = type,
            Code = code,
            Param = Text(error, "param"),
            RequestId = answer.RequestId,
            RetryAfter = answer.RetryAfter,
            ShouldLookUp = fault is StripeFault.IdempotencyMismatch || (fault is StripeFault.Permanent && MayBeDone(request, answer)),
        };
    }

    /// <summary>True when the same request may be answered otherwise.</summary>
    internal static bool IsRetryable(StripeAnswer answer) => answer.Status switch
    {
        _ when answer.IsSuccess => false,
        // A stored failure is repeated to this key for a day.
        _ when answer.Replayed => false,
        _ when answer.ShouldRetry is { } told => told,
        409 or 429 or >= 500 => true,
        _ => false,
    };

    private static StripeFault Classify(StripeAnswer answer, string? type, string? message) => answer.Status switch
    {
        401 or 403 => StripeFault.Unauthorised,
        _ when IsRetryable(answer) => StripeFault.Retryable,
        _ when type == "idempotency_error" => StripeFault.IdempotencyMismatch,
        // Stripe has no code for this one, only the sentence.
        _ when message?.Contains("a similar object exists in", StringComparison.Ordinal) == true => StripeFault.ModeMismatch,
        _ => StripeFault.Permanent,
    };

    private static bool MayBeDone(StripeRequest? request, StripeAnswer answer) =>
        answer.Status >= 500 || (request is { MovesState: true } && answer.Status is 400 or 404);

    private static JsonElement Error(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error) ? error.Clone() : default;
        }
        catch (JsonException)
        {
            // A proxy on the way answers in HTML.
            return default;
        }
    }

    private static string? Text(JsonElement error, string name) =>
        error.ValueKind is JsonValueKind.Object && error.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Too many calls failed of late; none is made until <see cref="RetryAt"/>. Work waits, it is not lost.</summary>
public sealed class StripeUnavailableException(DateTimeOffset retryAt, Exception inner)
    : StripeException(StripeFault.Retryable, $"Stripe has been failing; calls resume at {retryAt:u}.", inner), IParksWork
{
    public DateTimeOffset RetryAt { get; } = retryAt;
}

/// <summary>No key is set: work waits until there is one.</summary>
public sealed class StripeNotConnectedException() : StripeException(StripeFault.NotConnected, "Stripe is not connected.");

/// <summary>Stripe returned an object of the other world (<c>livemode</c>) than the key's.</summary>
public sealed class StripeModeException(bool expectedLive)
    : StripeException(StripeFault.ModeMismatch, $"Stripe returned {(expectedLive ? "a test" : "a live")} object to {(expectedLive ? "a live" : "a test")} key.");
