namespace RevOps.Core.Attribution.Channels;

/// <summary>What a touch says about where it came from, all of it in clear on its row, so that it can be decided again.</summary>
/// <param name="Source">utm_source or its like.</param>
/// <param name="Medium">utm_medium or its like.</param>
/// <param name="ClickKind">Name of the first click id that came with it.</param>
/// <param name="ReferrerHost">Host of the page before.</param>
/// <param name="AdPlatform">The platform as the sender names it with the ad.</param>
public readonly record struct TouchFacts(string? Source, string? Medium, string? ClickKind, string? ReferrerHost, string? AdPlatform = null)
{
    private const int LongestHost = 253;

    /// <summary>Of the names on a touch's row, comma-separated.</summary>
    public static string? FirstKind(string? clickIdKinds) => string.IsNullOrEmpty(clickIdKinds) ? null : clickIdKinds.Split(',')[0];

    /// <summary>Empty where there is no page before: null on a row means that nobody has looked yet.</summary>
    public static string HostOf(string? referrer) =>
        Uri.TryCreate(referrer, UriKind.Absolute, out var url) && url.Host.Length <= LongestHost ? url.Host.ToLowerInvariant() : "";

    /// <summary>The platform whose click id this is.</summary>
    public static string? PlatformOf(string? clickKind) => clickKind switch
    {
        "gclid" or "gbraid" or "wbraid" => "google",
        "fbclid" => "meta",
        "msclkid" => "microsoft",
        "ttclid" => "tiktok",
        "li_fat_id" => "linkedin",
        _ => null,
    };
}

/// <summary>Where a touch belongs.</summary>
public readonly record struct Placed(string Channel, string? Platform);
