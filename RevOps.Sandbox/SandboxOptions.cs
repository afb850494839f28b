namespace RevOps.Sandbox;

/// <summary>How the stand-ins start. A port of 0 takes a free one; two starts on one folder share their state.</summary>
public sealed record SandboxOptions
{
    public required string Folder { get; init; }

    public int StripePort { get; init; }

    public int MetaPort { get; init; }

    public int GooglePort { get; init; }

    /// <summary>Of the client's website; null: there is none.</summary>
    public int? SitePort { get; init; }

    public int HubSpotPort { get; init; }

    /// <summary>Without an address, deliveries wait until <see cref="SandboxServers.SendWebhooksTo"/> names one.</summary>
    public Uri? WebhookUrl { get; init; }

    public string WebhookSecret { get; init; } = "whsec_sandbox";

    /// <summary>The wait after each failed delivery; the last one repeats for three days. Real time, as signatures are.</summary>
    public IReadOnlyList<TimeSpan> WebhookRetries { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    /// <summary>The business clock: stamps objects, ages events, expires idempotency keys.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Real time, by which Google's tokens live and die, however the business clock is turned.</summary>
    public TimeProvider SystemClock { get; init; } = TimeProvider.System;

    public TimeSpan TaxIdDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan GoogleResultDelay { get; init; } = TimeSpan.FromSeconds(2);

    public string InvoicePrefix { get; init; } = "RVO";

    /// <summary>Stripe's other numbering: one series per customer, which French law does not take.</summary>
    public bool NumberPerCustomer { get; init; }

    public int? StripeCallsPerSecond { get; init; }

    public TimeSpan ObjectLockWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Keys that Stripe does not know, though they look like test keys.</summary>
    public IReadOnlySet<string> RefusedStripeKeys { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "sk_test_bad" };

    /// <summary>Restricted keys without a single permission.</summary>
    public IReadOnlySet<string> PowerlessStripeKeys { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "rk_test_powerless" };

    /// <summary>Restricted keys that may do everything but see the account.</summary>
    public IReadOnlySet<string> AccountBlindStripeKeys { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "rk_test_blind" };

    /// <summary>Conversion actions of the account that are fed by a tag, and take no uploads.</summary>
    public IReadOnlySet<string> OtherGoogleActions { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "404" };

    public IReadOnlySet<string> RefusedMetaTokens { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "bad" };

    /// <summary>Tokens of Meta that end, and how long they still live; the others never do.</summary>
    public IReadOnlyDictionary<string, TimeSpan> EndingMetaTokens { get; init; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal) { ["ending"] = TimeSpan.FromDays(5) };

    /// <summary>Rows of insights that Meta gives at once, somewhat more than a month of the stand-in's ads; more it makes a report of.</summary>
    public int MostMetaInsights { get; init; } = 250;

    /// <summary>Tokens that may send events and see nothing.</summary>
    public IReadOnlySet<string> SendOnlyMetaTokens { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "sendonly" };

    public IReadOnlySet<string> UnknownMetaDatasets { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "9999999999" };

    /// <summary>Tokens that were good for sixty days, and no longer are.</summary>
    public IReadOnlySet<string> ExpiredMetaTokens { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "expired" };

    /// <summary>The day on which the ads began to run, kept from the first time that somebody asks; null: 420 days before that.</summary>
    public DateOnly? AdsSince { get; init; }

    /// <summary>Google Ads accounts that are reached through a manager account alone, by their numbers, and which.</summary>
    public IReadOnlyDictionary<string, string> ManagedGoogleAccounts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["5555555555"] = "1112223333" };

    public string HubSpotSecret { get; init; } = "hubspot_sandbox";

    public IReadOnlySet<string> RefusedHubSpotTokens { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "bad" };

    /// <summary>Tokens of an app that was granted nothing.</summary>
    public IReadOnlySet<string> PowerlessHubSpotTokens { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "powerless" };

    /// <summary>Google Ads accounts on which the service account has no rights.</summary>
    public IReadOnlySet<string> RefusedGoogleAccounts { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "9999999999" };

    /// <summary>Google refuses a conversion whose click is younger than six hours; a click id "recent…" stands for one.</summary>
    public bool RefuseRecentClicks { get; init; }
}
