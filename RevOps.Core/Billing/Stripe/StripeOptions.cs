using Microsoft.Extensions.Options;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Billing.Stripe;

public sealed class StripeOptions
{
    public const string Section = "Stripe";

    public string? ApiKey { get; set; }
    public string? WebhookSecret { get; set; }

    /// <summary>Another address than Stripe's: a stand-in.</summary>
    public Uri? ApiBase { get; set; }

    /// <summary>Shared by all workers; 20 with a test key and 80 with a live one when left out.</summary>
    public int? CallsPerSecond { get; set; }
}

/// <summary>
/// The Stripe account that calls go to: the settings' own, else that of the Connections page, else the sandbox's, else none. Read anew for
/// every call.
/// </summary>
public sealed class StripeAccount(IOptionsMonitor<StripeOptions> settings, ConnectionValues values)
{
    /// <summary>Set while the sandbox serves this platform.</summary>
    public StripeConnection? Sandbox { get; set; }

    /// <summary>Null: not connected, and work waits.</summary>
    public StripeConnection? Connection
    {
        get
        {
            var options = settings.CurrentValue;
            if ((Given(options.ApiKey) ?? values.Stored(StripePlatform.ApiKey)) is not { } key)
                return Sandbox;

            var secret = Given(options.WebhookSecret) ?? values.Stored(StripePlatform.WebhookSecret);
            var connection = new StripeConnection { ApiKey = key, ApiBase = options.ApiBase ?? StripeConnection.PublicApi, WebhookSecret = secret };
            int? usual = connection.Mode switch { Platform.Mode.Live => 80, Platform.Mode.Test => 20, _ => null };
            return connection with { CallsPerSecond = options.CallsPerSecond ?? usual };
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
