using System.Globalization;
using System.Net;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Mail;

namespace RevOps.Web.Platform;

/// <summary>Refuses to start with a setting that cannot be meant: one sentence that names the key and the values it takes.</summary>
public static class SettingRules
{
    private const string Connection = "ConnectionStrings:" + DatabaseFeature.ConnectionName;

    /// <summary>The first problem, or null when there is none.</summary>
    public static string? FindBadSetting(this WebApplicationBuilder builder) => Problems(builder.Configuration, builder.Environment).FirstOrDefault(problem => problem is not null);

    private static IEnumerable<string?> Problems(IConfiguration settings, IHostEnvironment environment)
    {
        var development = environment.IsDevelopment();
        yield return OneOf(settings, "Database:Provider", DatabaseOptions.Sqlite, DatabaseOptions.SqlServer);
        yield return Flag(settings, "Database:MigrateAtStart");
        yield return Flag(settings, Switches.DemoKey);
        yield return Flag(settings, Switches.SandboxKey);
        yield return Flag(settings, Engine.OutboxEngine.PumpKey);
        yield return Whole(settings, "Demo:Days");
        yield return Flag(settings, "Demo:Runs");
        yield return Whole(settings, RateLimits.EventsKey);
        yield return Whole(settings, RateLimits.HooksKey);
        yield return Whole(settings, RateLimits.CollectKey);
        yield return Whole(settings, RateLimits.SignInKey);
        yield return Check(settings, TwoFactorRule.Key, TwoFactorRule.CanBe, $"roles separated by commas, of {string.Join(", ", Roles.All)}");
        yield return Check(settings, PublicAddress.Key, given => Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https", "the http or https address at which people open the product");
        yield return Whole(settings, "Mail:Port");
        yield return OneOf(settings, "Mail:Security", Enum.GetNames<MailSecurity>());
        yield return Check(settings, "Mail:From", given => System.Net.Mail.MailAddress.TryCreate(given, out _), "an e-mail address, with a name or without");
        if (settings["Mail:Host"] is { Length: > 0 } && settings["Mail:From"] is not { Length: > 0 })
            yield return "Mail:From is missing: with Mail:Host it takes the e-mail address that mails come from.";

        // Otherwise the mail with a link for a forgotten password would never be written, and nobody would be told.
        if (settings["Mail:Host"] is { Length: > 0 } && !development && PublicAddress.From(settings) is { Given: null, HostsAreChecked: false })
            yield return $"{PublicAddress.Key} is missing: with Mail:Host it takes the address at which people open the product, or {PublicAddress.HostsKey} takes its host names.";
        yield return Whole(settings, "Stripe:CallsPerSecond");
        yield return Flag(settings, StripeKeys.AllowTestKey);
        if (settings["Stripe:ApiKey"] is { Length: > 0 } stripeKey && !IsLoopback(settings["Stripe:ApiBase"]))
            yield return StripeKeys.From(settings, environment).ProblemOf(stripeKey);
        yield return Whole(settings, "Company:PaymentTermsDays");
        foreach (var key in new[] { "Stripe:ApiBase", "Meta:ApiBase", "Google:ApiBase", "Google:AdsApiBase", "HubSpot:ApiBase" })
            yield return Check(settings, key, given => Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https", "an absolute http or https address");
        yield return Check(settings, "Google:ServiceAccountKeyFile", File.Exists, "the path of a service account's key file that exists");
        yield return Check(settings, "Company:TimeZone", zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), "an IANA time zone, such as Europe/Paris");
        yield return Check(settings, "Company:Currency", Currency.IsKnown, "an ISO 4217 code, such as EUR");
        yield return Check(settings, SecurityHeaders.ProxiesKey, text => text.Split(',').All(part => IPNetwork.TryParse(SecurityHeaders.AsNetwork(part), out _)), "addresses or networks separated by commas, such as 10.0.0.0/8");
        if (string.Equals(settings["Database:Provider"], DatabaseOptions.SqlServer, StringComparison.OrdinalIgnoreCase) && string.IsNullOrWhiteSpace(settings[Connection]))
            yield return $"{Connection} is missing: with Database:Provider=SqlServer it takes a SQL Server connection string.";
        foreach (var key in new[] { Switches.DemoKey, Switches.SandboxKey })
            yield return BesideLiveKey(settings, key);
    }

    private static string? OneOf(IConfiguration settings, string key, params string[] values) =>
        Check(settings, key, given => values.Contains(given, StringComparer.OrdinalIgnoreCase), string.Join(" or ", values));

    private static string? Flag(IConfiguration settings, string key) => Check(settings, key, given => bool.TryParse(given, out _), "true or false");

    private static string? Whole(IConfiguration settings, string key) =>
        Check(settings, key, given => int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0, "a whole number above zero");

    private static string? Check(IConfiguration settings, string key, Func<string, bool> fits, string expected) =>
        settings[key] is not { Length: > 0 } given || fits(given) ? null : $"{key} is '{given}': it takes {expected}.";

    /// <summary>Invented data and stand-ins beside a key that moves real money or reaches real people: one of the two is a mistake.</summary>
    private static string? BesideLiveKey(IConfiguration settings, string key) =>
        bool.TryParse(settings[key], out var on) && on && LiveKey(settings) is { } live ? BesideLive(key, live) : null;

    /// <summary>The sentence that refuses a live value beside the switch that speaks against it.</summary>
    public static string BesideLive(string key, string live) => $"{key} is true beside a live {live}: set {key} to false, or take {live} away.";

    private static string? LiveKey(IConfiguration settings)
    {
        if (settings["Stripe:ApiKey"]?.Contains("_live_", StringComparison.Ordinal) is true)
            return "Stripe:ApiKey";
        if (IsSet(settings, "Meta:AccessToken") && !IsLoopback(settings["Meta:ApiBase"]))
            return "Meta:AccessToken";
        if (IsSet(settings, "HubSpot:AccessToken") && !IsLoopback(settings["HubSpot:ApiBase"]))
            return "HubSpot:AccessToken";
        return IsSet(settings, "Google:ServiceAccountKeyFile") && !IsLoopback(settings["Google:ApiBase"]) ? "Google:ServiceAccountKeyFile" : null;
    }

    private static bool IsSet(IConfiguration settings, string key) => !string.IsNullOrWhiteSpace(settings[key]);

    private static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
