using System.Text.Json;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// A change asked of Stripe, exactly as it will go over the wire, so that it can be stored before it is sent and sent again
/// byte by byte. Prints without its body, which names persons.
/// </summary>
/// <param name="Path">From the root, such as <c>/v1/invoices/in_1/finalize</c>.</param>
/// <param name="Body">Form-encoded; empty where Stripe needs no parameter.</param>
public sealed record StripeRequest(HttpMethod Method, string Path, string Body)
{
    /// <summary>
    /// True where Stripe refuses a repeat because the first one worked (finalise, send, pay, void, delete): a refusal then says
    /// nothing before the invoice has been read.
    /// </summary>
    public bool MovesState => Method == HttpMethod.Delete || Path[(Path.LastIndexOf('/') + 1)..] is "finalize" or "send" or "pay" or "void";

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>What Stripe answered. Prints without its body, which names persons.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON, unread.</param>
/// <param name="Replayed">True when Stripe repeated the stored answer to an earlier use of the same idempotency key.</param>
/// <param name="RequestId">Stripe's own id of the exchange (<c>req_…</c>), which its support asks for.</param>
public sealed record StripeAnswer(int Status, string Body, bool Replayed, string? RequestId)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Stripe's own word on whether a repeat can help; null: it said nothing.</summary>
    internal bool? ShouldRetry { get; init; }

    /// <summary>The answer as a typed object, such as <see cref="StripeInvoice"/>.</summary>
    /// <exception cref="StripeException">The body is not such an object.</exception>
    public T Read<T>() where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body, StripeJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException unreadable)
        {
            throw new StripeException(StripeFault.Permanent, $"Stripe's answer is not a {typeof(T).Name}.", unreadable)
            {
                Status = Status,
                RequestId = RequestId,
                ShouldLookUp = true,
            };
        }
    }

    public override string ToString() => $"HTTP {Status} {RequestId}";
}
