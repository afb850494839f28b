namespace RevOps.Core.Attribution;

/// <summary>Which channel a touch belongs to: the kind of its click id first, then its medium and source, then its referrer.</summary>
public static class Channel
{
    public const string PaidSearch = "paid_search";
    public const string PaidSocial = "paid_social";
    public const string OrganicSearch = "organic_search";
    public const string OrganicSocial = "organic_social";
    public const string Email = "email";
    public const string Referral = "referral";
    public const string Affiliate = "affiliate";
    public const string Direct = "direct";
    public const string Other = "other";

    public static readonly IReadOnlyList<string> All = [PaidSearch, PaidSocial, OrganicSearch, OrganicSocial, Email, Referral, Affiliate, Direct, Other];

    private static readonly string[] Search = ["google", "bing", "duckduckgo", "ecosia", "qwant", "yahoo", "baidu", "yandex"];
    private static readonly string[] Social = ["facebook", "instagram", "meta", "fb", "ig", "linkedin", "tiktok", "twitter", "x.com", "t.co", "pinterest", "youtube", "reddit", "snapchat"];

    /// <param name="source">utm_source or its like.</param>
    /// <param name="medium">utm_medium or its like.</param>
    /// <param name="clickKind">Name of a click id that came with the touch.</param>
    /// <param name="referrer">The page before, as a URL.</param>
    public static string Of(string? source, string? medium, string? clickKind, string? referrer)
    {
        if (clickKind is not null)
            return clickKind is "gclid" or "gbraid" or "wbraid" or "msclkid" ? PaidSearch : PaidSocial;

        var social = IsOneOf(source, Social);
        return medium?.Trim().ToLowerInvariant() switch
        {
            "cpc" or "ppc" or "paid" or "paidsearch" or "paid_search" or "sem" => social ? PaidSocial : PaidSearch,
            "paid_social" or "paidsocial" or "cpm" or "paid-social" => PaidSocial,
            "email" or "e-mail" or "newsletter" => Email,
            "affiliate" => Affiliate,
            "social" or "organic_social" => OrganicSocial,
            "organic" => social ? OrganicSocial : OrganicSearch,
            "referral" => Referral,
            null or "" or "(none)" or "none" => WithoutMedium(source, referrer),
            _ => Other,
        };
    }

    private static string WithoutMedium(string? source, string? referrer)
    {
        var from = source is null or "" or "(direct)" or "direct" ? HostOf(referrer) : source;
        if (string.IsNullOrEmpty(from))
            return Direct;
        if (IsOneOf(from, Social))
            return OrganicSocial;
        return IsOneOf(from, Search) ? OrganicSearch : Referral;
    }

    private static bool IsOneOf(string? text, string[] names) =>
        text is not null && Array.Exists(names, name => text.Contains(name, StringComparison.OrdinalIgnoreCase) && (name.Length > 2 || text.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static string? HostOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host : null;
}
