using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion;

/// <summary>What a campaign cost on one day; the newest report of a day counts, unless the platform itself was asked.</summary>
public sealed record AdSpendReported : IncomingEvent
{
    public const string Type = "revops.ad_spend.v1";

    public required string Platform { get; init; }
    public required string Account { get; init; }
    public required DateOnly Day { get; init; }
    public required string CampaignId { get; init; }
    public required string CampaignName { get; init; }
    public required long CostMinor { get; init; }
    public required string Currency { get; init; }
    public long? Impressions { get; init; }
    public long? Clicks { get; init; }

    public static AdSpendReported? Read(Fields data)
    {
        var spend = new AdSpendReported
        {
            Platform = data.RequiredOneOf("platform", "meta", "google", "other") ?? "",
            Account = data.RequiredText("account", 100),
            Day = data.Required("date", data.Day("date"), "A date as YYYY-MM-DD is required."),
            CampaignId = data.RequiredText("campaignId", 100),
            CampaignName = data.RequiredText("campaignName", 300),
            CostMinor = data.RequiredWhole("costMinor"),
            Currency = data.RequiredCurrency("currency"),
            Impressions = data.Whole("impressions"),
            Clicks = data.Whole("clicks"),
        };
        return data.Ok ? spend : null;
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var fact = SpendFact.Of(Day, CampaignId, CampaignName, new(CostMinor, Currency), Impressions, Clicks);
        await SpendLedger.SayAsync(reception.Db, SpendSource.Event, Platform, Account, reception.Services.Mode, [fact], reception.Event.OccurredAt, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => [$"Set the spend of campaign {CampaignId} on {Day:yyyy-MM-dd}"];
}
