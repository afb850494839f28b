using RevOps.Core.Attribution;

namespace RevOps.Tests.Attribution;

/// <summary>How a channel was decided before there were rules: what the product starts with has to say the same.</summary>
internal static class ChannelAsItWas
{
    private static readonly string[] Search = ["google", "bing", "duckduckgo", "ecosia", "qwant", "yahoo", "baidu", "yandex"];
    private static readonly string[] Social = ["facebook", "instagram", "meta", "fb", "ig", "linkedin", "tiktok", "twitter", "x.com", "t.co", "pinterest", "youtube", "reddit", "snapchat"];

    public static string Of(string? source, string? medium, string? clickKind, string? referrer)
    {
        if (clickKind is not null)
            return clickKind is "gclid" or "gbraid" or "wbraid" or "msclkid" ? Channel.PaidSearch : Channel.PaidSocial;

        var social = IsOneOf(source, Social);
        return medium?.Trim().ToLowerInvariant() switch
        {
            "cpc" or "ppc" or "paid" or "paidsearch" or "paid_search" or "sem" => social ? Channel.PaidSocial : Channel.PaidSearch,
            "paid_social" or "paidsocial" or "cpm" or "paid-social" => Channel.PaidSocial,
            "email" or "e-mail" or "newsletter" => Channel.Email,
            "affiliate" => Channel.Affiliate,
            "social" or "organic_social" => Channel.OrganicSocial,
            "organic" => social ? Channel.OrganicSocial : Channel.OrganicSearch,
            "referral" => Channel.Referral,
            null or "" or "(none)" or "none" => WithoutMedium(source, referrer),
            _ => Channel.Other,
        };
    }

    private static string WithoutMedium(string? source, string? referrer)
    {
        var from = source is null or "" or "(direct)" or "direct" ? HostOf(referrer) : source;
        if (string.IsNullOrEmpty(from))
            return Channel.Direct;
        if (IsOneOf(from, Social))
            return Channel.OrganicSocial;
        return IsOneOf(from, Search) ? Channel.OrganicSearch : Channel.Referral;
    }

    private static bool IsOneOf(string? text, string[] names) =>
        text is not null && Array.Exists(names, name => text.Contains(name, StringComparison.OrdinalIgnoreCase) && (name.Length > 2 || text.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static string? HostOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host : null;
}
