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
    /// <summary>Of a refusal: the platform blames an event and not the request, the account or the token.</summary>
    public bool NamesEvent { get; init; }

    /// <summary>What is wrong is wrong with what the request is for, such as a conversion action: requests for others may pass.</summary>
    public bool NamesDestination { get; init; }

    /// <summary>Of a refusal of many: the places that it names, from 0 on. One with an answer of its own needs no asking; one without is asked alone, to be sure.</summary>
    public IReadOnlyList<NamedEvent> Named { get; init; } = [];

    /// <summary>Of a result: the platform counted none of the request, whatever it names.</summary>
    public bool TookNone { get; init; }

    public static ChannelAnswer NotConnected { get; } =
        new(ChannelOutcome.ConnectionBroken, null, "not_connected", "The platform is not connected.", null, null, "");
}

/// <param name="Place">In the request, from 0 on.</param>
/// <param name="Own">What the platform says of it; null: it only speaks of this place.</param>
public sealed record NamedEvent(int Place, ChannelAnswer? Own);

/// <summary>What became of all that was in a request.</summary>
/// <param name="Answer">
/// Delivered: it is judged, and what is not among the refusals was counted. Received: it is still being looked at. Anything else: the
/// question itself failed.
/// </param>
/// <param name="Refusals">By reason.</param>
public sealed record RequestResult(ChannelAnswer Answer, IReadOnlyList<RecordRefusal> Refusals);

/// <summary>Records of a request that a platform refused for one reason.</summary>
/// <param name="Outcome">What follows for each of them: Delivered where the platform has it from before.</param>
/// <param name="Reason">The platform's code.</param>
/// <param name="Message">In words.</param>
/// <param name="Count">How many.</param>
/// <param name="Positions">Their places in the request, from 0 on; null where the platform does not say which they were.</param>
/// <param name="RetryAfter">When they may be sent again; null: never.</param>
public sealed record RecordRefusal(ChannelOutcome Outcome, string Reason, string Message, int Count, IReadOnlyList<int>? Positions, TimeSpan? RetryAfter);
