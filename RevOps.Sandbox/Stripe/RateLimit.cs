namespace RevOps.Sandbox.Stripe;

/// <summary>So many calls in each second of real time; Stripe's sandboxes allow 25.</summary>
internal sealed class RateLimit(int? callsPerSecond)
{
    private readonly Lock gate = new();
    private long second;
    private int calls;

    public void Count()
    {
        if (callsPerSecond is null)
            return;
        lock (gate)
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            calls = now == second ? calls + 1 : 1;
            second = now;
            if (calls > callsPerSecond)
                throw Exceeded();
        }
    }

    public static StripeException Exceeded() => new(429, "invalid_request_error", "rate_limit", "Request rate limit exceeded.")
    {
        Headers = new(StringComparer.Ordinal) { ["Stripe-Rate-Limited-Reason"] = "global-rate" },
    };
}
