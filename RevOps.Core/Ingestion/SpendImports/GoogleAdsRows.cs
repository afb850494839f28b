using System.Globalization;
using RevOps.Core.Platform;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>Rows of the Google Ads API, and the facts that they are.</summary>
internal static class GoogleAdsRows
{
    private const decimal Micros = 1_000_000m;

    public static Money Cost(long micros, string currency) => Money.Round(micros / Micros, currency);

    /// <summary>Ads, and for what of a campaign's day none accounts for, the campaign: together they are the campaign, to the minor unit.</summary>
    public static IReadOnlyList<SpendFact> Facts(IReadOnlyList<Row> campaigns, IReadOnlyList<Row> ads, string currency)
    {
        var facts = ads.Select(row => row.ToFact(currency)).ToList();
        var told = facts.ToLookup(fact => (fact.CampaignId, fact.Day));
        foreach (var campaign in campaigns.Select(row => row.ToFact(currency)))
        {
            var own = told[(campaign.CampaignId, campaign.Day)].ToList();
            var (cost, shown, clicked) = (campaign.Cost.Minor - own.Sum(ad => ad.Cost.Minor), campaign.Impressions - own.Sum(ad => ad.Impressions), campaign.Clicks - own.Sum(ad => ad.Clicks));
            if (own.Count == 0 || cost != 0)
                facts.Add(campaign with { Cost = new(cost, currency), Impressions = Math.Max(0, shown ?? 0), Clicks = Math.Max(0, clicked ?? 0) });
        }

        return facts;
    }

    internal sealed record Batch(List<Row>? Results);

    internal sealed record Row(Customer? Customer, Named? Campaign, Named? AdGroup, AdOfGroup? AdGroupAd, Metrics? Metrics, Segments? Segments, Click? ClickView)
    {
        public DateOnly Date => Day(Segments?.Date);

        public long Micros => Metrics?.CostMicros ?? 0;

        public SpendFact ToFact(string currency) => Campaign?.Id is { } campaign
            ? new(Date, Text(campaign), Campaign.Name ?? Text(campaign), Text(AdGroup?.Id), AdGroup?.Name, Text(AdGroupAd?.Ad?.Id), AdGroupAd?.Ad?.Name, Cost(Micros, currency), Metrics?.Impressions ?? 0, Metrics?.Clicks ?? 0)
            : throw GoogleAdsAnswer.Unreadable("A row without a campaign.");

        private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";

        private static DateOnly Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw GoogleAdsAnswer.Unreadable("A row without a day.");
    }

    internal sealed record Click(string? Gclid, string? AdGroupAd)
    {
        /// <summary>Of "customers/1/adGroupAds/2~3" the last number.</summary>
        public string? AdId => AdGroupAd?.LastIndexOf('~') is > 0 and var at ? AdGroupAd[(at + 1)..] : null;
    }

    internal sealed record Customer(string? DescriptiveName, string? CurrencyCode, string? TimeZone);

    internal sealed record Named(long? Id, string? Name);

    internal sealed record AdOfGroup(Named? Ad);

    internal sealed record Metrics(long? CostMicros, long? Impressions, long? Clicks);

    internal sealed record Segments(string? Date);
}

/// <summary>What a click was of.</summary>
internal sealed record GoogleClickAd(string CampaignId, string? AdId);
