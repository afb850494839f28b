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

    /// <summary>What the platform would refuse or drop, said before it is sent; null: nothing speaks against it.</summary>
    Refusal? Check(ConversionFacts facts, DateTimeOffset now);

    /// <summary>The exact body of the request, without any token: the same facts and connection give the same text.</summary>
    /// <exception cref="InvalidOperationException">Not connected, and the body names the account.</exception>
    string Write(ConversionFacts facts);

    /// <summary>Sends a written body once. What the platform or the network does comes back as an answer, not as an exception.</summary>
    Task<ChannelAnswer> SendAsync(string body, CancellationToken cancellation);

    /// <summary>Asks what became of a conversion that was only received.</summary>
    /// <exception cref="NotSupportedException">The platform answers at once.</exception>
    Task<ChannelAnswer> PollAsync(string requestId, CancellationToken cancellation);
}

/// <param name="Code">Ours, such as <c>too_old</c>: stable, for counting and translating.</param>
/// <param name="Text">In English, for the user: what is missing and what would help.</param>
/// <param name="RetryAt">When the same facts will pass; null: never.</param>
public sealed record Refusal(string Code, string Text, DateTimeOffset? RetryAt = null);
