using System.Globalization;
using System.Text.Json;
using RevOps.Core.Conversions;
using RevOps.Core.Platform;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>What Meta answers about an ad account, on the wire.</summary>
internal static class MetaInsights
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static T? Read<T>(string body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            throw Unreadable("Meta answered something that is no insight.");
        }
    }

    /// <summary>Codes of ours: the report was not made, or is not ready yet.</summary>
    public const string ReportFailed = "report_failed";

    public const string ReportRunning = "report_running";

    /// <summary>
    /// Meta says "reduce the amount of data you're asking for" by the code that also means any trouble, or is silent for too long: fewer
    /// days may pass.
    /// </summary>
    public static bool AsksForLess(ChannelAnswer answer) => answer.Code is { } code && (code is "1" or ReportFailed or ChannelHttp.TimedOut || code.StartsWith("1/", StringComparison.Ordinal));

    public static SpendReadException Unreadable(string message) => new(new(ChannelOutcome.Retry, null, "unreadable", message, null, null, ""));

    internal sealed record Account(string? Name, string? Currency, string? TimezoneName);

    internal sealed record Report(string? ReportRunId, string? AsyncStatus);

    internal sealed record Page(List<Row>? Data, Paging? Paging);

    internal sealed record Paging(Cursors? Cursors, string? Next);

    internal sealed record Cursors(string? After);

    internal sealed record Row(string? CampaignId, string? CampaignName, string? AdsetId, string? AdsetName, string? AdId, string? AdName, string? Spend, string? Impressions, string? Clicks, string? DateStart)
    {
        public DateOnly Day => DateOnly.TryParseExact(DateStart, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Unreadable("A row without a day.");

        public Money Cost(string currency) => decimal.TryParse(Spend, NumberStyles.Number, CultureInfo.InvariantCulture, out var spend) ? Money.Round(spend, currency) : throw Unreadable("A row without a spend.");

        public SpendFact ToFact(string currency) => CampaignId is { Length: > 0 } campaign
            ? new(Day, campaign, CampaignName ?? campaign, AdsetId ?? "", AdsetName, AdId ?? "", AdName, Cost(currency), Whole(Impressions), Whole(Clicks))
            : throw Unreadable("A row without a campaign.");

        private static long? Whole(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
