namespace RevOps.Core.Ingestion;

/// <summary>
/// The query parameters by which a landing page learns which ad was clicked, and the templates that make the platforms write them:
/// a click id does not reveal its campaign.
/// </summary>
public static class AdParameters
{
    public const string Platform = "ad_platform";
    public const string Campaign = "ad_campaign";
    public const string Adset = "ad_adset";
    public const string Ad = "ad_id";

    public static readonly IReadOnlyList<string> All = [Platform, Campaign, Adset, Ad];

    /// <summary>For "URL parameters" of an ad in Meta's Ads Manager. Names in double braces are Meta's dynamic parameters.</summary>
    public const string MetaTemplate =
        "utm_source=facebook&utm_medium=paid_social&utm_campaign={{campaign.name}}&utm_content={{ad.name}}"
        + $"&{Platform}=meta&{Campaign}={{{{campaign.id}}}}&{Adset}={{{{adset.id}}}}&{Ad}={{{{ad.id}}}}";

    /// <summary>For "Final URL suffix" of the account in Google Ads, with auto-tagging on. Names in braces are Google's ValueTrack parameters.</summary>
    public const string GoogleTemplate =
        "utm_source=google&utm_medium=cpc&utm_campaign={campaignid}&utm_term={keyword}"
        + $"&{Platform}=google&{Campaign}={{campaignid}}&{Adset}={{adgroupid}}&{Ad}={{creative}}";
}
