using System.Globalization;
using System.Text.Json.Nodes;

namespace RevOps.Web.Demo;

/// <summary>What the campaigns cost, reported in the evening of each day.</summary>
internal static class Spending
{
    private static readonly TimeSpan Reported = new(18, 30, 0);

    public static IEnumerable<(DateTimeOffset Time, string Type, JsonObject Data)> Tell(Story story)
    {
        foreach (var (index, campaign) in Agency.Campaigns.Index())
        {
            var random = new Random(unchecked(story.Seed * 31 + index));
            for (var day = 0; day < story.Days; day++)
                yield return (story.At(day, Reported), "ad_spend", Of(campaign, story.FirstDay.AddDays(day), random));
        }
    }

    private static JsonObject Of(Agency.Campaign campaign, DateOnly day, Random random)
    {
        var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.55 : 1.0;
        var cost = (int)(campaign.DailyMinor * weekend * (0.85 + 0.3 * random.NextDouble()));
        var clicks = Math.Max(1, (int)(cost / 100.0 / campaign.ClickPrice * (0.9 + 0.2 * random.NextDouble())));
        return new()
        {
            ["platform"] = campaign.Platform,
            ["account"] = "demo",
            ["date"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["campaignId"] = campaign.Id,
            ["campaignName"] = campaign.Name,
            ["costMinor"] = cost,
            ["currency"] = "EUR",
            ["impressions"] = clicks * random.Next(28, 60),
            ["clicks"] = clicks,
        };
    }
}
