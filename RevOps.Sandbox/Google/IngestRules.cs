using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>Fast-fail: the first thing wrong with the form of a request refuses all of it.</summary>
internal static class IngestRules
{
    private const int MostEvents = 2000;
    private const int MostDestinations = 10;

    public static GoogleError? Check(JsonObject request, SandboxOptions options, DateTimeOffset now)
    {
        if (IngestShape.Request.Check(request) is { } unknown)
            return unknown;
        if (request["destinations"] is not JsonArray { Count: > 0 } destinations)
            return GoogleError.Required("destinations");
        if (destinations.Count > MostDestinations)
            return GoogleError.Invalid("TOO_MANY_DESTINATIONS", "destinations", $"At most {MostDestinations} destinations.");
        if (request["events"] is not JsonArray { Count: > 0 } events)
            return GoogleError.Required("events");
        if (events.Count > MostEvents)
            return GoogleError.Invalid("TOO_MANY_EVENTS", "events", "There are more events than the 10,000 allowed in a request.");
        return First(destinations, (d, i) => Destination(d as JsonObject, $"destinations[{i}]", options))
            ?? Consent(request.Object("consent"), "consent")
            ?? Encoding(request, events)
            ?? First(events, (e, i) => EventRules.Check(e as JsonObject, $"events[{i}]", request.Text("encoding"), References(destinations), now));
    }

    public static GoogleError? Consent(JsonObject? consent, string at)
    {
        foreach (var name in (ReadOnlySpan<string>)["adUserData", "adPersonalization"])
        {
            if (consent?.ContainsKey(name) == true && consent.Text(name) is not ("CONSENT_GRANTED" or "CONSENT_DENIED" or "CONSENT_STATUS_UNSPECIFIED"))
                return GoogleError.Invalid("INVALID_ENUM_VALUE", $"{at}.{name}", $"Invalid value at '{at}.{name}'.");
        }
        return null;
    }

    private static GoogleError? Destination(JsonObject? destination, string at, SandboxOptions options)
    {
        if (destination?.Object("operatingAccount") is not { } account)
            return GoogleError.Required($"{at}.operatingAccount");
        if (account.Text("accountType") is not ("GOOGLE_ADS" or "DATA_PARTNER" or "DISPLAY_VIDEO_ADVERTISER" or "GOOGLE_ANALYTICS_PROPERTY"))
            return GoogleError.Invalid("INVALID_ENUM_VALUE", $"{at}.operatingAccount.accountType", "The account type is not known.");
        foreach (var name in (ReadOnlySpan<string>)["operatingAccount", "loginAccount", "linkedAccount"])
        {
            if (destination.ContainsKey(name) && !IsNumeric(destination.Object(name)?.Text("accountId")))
                return GoogleError.Invalid("INVALID_ACCOUNT_ID", $"{at}.{name}.accountId", "The account id must be digits, without hyphens.");
        }
        if (!IsNumeric(destination.Text("productDestinationId")))
            return GoogleError.Invalid("INVALID_DESTINATION", $"{at}.productDestinationId", "The product destination id must be the numeric id of a conversion action.");
        if (options.OtherGoogleActions.Contains(destination.Text("productDestinationId")!))
            return GoogleError.Invalid("INVALID_CONVERSION_ACTION_TYPE", $"{at}.productDestinationId", "The conversion action is of a type that takes no uploads.");
        return options.RefusedGoogleAccounts.Contains(account.Text("accountId")!)
            ? new GoogleError(403, "PERMISSION_DENIED", "The caller does not have permission", "PERMISSION_DENIED", at)
            : null;
    }

    private static GoogleError? Encoding(JsonObject request, JsonArray events)
    {
        var needed = events.Any(e => (e as JsonObject)?.ContainsKey("userData") == true);
        return request.Text("encoding") is "HEX" or "BASE64" || (!needed && !request.ContainsKey("encoding"))
            ? null
            : GoogleError.Required("encoding");
    }

    private static HashSet<string> References(JsonArray destinations) =>
        [.. destinations.OfType<JsonObject>().Select(d => d.Text("reference")).OfType<string>()];

    private static bool IsNumeric(string? text) => text is { Length: > 0 } && text.All(char.IsAsciiDigit);

    private static GoogleError? First(JsonArray nodes, Func<JsonNode?, int, GoogleError?> check) =>
        nodes.Select(check).FirstOrDefault(e => e is not null);
}
