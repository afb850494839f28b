namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// A token bucket that all workers share: a quarter of a second's worth may go at once, the rest waits its turn in order of asking. More at
/// once would not pass: after a pause, burst and rate together stay within what Stripe takes in a second (25 of a test account, 100 live).
/// Ours instead of System.Threading.RateLimiting, which has its own clock and a fixed rate; the rate here may change while running.
/// </summary>
internal sealed class StripeRate(TimeProvider clock)
{
    private readonly Lock gate = new();

    // When the bucket will be full again: later than now by the time the tokens taken need to come back.
    private DateTimeOffset full = DateTimeOffset.MinValue;

    public Task WaitAsync(int? callsPerSecond, CancellationToken cancellation)
    {
        if (callsPerSecond is not > 0)
            return Task.CompletedTask;
        var wait = Take(TimeSpan.FromSeconds(1d / callsPerSecond.Value));
        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellation) : Task.CompletedTask;
    }

    private TimeSpan Take(TimeSpan token)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            full = (full > now ? full : now) + token;
            return full - now - TimeSpan.FromMilliseconds(250);
        }
    }
}
