using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Google;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>
/// Reads what the Google Ads API answers: a list of batches, or a google.rpc.Status with a GoogleAdsFailure, which a stream puts into a
/// list too. Source: developers.google.com, Google Ads API, error types.
/// </summary>
internal static class GoogleAdsAnswer
{
    // "Exhausted" of a developer's day is not over within seconds.
    private static readonly TimeSpan QuotaWait = TimeSpan.FromMinutes(15);

    public static ChannelAnswer Read(ChannelReply reply)
    {
        if (reply.IsSuccess)
            return reply.As(ChannelOutcome.Delivered);
        var error = (GoogleJson.TryRead<List<Failure>>(reply.Body, GoogleJson.CamelCase)?.FirstOrDefault() ?? GoogleJson.TryRead<Failure>(reply.Body, GoogleJson.CamelCase))?.Error;
        var failure = error?.Details?.FirstOrDefault(detail => detail.Errors is { Count: > 0 });
        var code = failure?.Errors![0].ErrorCode?.Values.FirstOrDefault() ?? error?.Status ?? "unreadable";
        return reply.As(OutcomeOf(reply.Status, code), failure?.RequestId, code, failure?.Errors![0].Message ?? error?.Message, reply.Status == 429 && reply.RetryAfter is null ? QuotaWait : null);
    }

    public static List<GoogleAdsRows.Row> Rows(string body) =>
        GoogleJson.TryRead<List<GoogleAdsRows.Batch>>(body, GoogleJson.CamelCase) is { } batches ? [.. batches.SelectMany(batch => batch.Results ?? [])] : throw Unreadable("Google answered something that is no stream of rows.");

    public static SpendReadException Unreadable(string message) => new(new(ChannelOutcome.Retry, null, "unreadable", message, null, null, ""));

    private static ChannelOutcome OutcomeOf(int status, string code) => (status, code) switch
    {
        (401 or 403, _) or (_, "CUSTOMER_NOT_FOUND" or "CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION" or "CUSTOMER_NOT_ENABLED") => ChannelOutcome.ConnectionBroken,
        (408 or 429 or >= 500, _) => ChannelOutcome.Retry,
        (_, "unreadable") => ChannelOutcome.Retry,
        _ => ChannelOutcome.Refused,
    };

    private sealed record Failure(Problem? Error);

    private sealed record Problem(string? Message, string? Status, List<Detail>? Details);

    private sealed record Detail(List<One>? Errors, string? RequestId);

    private sealed record One(Dictionary<string, string>? ErrorCode, string? Message);
}
