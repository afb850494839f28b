using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// Sends written requests to Stripe and reads its objects. One for the whole process: its rate and its circuit breaker count the
/// calls of everyone. Every failure is a <see cref="StripeException"/>.
/// </summary>
public sealed class StripeClient
{
    public const string HttpName = "stripe";

    /// <summary>Pinned: a newer one changes fields, so it is a change of ours.</summary>
    public const string ApiVersion = "2026-07-29.dahlia";

    private const int LongestKey = 255;

    private readonly IHttpClientFactory http;
    private readonly Func<StripeConnection?> connection;
    private readonly TimeProvider clock;
    private readonly StripeRate rate;
    private readonly ResiliencePipeline oneAttempt;
    private readonly ResiliencePipeline<StripeAnswer> attempts;

    // Unix milliseconds; 0: available. One number, so that it is read whole while another thread writes it.
    private long unavailableUntil;

    /// <param name="http">Asked for the client named <see cref="HttpName"/>.</param>
    /// <param name="connection">Asked before every attempt, since a user may change it; null: not connected.</param>
    /// <param name="clock">The system's clock, never the business clock.</param>
    /// <param name="feed">Told under this class's name when calls stop being made, and when they are made again; null: nobody looks.</param>
    public StripeClient(IHttpClientFactory http, Func<StripeConnection?> connection, TimeProvider clock, ChangeFeed? feed = null)
    {
        (this.http, this.connection, this.clock) = (http, connection, clock);
        rate = new StripeRate(clock);
        oneAttempt = StripeRetries.OneAttempt(clock);
        attempts = StripeRetries.Attempts(clock, until =>
        {
            Volatile.Write(ref unavailableUntil, until?.ToUnixTimeMilliseconds() ?? 0);
            feed?.Publish(nameof(StripeClient));
        });
    }

    /// <summary>Whose world the account belongs to; null: not connected.</summary>
    public Mode? Mode => connection()?.Mode;

    /// <summary>Set while Stripe keeps failing and no call is made; in the past while one call tries again.</summary>
    public DateTimeOffset? UnavailableUntil =>
        Volatile.Read(ref unavailableUntil) is > 0 and var until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null;

    /// <summary>Sends exactly this. Safe to repeat with the same key and body for 24 hours; after that, look up first.</summary>
    /// <param name="idempotencyKey">Made of what the request means, never at random: 1 to 255 characters of ASCII.</param>
    public Task<StripeAnswer> SendAsync(StripeRequest request, string idempotencyKey, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idempotencyKey);
        if (idempotencyKey.Length > LongestKey || idempotencyKey.Any(c => c is < ' ' or > '~'))
            throw new ArgumentException($"An idempotency key is up to {LongestKey} printable ASCII characters.", nameof(idempotencyKey));
        return ExchangeAsync(request, idempotencyKey, cancellation);
    }

    /// <param name="path">With its query, such as <c>/v1/invoices?limit=100</c>.</param>
    public Task<StripeAnswer> GetAsync(string path, CancellationToken cancellation = default) =>
        ExchangeAsync(new StripeRequest(HttpMethod.Get, path, ""), null, cancellation);

    private async Task<StripeAnswer> ExchangeAsync(StripeRequest request, string? key, CancellationToken cancellation)
    {
        var answer = await TryAsync(request, key, cancellation);
        return answer.IsSuccess ? answer : throw StripeException.From(request, answer);
    }

    private async Task<StripeAnswer> TryAsync(StripeRequest request, string? key, CancellationToken cancellation)
    {
        try
        {
            return await attempts.ExecuteAsync(async token => await AttemptAsync(request, key, token), cancellation);
        }
        catch (BrokenCircuitException open)
        {
            throw new StripeUnavailableException(clock.GetUtcNow() + (open.RetryAfter ?? StripeRetries.Break), open);
        }
        catch (Exception unreached) when (StripeRetries.IsUnreached(unreached))
        {
            throw new StripeException(StripeFault.Retryable, $"Stripe gave no answer to {request}.", unreached);
        }
    }

    private async ValueTask<StripeAnswer> AttemptAsync(StripeRequest request, string? key, CancellationToken cancellation)
    {
        var stripe = Connected();
        await rate.WaitAsync(stripe.CallsPerSecond, cancellation);
        return await oneAttempt.ExecuteAsync(async token => await CallAsync(stripe, request, key, token), cancellation);
    }

    private async ValueTask<StripeAnswer> CallAsync(StripeConnection stripe, StripeRequest request, string? key, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(stripe.ApiBase, request.Path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", stripe.ApiKey);
        message.Headers.Add("Stripe-Version", ApiVersion);
        if (request.Method == HttpMethod.Post)
        {
            // Only here: on other methods Stripe ignores it.
            message.Headers.Add("Idempotency-Key", key);
            message.Content = new StringContent(request.Body, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        using var client = http.CreateClient(HttpName);
        using var response = await client.SendAsync(message, cancellation);
        var answer = new StripeAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(cancellation),
            Header(response, "Idempotent-Replayed") == "true",
            Header(response, "Request-Id"))
        {
            RetryAfter = Wait(response.Headers.RetryAfter),
            ShouldRetry = Header(response, "Stripe-Should-Retry") switch { "true" => true, "false" => false, _ => null },
        };
        if (answer.IsSuccess)
            CheckMode(answer, live: stripe.Mode is Platform.Mode.Live);
        return answer;
    }

    private static void CheckMode(StripeAnswer answer, bool live)
    {
        try
        {
            if (!StripeJson.IsMode(answer.Body, live))
                throw new StripeModeException(live) { Status = answer.Status, RequestId = answer.RequestId };
        }
        catch (JsonException unreadable)
        {
            throw new StripeException(StripeFault.Permanent, "Stripe's answer is no JSON.", unreadable)
            {
                Status = answer.Status,
                RequestId = answer.RequestId,
                ShouldLookUp = true,
            };
        }
    }

    private StripeConnection Connected() => connection() ?? throw new StripeNotConnectedException();

    private TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
