using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>The fields that a request may have, all the way down; any other name is refused before anything is looked at.</summary>
internal sealed class IngestShape
{
    private static readonly IngestShape Value = new();

    private static readonly IngestShape Account = new() { ["accountType"] = Value, ["accountId"] = Value };

    private static readonly IngestShape Consent = new() { ["adUserData"] = Value, ["adPersonalization"] = Value };

    private static readonly IngestShape Device = new() { ["ipAddress"] = Value, ["userAgent"] = Value };

    private static readonly IngestShape Event = new()
    {
        ["destinationReferences"] = Value, ["transactionId"] = Value, ["eventTimestamp"] = Value, ["lastUpdatedTimestamp"] = Value,
        ["eventSource"] = Value, ["eventName"] = Value, ["conversionValue"] = Value, ["currency"] = Value, ["consent"] = Consent,
        ["eventDeviceInfo"] = Device,
        ["callInfo"] = new() { ["startTimestamp"] = Value },
        ["adIdentifiers"] = new()
        {
            ["gclid"] = Value, ["gbraid"] = Value, ["wbraid"] = Value, ["sessionAttributes"] = Value, ["landingPageDeviceInfo"] = Device,
        },
        ["userData"] = new()
        {
            ["userIdentifiers"] = new()
            {
                ["emailAddress"] = Value, ["phoneNumber"] = Value,
                ["address"] = new() { ["givenName"] = Value, ["familyName"] = Value, ["regionCode"] = Value, ["postalCode"] = Value },
            },
        },
        ["cartData"] = new()
        {
            ["merchantId"] = Value, ["merchantFeedLabel"] = Value, ["merchantFeedLanguageCode"] = Value, ["transactionDiscount"] = Value,
            ["items"] = new() { ["merchantProductId"] = Value, ["quantity"] = Value, ["unitPrice"] = Value },
        },
        ["customVariables"] = new() { ["variable"] = Value, ["value"] = Value, ["destinationReferences"] = Value },
        ["userProperties"] = new() { ["customerType"] = Value, ["customerValueBucket"] = Value },
    };

    private readonly Dictionary<string, IngestShape> fields = new(StringComparer.Ordinal);

    public static IngestShape Request { get; } = new()
    {
        ["destinations"] = new()
        {
            ["operatingAccount"] = Account, ["loginAccount"] = Account, ["linkedAccount"] = Account,
            ["productDestinationId"] = Value, ["reference"] = Value,
        },
        ["events"] = Event, ["consent"] = Consent, ["validateOnly"] = Value, ["encoding"] = Value,
    };

    private IngestShape this[string name]
    {
        set => fields[name] = value;
    }

    public GoogleError? Check(JsonNode? node, string at = "") => node switch
    {
        JsonArray list => list.Select((item, i) => Check(item, $"{at}[{i}]")).FirstOrDefault(e => e is not null),
        JsonObject given when fields.Count > 0 => given.Select(f => CheckField(f.Key, f.Value, at)).FirstOrDefault(e => e is not null),
        _ => null,
    };

    private GoogleError? CheckField(string name, JsonNode? value, string at) => fields.TryGetValue(name, out var shape)
        ? shape.Check(value, at.Length == 0 ? name : $"{at}.{name}")
        : new GoogleError(400, "INVALID_ARGUMENT", $"Invalid JSON payload received. Unknown name \"{name}\" at '{at}': Cannot find field.", Field: at);
}
