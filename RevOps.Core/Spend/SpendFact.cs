using RevOps.Core.Platform;

namespace RevOps.Core.Spend;

/// <summary>What somebody says that a campaign, or an ad of it, cost on a day.</summary>
/// <param name="Day">Of the account's time zone.</param>
/// <param name="AdsetId">Empty where only the campaign is known, as the ad.</param>
public sealed record SpendFact(DateOnly Day, string CampaignId, string CampaignName, string AdsetId, string? AdsetName, string AdId, string? AdName, Money Cost, long? Impressions, long? Clicks)
{
    /// <summary>Of a whole campaign.</summary>
    public static SpendFact Of(DateOnly day, string campaignId, string campaignName, Money cost, long? impressions = null, long? clicks = null) => new(day, campaignId, campaignName, "", null, "", null, cost, impressions, clicks);
}

/// <param name="Rows">In all, after it.</param>
/// <param name="Aside">Rows that do not count, since the platform itself was asked about their day.</param>
public sealed record LedgerChange(int Rows, int Added, int Changed, int Removed, int Aside)
{
    public static LedgerChange operator +(LedgerChange left, LedgerChange right) => new(left.Rows + right.Rows, left.Added + right.Added, left.Changed + right.Changed, left.Removed + right.Removed, left.Aside + right.Aside);
}
