using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Spend;

namespace RevOps.Core.Attribution.Results;

/// <summary>
/// What ads cost, by channel and campaign. A platform's ledger names campaigns and no channels: a campaign's spend belongs to the channel that most
/// touches of it came by, else to that of its platform.
/// </summary>
internal sealed class SpendOfChannels
{
    private readonly List<CampaignSpend> campaigns;
    private readonly Dictionary<(string Platform, string CampaignId), byte> byCampaign;

    private SpendOfChannels(List<CampaignSpend> campaigns, Dictionary<(string Platform, string CampaignId), byte> byCampaign) => (this.campaigns, this.byCampaign) = (campaigns, byCampaign);

    public long TotalMinor => campaigns.Sum(campaign => campaign.Minor);

    public static async Task<SpendOfChannels> ReadAsync(RevOpsDb db, JourneyBook book, Period period, Mode mode, string currency, CancellationToken cancel)
    {
        var rows = await db.Set<AdSpend>().Where(row => row.Day >= period.From && row.Day <= period.To && row.Mode == mode && row.Currency == currency)
            .GroupBy(row => new { row.Platform, row.CampaignId, row.CampaignName })
            .Select(group => new { group.Key, Minor = group.Sum(row => row.CostMinor), Last = group.Max(row => row.Day) }).ToListAsync(cancel);
        var spent = rows.GroupBy(row => (row.Key.Platform, row.Key.CampaignId)).Select(group => new CampaignSpend(group.Key.Platform, group.Key.CampaignId, group.MaxBy(row => row.Last)!.Key.CampaignName, group.Sum(row => row.Minor))).ToList();
        return new(spent, book.ChannelsOfCampaigns());
    }

    /// <summary>Null where the channel costs nothing by the click.</summary>
    public long? Of(byte channel)
    {
        var own = campaigns.Where(campaign => ChannelOf(campaign) == channel).ToList();
        return own.Count > 0 || Channel.IsPaid(ChannelNumber.NameOf(channel)) ? own.Sum(campaign => campaign.Minor) : null;
    }

    public IEnumerable<CampaignSpend> CampaignsOf(byte channel) => campaigns.Where(campaign => ChannelOf(campaign) == channel);

    private byte ChannelOf(CampaignSpend campaign) => byCampaign.TryGetValue((campaign.Platform, campaign.CampaignId), out var channel) ? channel
        : ChannelNumber.Of(campaign.Platform switch { SpendPlatform.Google => Channel.PaidSearch, SpendPlatform.Meta => Channel.PaidSocial, _ => Channel.Other });
}

internal sealed record CampaignSpend(string Platform, string CampaignId, string Name, long Minor);
