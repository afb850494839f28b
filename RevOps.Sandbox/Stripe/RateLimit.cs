using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>So many calls in each second of real time; Stripe's sandboxes allow 25.</summary>
internal sealed class RateLimit(int? callsPerSecond)
{
    private readonly Lock gate = new();
    private long second;
    private int calls, busiest;
    private long total, refused;

    public void Count()
    {
        lock (gate)
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            calls = now == second ? calls + 1 : 1;
            second = now;
            total++;
            busiest = Math.Max(busiest, calls);
            if (callsPerSecond is null || calls <= callsPerSecond)
                return;
            refused++;
            throw Exceeded();
        }
    }

    /// <summary>Since the start of this process.</summary>
    public JsonObject Show()
    {
        lock (gate)
            return new() { ["total"] = total, ["refused"] = refused, ["busiestSecond"] = busiest };
    }

    public static StripeException Exceeded() => new(429, "invalid_request_error", "rate_limit", "Request rate limit exceeded.")
    {
        Headers = new(StringComparer.Ordinal) { ["Stripe-Rate-Limited-Reason"] = "global-rate" },
    };
}
