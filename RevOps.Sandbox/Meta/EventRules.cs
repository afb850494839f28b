using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Meta;

/// <summary>What Meta demands of one event; the first thing wrong sinks the whole batch.</summary>
internal static class EventRules
{
    private const long DaySeconds = 86_400;

    /// <summary>In an order id: stands for whatever a platform dislikes that nobody could have known before.</summary>
    private const string Poison = "poison";

    private static readonly HashSet<string> Fields =
    [
        "event_name", "event_time", "action_source", "event_source_url", "user_data", "event_id", "opt_out", "data_processing_options",
        "data_processing_options_country", "data_processing_options_state", "custom_data", "app_data", "referrer_url", "original_event_data",
        "customer_segmentation", "attribution_data", "messaging_channel", "partner_agent",
    ];

    private static readonly HashSet<string> Sources =
    [
        "email", "website", "app", "phone_call", "chat", "physical_store", "system_generated", "business_messaging", "other",
    ];

    public static MetaError? Check(JsonNode? node, string at, long now)
    {
        if (node is not JsonObject e)
            return MetaError.Bad($"{at} must be an object");
        if (e.FirstOrDefault(f => !Fields.Contains(f.Key)).Key is { } unknown)
            return MetaError.Bad($"{at}[{unknown}] is not a field of an event");
        if (string.IsNullOrWhiteSpace(e.Text("event_name")))
            return MetaError.Missing($"{at}[event_name]");
        if (e.Text("action_source") is not { } source || !Sources.Contains(source))
            return MetaError.Bad($"{at}[action_source] must be one of {string.Join(", ", Sources)}");
        if (e.Object("custom_data")?.Text("order_id")?.Contains(Poison, StringComparison.Ordinal) == true)
            return MetaError.Bad($"{at}[custom_data][order_id] cannot be read");
        return Time(e, at, source, now) ?? ForSource(e, at, source) ?? UserDataRules.Check(e.Object("user_data"), at + "[user_data]")
            ?? CustomData(e, at) ?? LimitedDataUse(e, at);
    }

    private static MetaError? Time(JsonObject e, string at, string source, long now)
    {
        if (e.Integer("event_time") is not { } time)
            return MetaError.Bad($"{at}[event_time] must be an integer of Unix seconds");
        var days = source == "physical_store" ? 62 : 7;
        if (time < now - days * DaySeconds)
            return MetaError.TooOld($"{at}[event_time] is more than {days} days in the past");
        return time > now + 60 ? MetaError.Parameter(2804004, $"{at}[event_time] is in the future") : null;
    }

    private static MetaError? ForSource(JsonObject e, string at, string source) => source switch
    {
        "website" when string.IsNullOrWhiteSpace(e.Text("event_source_url")) => MetaError.Missing($"{at}[event_source_url]"),
        "website" when string.IsNullOrWhiteSpace(e.Object("user_data")?.Text("client_user_agent")) =>
            MetaError.Missing($"{at}[user_data][client_user_agent]"),
        "business_messaging" when e.Text("messaging_channel") is null => MetaError.Missing($"{at}[messaging_channel]"),
        _ => null,
    };

    private static MetaError? CustomData(JsonObject e, string at)
    {
        if (e.ContainsKey("custom_data") && e.Object("custom_data") is null)
            return MetaError.Bad($"{at}[custom_data] must be an object");
        var data = e.Object("custom_data") ?? [];
        var purchase = e.Text("event_name") == "Purchase";
        if ((purchase || data.ContainsKey("currency")) && !Currencies.IsKnown(data.Text("currency")?.ToUpperInvariant()))
            return MetaError.Parameter(2804009, $"{at}[custom_data][currency] must be an ISO 4217 code");
        return (purchase || data.ContainsKey("value")) && data.Number("value") is null
            ? MetaError.Parameter(2804008, $"{at}[custom_data][value] must be a number")
            : null;
    }

    private static MetaError? LimitedDataUse(JsonObject e, string at)
    {
        if (!e.ContainsKey("data_processing_options"))
            return null;
        if (e["data_processing_options"] is not JsonArray options || options.Any(o => o?.GetValueKind() != JsonValueKind.String || o.GetValue<string>() != "LDU"))
            return MetaError.Bad($"{at}[data_processing_options] must be [] or [\"LDU\"]");
        var (country, state) = (e.Integer("data_processing_options_country"), e.Integer("data_processing_options_state"));
        if (country is not null && state is null)
            return MetaError.Missing($"{at}[data_processing_options_state]");
        var hasIp = e.Object("user_data")?.ContainsKey("client_ip_address") == true;
        return options.Count > 0 && state is null && !hasIp ? MetaError.Missing($"{at}[data_processing_options_state]") : null;
    }
}
