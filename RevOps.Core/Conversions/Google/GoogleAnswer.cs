using System.Globalization;

namespace RevOps.Core.Conversions.Google;

/// <summary>
/// Reads what the Data Manager API answers to a request of one event. Source: developers.google.com, Data Manager API, errors
/// (google.rpc.Status) and processing error reasons (v1.9). Reasons may be added: an unknown one is kept and shown.
/// </summary>
internal static class GoogleAnswer
{
    public static ChannelAnswer ReadReceipt(ChannelReply reply)
    {
        if (!reply.IsSuccess)
            return Failed(reply);
        var receipt = GoogleJson.TryRead<Receipt>(reply.Body, GoogleJson.CamelCase);
        return receipt?.RequestId is { Length: > 0 } id
            ? reply.As(ChannelOutcome.Received, id, message: Warned(receipt.FieldWarnings?.Select(warning => $"{warning.Field} {warning.Reason}")))
            // The transaction id makes it safe to ask again.
            : reply.As(ChannelOutcome.Retry, code: "no_request_id", message: "Google acknowledged without a request id.");
    }

    /// <summary>What <c>validateOnly</c> is answered with: nothing but the status.</summary>
    public static ChannelAnswer ReadRehearsal(ChannelReply reply) => reply.IsSuccess ? reply.As(ChannelOutcome.Delivered) : Failed(reply);

    public static ChannelAnswer ReadStatus(ChannelReply reply, string requestId)
    {
        if (!reply.IsSuccess)
            return Failed(reply) with { RequestId = requestId };
        var status = GoogleJson.TryRead<Statuses>(reply.Body, GoogleJson.CamelCase)?.RequestStatusPerDestination?.FirstOrDefault();
        return status?.RequestStatus switch
        {
            "SUCCESS" when status.EventsIngestionStatus?.RecordCount == 0 => reply.As(ChannelOutcome.Refused, requestId, "RECORD_COUNT_0", "Google counted no event in the request."),
            "SUCCESS" => reply.As(ChannelOutcome.Delivered, requestId, message: Warned(status.WarningInfo?.WarningCounts?.Select(count => Short(count.Reason)))),
            "FAILED" or "PARTIAL_SUCCESS" => Processed(reply, requestId, Short(status.ErrorInfo?.ErrorCounts?.FirstOrDefault()?.Reason) ?? status.RequestStatus),
            // Still at work, or a word we do not know: never taken for an answer.
            _ => reply.As(ChannelOutcome.Received, requestId, status?.RequestStatus),
        };
    }

    private static ChannelAnswer Processed(ChannelReply reply, string requestId, string reason) => reason switch
    {
        // An earlier attempt of the same conversion got through.
        "DUPLICATE_TRANSACTION_ID" => reply.As(ChannelOutcome.Delivered, requestId, reason),
        "TOO_RECENT_CLICK" => reply.As(ChannelOutcome.Retry, requestId, reason, Text(reason), GoogleChannel.YoungestClick),
        "INTERNAL_ERROR" => reply.As(ChannelOutcome.Retry, requestId, reason, Text(reason)),
        _ when reason.EndsWith("TERMS_NOT_SIGNED", StringComparison.Ordinal) => reply.As(ChannelOutcome.ConnectionBroken, requestId, reason, Text(reason)),
        _ => reply.As(ChannelOutcome.Refused, requestId, reason, Text(reason)),
    };

    private static ChannelAnswer Failed(ChannelReply reply)
    {
        var error = GoogleJson.TryRead<Failure>(reply.Body, GoogleJson.CamelCase)?.Error;
        var reason = error?.Details?.Select(detail => detail.Reason).OfType<string>().FirstOrDefault()
            ?? error?.Details?.SelectMany(detail => detail.FieldViolations ?? []).Select(violation => violation.Reason).OfType<string>().FirstOrDefault();
        return reply.As(
            Classify(reply.Status, reason ?? error?.Status),
            code: reason ?? error?.Status ?? "unreadable",
            message: error?.Message,
            retryAfter: Seconds(error?.Details?.Select(detail => detail.RetryDelay).OfType<string>().FirstOrDefault()));
    }

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

    private sealed record Violation(string? Reason);

    private sealed record Statuses(List<DestinationStatus>? RequestStatusPerDestination);

    private sealed record DestinationStatus(string? RequestStatus, ErrorInfo? ErrorInfo, WarningInfo? WarningInfo, IngestionStatus? EventsIngestionStatus);

    private sealed record ErrorInfo(List<Count>? ErrorCounts);

    private sealed record WarningInfo(List<Count>? WarningCounts);

    private sealed record Count(string? Reason);

    private sealed record IngestionStatus(long? RecordCount);
}
