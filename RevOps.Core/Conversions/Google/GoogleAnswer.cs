using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RevOps.Core.Conversions.Google;

/// <summary>
/// Reads what the Data Manager API answers to a request of many events. Source: developers.google.com, Data Manager API, errors
/// (google.rpc.Status) and processing error reasons (v1.9). Reasons may be added: an unknown one is kept and shown.
/// </summary>
internal static partial class GoogleAnswer
{
    /// <summary>However many there are in the request.</summary>
    public const int All = int.MaxValue;

    /// <summary>How long Google is given after a failure of its own.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    public static ChannelAnswer ReadReceipt(ChannelReply reply)
    {
        if (!reply.IsSuccess)
        {
            // What is wrong with the account or the action is wrong with no conversion: they wait for it to be mended.
            var failed = Failed(reply, out var field);
            if (failed.Outcome == ChannelOutcome.Refused && field?.StartsWith("destinations", StringComparison.Ordinal) == true)
                return failed with { Outcome = ChannelOutcome.ConnectionBroken, NamesDestination = true };
            var namesEvent = failed.Outcome == ChannelOutcome.Refused && field?.StartsWith("events", StringComparison.Ordinal) == true;
            return failed with { NamesEvent = namesEvent, Named = namesEvent ? NamedIn(reply, failed) : [] };
        }

        var receipt = GoogleJson.TryRead<Receipt>(reply.Body, GoogleJson.CamelCase);
        return receipt?.RequestId is { Length: > 0 } id
            ? reply.As(ChannelOutcome.Received, id, message: Warned(receipt.FieldWarnings?.Select(warning => $"{warning.Field} {warning.Reason}")))
            // The transaction id makes it safe to ask again.
            : reply.As(ChannelOutcome.Retry, code: "no_request_id", message: "Google acknowledged without a request id.");
    }

    /// <summary>What <c>validateOnly</c> is answered with: nothing but the status.</summary>
    public static ChannelAnswer ReadRehearsal(ChannelReply reply) => reply.IsSuccess ? reply.As(ChannelOutcome.Delivered) : Failed(reply, out _);

    /// <summary>How a request stands, and which of its records were refused. It is for one destination, so there is one status.</summary>
    public static ChannelAnswer ReadStatus(ChannelReply reply, string requestId, out IReadOnlyList<RecordRefusal> refusals)
    {
        refusals = [];
        if (!reply.IsSuccess)
            return Failed(reply, out _) with { RequestId = requestId };
        var status = GoogleJson.TryRead<Statuses>(reply.Body, GoogleJson.CamelCase)?.RequestStatusPerDestination?.FirstOrDefault();
        if (status?.RequestStatus is not ("SUCCESS" or "FAILED" or "PARTIAL_SUCCESS"))
        {
            // Still at work, or a word we do not know: never taken for an answer.
            return reply.As(ChannelOutcome.Received, requestId, status?.RequestStatus);
        }

        refusals = status switch
        {
            { RequestStatus: "SUCCESS", EventsIngestionStatus.RecordCount: 0 } => [new(ChannelOutcome.Refused, "RECORD_COUNT_0", "Google counted no event in the request.", All, null, null)],
            { RequestStatus: "SUCCESS" } => [],
            { ErrorInfo.ErrorCounts: { Count: > 0 } counts } => [.. counts.Select(count => Refusal(count, status.RequestStatus == "FAILED" && counts.Count == 1))],
            _ => [new(ChannelOutcome.Refused, status.RequestStatus, Text(status.RequestStatus), status.RequestStatus == "FAILED" ? All : 1, null, null)],
        };
        var warned = Warned(status.WarningInfo?.WarningCounts?.Select(count => Short(count.Reason)));
        return status.RequestStatus == "FAILED"
            ? reply.As(ChannelOutcome.Delivered, requestId, status.RequestStatus, warned) with { TookNone = true }
            : reply.As(ChannelOutcome.Delivered, requestId, message: warned);
    }

    private static RecordRefusal Refusal(Count count, bool isAll)
    {
        var reason = Short(count.Reason) ?? "unknown";
        var (outcome, again) = reason switch
        {
            // An earlier attempt of the same conversion got through.
            "DUPLICATE_TRANSACTION_ID" => (ChannelOutcome.Delivered, (TimeSpan?)null),
            "TOO_RECENT_CLICK" => (ChannelOutcome.Retry, GoogleChannel.YoungestClick),
            "INTERNAL_ERROR" => (ChannelOutcome.Retry, AfterFailure),

            // Somebody has to act in Google Ads; what waits for it is sent again.
            _ when reason.EndsWith("TERMS_NOT_SIGNED", StringComparison.Ordinal) => (ChannelOutcome.ConnectionBroken, AfterFailure),
            _ => (ChannelOutcome.Refused, null),
        };
        return isAll
            ? new(outcome, reason, Text(reason), All, null, again)
            : new(outcome, reason, Text(reason), (int)Math.Min(count.RecordCount ?? count.RecordIndices?.Count ?? 1, All), count.RecordIndices, again);
    }

