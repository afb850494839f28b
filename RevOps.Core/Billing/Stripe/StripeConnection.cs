using RevOps.Core.Platform;

namespace RevOps.Core.Billing.Stripe;

/// <summary>How to reach one Stripe account. Prints without its key and its secret.</summary>
public sealed record StripeConnection
{
    public static readonly Uri PublicApi = new("https://api.stripe.com");

    /// <summary>Restricted (<c>rk_</c>) or secret (<c>sk_</c>) key.</summary>
    public required string ApiKey { get; init; }

    public Uri ApiBase { get; init; } = PublicApi;

    /// <summary>Signing secret of the webhook endpoint (<c>whsec_</c>); null: no webhook can be trusted yet.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Requests a second over all workers; null: no limit of ours.</summary>
    public int? CallsPerSecond { get; init; }

    /// <summary>The stand-in listens on loopback; elsewhere the key says whose money it is.</summary>
    public Mode Mode => ApiBase.IsLoopback ? Mode.Sandbox
        : ApiKey.Contains("_live_", StringComparison.Ordinal) ? Mode.Live
        : Mode.Test;

    public override string ToString() => $"Stripe at {ApiBase} ({Mode})";
}
