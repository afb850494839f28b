using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RevOps.Core.Conversions.Meta;

/// <summary>
/// Reads what Meta answers to a call, whose events it takes all or none. Source: developers.facebook.com, Graph API error handling and Marketing API error codes.
/// </summary>
internal static partial class MetaAnswer
{
    /// <param name="reply">The answer.</param>
    /// <param name="sent">How many events the call carried.</param>
    public static ChannelAnswer Read(ChannelReply reply, int sent)
    {
        var json = Parse(reply.Body);
        if (json.ValueKind is not JsonValueKind.Object)
            return reply.As(ChannelOutcome.Retry, code: "unreadable", message: "Meta answered something other than JSON.");
        if (json.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object)
            return Failed(reply, error);

        var trace = Text(json, "fbtrace_id");
        return reply.IsSuccess && Number(json, "events_received") == sent
            ? reply.As(ChannelOutcome.Delivered, trace)
            : reply.As(ChannelOutcome.Refused, trace, "events_received", sent == 1 ? "Meta did not count the event as received." : $"Meta counted {Number(json, "events_received") ?? 0} of {sent} events as received.") with { NamesEvent = true };
    }

    /// <summary>The answer to a reading of the dataset.</summary>
    public static ChannelAnswer ReadDataset(ChannelReply reply)
    {
        var json = Parse(reply.Body);
        if (json.ValueKind is not JsonValueKind.Object)
            return reply.As(ChannelOutcome.Retry, code: "unreadable");
        if (json.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object)
            return Failed(reply, error);
        return reply.IsSuccess ? reply.As(ChannelOutcome.Delivered) : reply.As(ChannelOutcome.Refused, code: "unreadable");
    }

    public static string? DatasetName(string body) => Parse(body) is { ValueKind: JsonValueKind.Object } json ? Text(json, "name") : null;

    /// <summary>When the token ends; the greatest instant where it never does, and null where Meta does not say.</summary>
    public static DateTimeOffset? TokenEnd(string body) =>
        Parse(body) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Object && Number(data, "expires_at") is { } at
            ? at == 0 ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeSeconds(at) : null;

    private static ChannelAnswer Failed(ChannelReply reply, JsonElement error)
    {
        var (code, subcode) = (Number(error, "code") ?? 0, Number(error, "error_subcode"));
        var isTransient = reply.Status >= 500 || (error.TryGetProperty("is_transient", out var flag) && flag.ValueKind is JsonValueKind.True);
        var answer = reply.As(
            Classify(code, subcode, isTransient),
            Text(error, "fbtrace_id"),
            subcode is null ? Digits(code) : $"{Digits(code)}/{Digits(subcode.Value)}",
            Text(error, "error_user_msg") ?? Text(error, "message"),
            // "Temporarily blocked for policies" lifts by itself, but not within minutes.
            code == 368 ? TimeSpan.FromHours(1) : null);

        // Sub-codes of a bad event all lie in 28040xx.
        var namesEvent = answer.Outcome == ChannelOutcome.Refused && code == 100 && subcode is >= 2_804_000 and <= 2_804_099;
        return answer with { NamesEvent = namesEvent, Named = namesEvent ? [.. PlacesIn(Text(error, "message"), Text(error, "error_user_msg"))] : [] };
    }

    /// <summary>"data[3]" where a message speaks of it: no documented answer, so that event is asked alone.</summary>
    private static IEnumerable<NamedEvent> PlacesIn(params IEnumerable<string?> messages) => messages.OfType<string>().SelectMany(message => Place().Matches(message))
        .Select(found => int.Parse(found.Groups["place"].ValueSpan, CultureInfo.InvariantCulture)).Distinct().Select(place => new NamedEvent(place, null));

    [GeneratedRegex(@"\bdata\[(?<place>\d{1,4})\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    private static ChannelOutcome Classify(long code, long? subcode, bool isTransient) => (code, subcode) switch
    {
        (102 or 190 or 10 or 3 or (>= 200 and <= 299), _) or (100, 33) => ChannelOutcome.ConnectionBroken,
        (1 or 2 or 5000, _) => ChannelOutcome.Retry,
        (4 or 17 or 341 or 368 or 613 or (>= 80000 and <= 80014), _) => ChannelOutcome.Retry,
        _ => isTransient ? ChannelOutcome.Retry : ChannelOutcome.Refused,
    };

    private static JsonElement Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string Digits(long code) => code.ToString(CultureInfo.InvariantCulture);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
