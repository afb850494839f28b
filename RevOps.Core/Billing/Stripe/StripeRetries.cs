using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// How patient one call is: three attempts of 30 seconds, with full-jitter waits that double from half a second. Waiting longer
/// than a few seconds is the outbox's job, which comes back with the same key and body and holds no thread meanwhile.
/// </summary>
internal static class StripeRetries
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public static ResiliencePipeline OneAttempt(TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }.AddTimeout(Timeout).Build();

    /// <param name="broken">Told when calls stop being made, and until when; null: they are made again.</param>
    public static ResiliencePipeline<StripeAnswer> Attempts(TimeProvider clock, Action<DateTimeOffset?> broken)
    {
        return new ResiliencePipelineBuilder<StripeAnswer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<StripeAnswer>
            {
                MaxRetryAttempts = 2,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } exception
                    ? IsUnreached(exception)
                    : args.Outcome.Result is { } answer && StripeException.IsRetryable(answer) && !(answer.RetryAfter > LongestWait)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(args.Outcome.Result?.RetryAfter ?? FullJitter(args.AttemptNumber)),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<StripeAnswer>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = Break,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } exception
                    ? IsUnreached(exception)
                    : args.Outcome.Result is { Replayed: false, Status: (int)HttpStatusCode.TooManyRequests or >= 500 }),
                OnOpened = args => Tell(clock.GetUtcNow() + args.BreakDuration),
                OnClosed = _ => Tell(null),
            })
            .Build();

        ValueTask Tell(DateTimeOffset? until)
        {
            broken(until);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>No answer came: what was sent may or may not have been done.</summary>
    public static bool IsUnreached(Exception exception) => exception is HttpRequestException or TimeoutRejectedException;

    // Anywhere between nothing and the full wait, so that workers that failed together do not come back together.
    private static TimeSpan FullJitter(int attempt) => TimeSpan.FromSeconds(Random.Shared.NextDouble() * Math.Min(60, 0.5 * Math.Pow(2, attempt)));
}
