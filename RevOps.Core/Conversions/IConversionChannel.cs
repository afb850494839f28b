using RevOps.Core.Platform;

namespace RevOps.Core.Conversions;

/// <summary>Stored as its number: append only.</summary>
public enum AdPlatform
{
    Meta = 0,
    Google = 1,
}

/// <summary>An ad platform that takes conversions. Writing a body is pure and sending one is not, so it can be stored in between.</summary>
public interface IConversionChannel
{
    AdPlatform Platform { get; }

    /// <summary>Whose world the connection belongs to; null: not connected.</summary>
    Mode? Mode { get; }

    /// <summary>What of these facts is of use to the platform now: a click that it has forgotten is none.</summary>
    ConversionFacts Fit(ConversionFacts facts, DateTimeOffset now) => facts;

    /// <summary>What the platform would refuse or drop, said before it is sent; null: nothing speaks against it.</summary>
    Refusal? Check(ConversionFacts facts, DateTimeOffset now);

    /// <summary>How long after it happened the platform takes a conversion at the longest, whatever is known of it.</summary>
    /// <param name="isInStore">It happened in a shop.</param>
    TimeSpan Memory(bool isInStore);

    /// <summary>How long the platform knows a repeat by its event id, and counts it once; null: for good.</summary>
    TimeSpan? RepeatsKnownFor => null;

    /// <summary>How many conversions one request may carry.</summary>
    int MostPerRequest { get; }

    /// <summary>True where the platform tells one destination per request apart by name, as Google does its conversion actions.</summary>
    bool OneNamePerRequest { get; }

    /// <summary>The body of a request with no event in it, without any token: the same name and connection give the same text.</summary>
    /// <param name="name">Of the stage at the platform.</param>
    /// <exception cref="InvalidOperationException">Not connected, and the body names the account.</exception>
    string Envelope(string name);

    /// <summary>One event as it stands in a request, in UTF-8: the same facts give the same bytes.</summary>
    byte[] WriteEvent(ConversionFacts facts);

    /// <summary>What of these facts the platform is given to find the person by.</summary>
    MatchKeys KeysOf(ConversionFacts facts);

    /// <summary>The exact body of a request with this one event.</summary>
    /// <exception cref="InvalidOperationException">Not connected, and the body names the account.</exception>
    string Write(ConversionFacts facts) => RequestBody.Of(Envelope(facts.Name), WriteEvent(facts));

    /// <summary>Sends written events once, all or none of them. What the platform or the network does comes back as an answer, not as an exception.</summary>
    Task<ChannelAnswer> SendAsync(string envelope, IReadOnlyList<byte[]> events, CancellationToken cancellation);

    /// <summary>Asks what became of a request that was only received.</summary>
    /// <exception cref="NotSupportedException">The platform answers at once.</exception>
    Task<RequestResult> PollAsync(string requestId, CancellationToken cancellation);
}

/// <param name="Code">Ours, such as <c>too_old</c>: stable, for counting and translating.</param>
/// <param name="Text">In English, for the user: what is missing and what would help.</param>
/// <param name="RetryAt">When the same facts will pass; null: never.</param>
public sealed record Refusal(string Code, string Text, DateTimeOffset? RetryAt = null);
