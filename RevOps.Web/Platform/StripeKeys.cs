namespace RevOps.Web.Platform;

/// <summary>Which of Stripe's keys an installation takes: real money moves in Production alone, and there nobody forgets a test key by mistake.</summary>
public sealed record StripeKeys(bool IsProduction, bool AllowsTestKey)
{
    public const string AllowTestKey = "Stripe:AllowTestKey";

    public static StripeKeys From(IConfiguration settings, IHostEnvironment environment) => new(environment.IsProduction(), bool.TryParse(settings[AllowTestKey], out var on) && on);

    public bool Takes(string key) => IsLive(key) ? IsProduction : !IsTest(key) || !IsProduction || AllowsTestKey;

    /// <summary>Why a key of the settings is refused; null when it is taken.</summary>
    public string? ProblemOf(string key) => Takes(key) ? null
        : IsLive(key) ? "Stripe:ApiKey is a live key outside Production: it takes a test key here, or set ASPNETCORE_ENVIRONMENT to Production."
        : $"Stripe:ApiKey is a test key in Production: it takes a live key, or set {AllowTestKey} to true for a trial.";

    private static bool IsLive(string key) => key.Contains("_live_", StringComparison.Ordinal);

    private static bool IsTest(string key) => key.Contains("_test_", StringComparison.Ordinal);
}
