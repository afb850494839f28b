namespace RevOps.Core.Attribution;

/// <summary>The channels that there are. Which of them a touch belongs to is what <see cref="Channels.ChannelRules"/> say.</summary>
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

    /// <summary>What costs money by the click, and so has a spend to meet.</summary>
    public static bool IsPaid(string channel) => channel is PaidSearch or PaidSocial;
}