    private static ChannelAnswer Failed(ChannelReply reply, out string? field)
    {
        var error = GoogleJson.TryRead<Failure>(reply.Body, GoogleJson.CamelCase)?.Error;
        var reason = error?.Details?.Select(detail => detail.Reason).OfType<string>().FirstOrDefault()
            ?? error?.Details?.SelectMany(detail => detail.FieldViolations ?? []).Select(violation => violation.Reason).OfType<string>().FirstOrDefault();
        field = error?.Details?.SelectMany(detail => detail.FieldViolations ?? []).Select(violation => violation.Field).OfType<string>().FirstOrDefault();
        return reply.As(
            Classify(reply.Status, reason ?? error?.Status),
            code: reason ?? error?.Status ?? "unreadable",
            message: error?.Message,
            retryAfter: Seconds(error?.Details?.Select(detail => detail.RetryDelay).OfType<string>().FirstOrDefault()));
    }

    /// <summary>Each violation names its event by the place: what it says of it is its answer.</summary>
    private static List<NamedEvent> NamedIn(ChannelReply reply, ChannelAnswer whole)
    {
        var violations = GoogleJson.TryRead<Failure>(reply.Body, GoogleJson.CamelCase)?.Error?.Details?.SelectMany(detail => detail.FieldViolations ?? []) ?? [];
        return [.. from violation in violations
                   let place = Place().Match(violation.Field ?? "")
                   where place.Success
                   let own = whole with { Code = violation.Reason ?? whole.Code, Message = violation.Description ?? whole.Message, NamesEvent = true, Body = JsonSerializer.Serialize(violation, GoogleJson.CamelCase) }
                   group own by int.Parse(place.Groups["place"].ValueSpan, CultureInfo.InvariantCulture) into one
                   select new NamedEvent(one.Key, one.First())];
    }

    [GeneratedRegex(@"\bevents\[(?<place>\d{1,4})\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    private static ChannelOutcome Classify(int status, string? reason) => (status, reason) switch
    {
        (401 or 403, _) or (_, "TERMS_AND_CONDITIONS_NOT_SIGNED") => ChannelOutcome.ConnectionBroken,
        (408 or 429 or >= 500, _) or (_, "INTERNAL_ERROR") => ChannelOutcome.Retry,
        _ => ChannelOutcome.Refused,
    };

    private static string Text(string reason) => reason switch
    {
        "EVENT_TOO_OLD" => "The conversion is older than Google takes.",
        "DENIED_CONSENT" => "The person's consent is denied, here or in the settings of the account.",
        "NO_CONSENT" or "UNKNOWN_CONSENT" => "Google could not tell that the person consents.",
        "DUPLICATE_GCLID" => "Google has a conversion of this click at this time already.",
        "INVALID_GCLID" or "INVALID_GBRAID" or "INVALID_WBRAID" => "Google cannot read the click id.",
        "CLICK_NOT_FOUND" or "INVALID_CLICK" => "Google finds no such click; it may not have come from a Google ad.",
        "OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER" or "INVALID_OPERATING_ACCOUNT_FOR_CLICK" => "The click belongs to another Google Ads account.",
        "CONVERSION_PRECEDES_CLICK" => "The conversion is dated before its click.",
        "TOO_RECENT_CLICK" => "Google does not know the click yet.",
        "USER_ID_NOT_FOUND" => "Google knows nobody by these identifiers.",
        "INTERNAL_ERROR" => "Google failed; the conversion can be sent again.",
        _ when reason.EndsWith("TERMS_NOT_SIGNED", StringComparison.Ordinal) => "Accept the customer data terms in Google Ads.",
        _ => $"Google says {reason}.",
    };

    private static string? Warned(IEnumerable<string?>? warnings) =>
        warnings is not null && string.Join(", ", warnings.OfType<string>()) is { Length: > 0 } list ? $"With warnings: {list}" : null;

    private static string? Short(string? reason)
    {
        foreach (var prefix in (string[])["PROCESSING_ERROR_REASON_", "PROCESSING_WARNING_REASON_", "PROCESSING_ERROR_"])
        {
            if (reason?.StartsWith(prefix, StringComparison.Ordinal) == true)
                return reason[prefix.Length..];
        }

        return reason;
    }

    // A protobuf duration, such as "3.5s".
    private static TimeSpan? Seconds(string? duration) =>
        double.TryParse(duration?.TrimEnd('s'), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private sealed record Receipt(string? RequestId, List<FieldWarning>? FieldWarnings);

    private sealed record FieldWarning(string? Field, string? Reason);

    private sealed record Failure(Error? Error);

    private sealed record Error(string? Message, string? Status, List<Detail>? Details);

    private sealed record Detail(string? Reason, string? RetryDelay, List<Violation>? FieldViolations);

    private sealed record Violation(string? Reason, string? Field, string? Description);

    private sealed record Statuses(List<DestinationStatus>? RequestStatusPerDestination);

    private sealed record DestinationStatus(string? RequestStatus, ErrorInfo? ErrorInfo, WarningInfo? WarningInfo, IngestionStatus? EventsIngestionStatus);

    private sealed record ErrorInfo(List<Count>? ErrorCounts);

    private sealed record WarningInfo(List<Count>? WarningCounts);

    private sealed record Count(string? Reason, long? RecordCount, List<int>? RecordIndices);

    private sealed record IngestionStatus(long? RecordCount);
}
