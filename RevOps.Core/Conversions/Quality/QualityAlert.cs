namespace RevOps.Core.Conversions.Quality;

public enum AlertKind
{
    /// <summary>The platform's token ends soon, or has ended.</summary>
    Token = 0,

    /// <summary>Too little of what is decided is delivered.</summary>
    Delivery = 1,

    /// <summary>Fewer conversions carry what the platform matches best by.</summary>
    Match = 2,
}

/// <summary>Something that costs conversions unless somebody acts.</summary>
/// <param name="Kind">What.</param>
/// <param name="Platform">Where.</param>
/// <param name="Now">The share of now, from 0 to 1; null for a token.</param>
/// <param name="Before">The share of the period before; null where it is not compared.</param>
/// <param name="EndsAt">Of the token.</param>
public sealed record QualityAlert(AlertKind Kind, AdPlatform Platform, double? Now = null, double? Before = null, DateTimeOffset? EndsAt = null)
{
    /// <summary>Promised: less is an alert.</summary>
    public const double LeastDelivery = 0.95;

    /// <summary>A token that ends within this time is renewed now.</summary>
    public static readonly TimeSpan TokenNotice = TimeSpan.FromDays(14);

    // Of fewer nobody can say that a share fell.
    private const int LeastDecided = 20;
    private const int LeastSent = 30;
    private const double Fall = 0.05;

    /// <param name="now">Of the period.</param>
    /// <param name="before">Of the period of the same length before it.</param>
    /// <param name="tokens">When the platforms' tokens end, where they do; null where one is refused already.</param>
    /// <param name="at">Now.</param>
    public static IReadOnlyList<QualityAlert> Of(ConversionQuality now, ConversionQuality before, IReadOnlyDictionary<AdPlatform, DateTimeOffset?> tokens, DateTimeOffset at)
    {
        var found = new List<QualityAlert>();
        foreach (var platform in Enum.GetValues<AdPlatform>())
        {
            if (tokens.TryGetValue(platform, out var ends) && !(ends - at >= TokenNotice))
                found.Add(new(AlertKind.Token, platform, EndsAt: ends));
            if (now.Delivery.FirstOrDefault(row => row.Platform == platform) is { Decided: >= LeastDecided, Rate: { } rate } && rate < LeastDelivery)
                found.Add(new(AlertKind.Delivery, platform, rate));
            if (now.Keys.FirstOrDefault(row => row.Platform == platform) is { Sent: >= LeastSent, StrongShare: { } share }
                && before.Keys.FirstOrDefault(row => row.Platform == platform) is { Sent: >= LeastSent, StrongShare: { } past } && past - share >= Fall)
                found.Add(new(AlertKind.Match, platform, share, past));
        }

        return found;
    }
}
