namespace RevOps.Core.Conversions;

/// <summary>What became of one request to an ad platform.</summary>
public enum ChannelOutcome
{
    /// <summary>The platform has the conversion.</summary>
    Delivered = 0,

    /// <summary>The platform has the request and decides later: poll with its request id.</summary>
    Received = 1,

    /// <summary>Not now; the same body may be sent again.</summary>
    Retry = 2,

    /// <summary>This body will never be taken.</summary>
    Refused = 3,

    /// <summary>The token or a permission is missing: nothing will pass until the user acts.</summary>
    ConnectionBroken = 4,
}

/// <param name="RequestId">The platform's own id of the exchange, which its support asks for.</param>
/// <param name="Code">The platform's code, such as <c>100/2804003</c> or <c>EVENT_TOO_OLD</c>; ours where there was no answer.</param>
/// <param name="Message">In the platform's words; null: it said nothing.</param>
/// <param name="RetryAfter">How long it asks us to wait; null: it does not say.</param>
/// <param name="HttpStatus">Null: no answer came, and what was sent may have been taken.</param>
/// <param name="Body">The answer, unread.</param>
public sealed record ChannelAnswer(
    ChannelOutcome Outcome, string? RequestId, string? Code, string? Message, TimeSpan? RetryAfter, int? HttpStatus, string Body)
{
    public static ChannelAnswer NotConnected { get; } =
        new(ChannelOutcome.ConnectionBroken, null, "not_connected", "The platform is not connected.", null, null, "");
}
