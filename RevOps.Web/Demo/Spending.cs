using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Sandbox.Ads;

namespace RevOps.Web.Demo;

/// <summary>What the campaigns cost, reported in the evening of each day; once the platforms themselves are asked, their answers count.</summary>
internal static class Spending
{
    private static readonly TimeSpan Reported = new(18, 30, 0);

    public static IEnumerable<(DateTimeOffset Time, string Type, JsonObject Data)> Tell(Story story)
    {
        foreach (var campaign in Agency.Campaigns)
        {
            for (var day = 0; day < story.Days; day++)
                yield return (story.At(day, Reported), "ad_spend", Of(campaign, story.FirstDay.AddDays(day)));
        }
    }

    private static JsonObject Of(AdCampaign campaign, DateOnly day)
    {
        var cost = AdBook.On(campaign, day);
        return new()
        {
            ["platform"] = campaign.Platform,
            ["account"] = "demo",
            ["date"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["campaignId"] = campaign.Id,
            ["campaignName"] = campaign.Name,
            ["costMinor"] = cost.CostMinor,
            ["currency"] = "EUR",
            ["impressions"] = cost.Impressions,
            ["clicks"] = cost.Clicks,
        };
    }
}
