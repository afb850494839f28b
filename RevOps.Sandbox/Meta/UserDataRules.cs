using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RevOps.Sandbox.Meta;

/// <summary>Who the event is about: what must be hashed is hashed, what must not be is not, and it is enough to find somebody.</summary>
internal static partial class UserDataRules
{
    private static readonly HashSet<string> Hashed = ["em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country"];

    private static readonly HashSet<string> Plain =
    [
        "subscription_id", "fb_login_id", "anon_id", "madid", "page_id", "page_scoped_user_id", "ctwa_clid", "ig_account_id", "ig_sid",
    ];

    /// <summary>Nobody is found by these alone: an event that has no more than one of the sets is refused.</summary>
    private static readonly HashSet<string>[] TooLittle =
    [
        ["ct", "country", "st", "zp", "ge", "client_user_agent"],
        ["db", "client_user_agent"],
        ["fn", "ge"],
        ["ln", "ge"],
    ];

    public static MetaError? Check(JsonObject? user, string at)
    {
        if (user is null || user.Count == 0)
            return MetaError.Missing(at);
        foreach (var (key, value) in user)
        {
            if (Value(key, value) is { } wrong)
                return MetaError.Parameter(2804007, $"{at}[{key}] {wrong}");
        }
        return TooLittle.Any(set => user.All(u => set.Contains(u.Key)))
            ? MetaError.Parameter(2804050, $"{at} has not enough customer information parameters: {string.Join(", ", user.Select(u => u.Key))} find nobody")
            : null;
    }

    private static string? Value(string key, JsonNode? value)
    {
        if (Hashed.Contains(key))
        {
            return Json.Texts(value) is { Count: > 0 } hashes && hashes.All(h => Sha256().IsMatch(h))
                ? null
                : "must be a SHA-256 in lower-case hexadecimal, or a list of them";
        }
        return key switch
        {
            "external_id" => Json.Texts(value) is { Count: > 0 } ? null : "must be a string or a list of strings",
            "client_ip_address" => IsAddress(Text(value)) ? null : "must be an IPv4 or IPv6 address without a port",
            "client_user_agent" => string.IsNullOrWhiteSpace(Text(value)) ? "must not be empty" : null,
            "fbc" => Text(value) is { } fbc && Fbc().IsMatch(fbc) ? null : "must be fb.{subdomain index}.{milliseconds}.{fbclid}",
            "fbp" => Text(value) is { } fbp && Fbp().IsMatch(fbp) ? null : "must be fb.{subdomain index}.{milliseconds}.{random number}",
            "lead_id" => LeadId().IsMatch(value?.ToString() ?? "") ? null : "must be an integer of 15 to 17 digits",
            _ => Plain.Contains(key) && value is JsonValue ? null : "is not a customer information parameter",
        };
    }

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    // "1" and "1.2" parse as addresses too, and "[::1]:80" does.
    private static bool IsAddress(string? text) => text is not null && !text.StartsWith('[') && IPAddress.TryParse(text, out var parsed)
        && (text.Contains(':', StringComparison.Ordinal) || parsed.ToString() == text);

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Sha256();

    [GeneratedRegex(@"^fb\.[0-9]\.[0-9]{13}\.[^\s]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Fbc();

    [GeneratedRegex(@"^fb\.[0-9]\.[0-9]{13}\.[0-9]+(\.[\w-]+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Fbp();

    [GeneratedRegex("^[0-9]{15,17}$", RegexOptions.ExplicitCapture)]
    private static partial Regex LeadId();
}
