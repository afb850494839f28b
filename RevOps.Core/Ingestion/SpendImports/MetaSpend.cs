using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Platform;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>
/// Meta's insights of an ad account, ad by ad and day by day, in pages. Source: developers.facebook.com, Marketing API, ad account
/// insights. The money comes as text in the account's currency; the days are those of the account's time zone.
/// </summary>
public sealed class MetaSpend(MetaAccount account, IHttpClientFactory http) : ISpendSource
{
    // The most that Meta gives at a time.
    private const int PageSize = 500;

    public string Platform => SpendPlatform.Meta;

    public ConnectedAccount? Account => account.Connection is { AdAccountId: { } number } meta ? new(number, meta.Mode) : null;

    public async Task<AccountFacts> DescribeAsync(CancellationToken cancel)
    {
        var told = MetaInsights.Read<MetaInsights.Account>(await AskAsync("?fields=name,currency,timezone_name", cancel));
        return told is { Currency: { } currency, TimezoneName: { } zone } && Currency.IsKnown(currency)
            ? new(told.Name, currency, zone)
            : throw MetaInsights.Unreadable("The account has no currency or time zone.");
    }

    public async Task<IReadOnlyList<SpendFact>> ReadAsync(Period days, AccountFacts facts, CancellationToken cancel)
    {
        try
        {
            var rows = await PagesAsync("ad", "1", "campaign_id,campaign_name,adset_id,adset_name,ad_id,ad_name,spend,impressions,clicks", days, cancel);
            return rows.ConvertAll(row => row.ToFact(facts.Currency));
        }
        catch (SpendReadException tooMuch) when (days.Days > 1 && MetaInsights.AsksForLess(tooMuch.Answer))
        {
            var middle = days.From.AddDays((days.Days / 2) - 1);
            return [.. await ReadAsync(new(days.From, middle), facts, cancel), .. await ReadAsync(new(middle.AddDays(1), days.To), facts, cancel)];
        }
    }

    public async Task<IReadOnlyList<MonthTotal>> TotalsAsync(Period days, AccountFacts facts, CancellationToken cancel) =>
        (await PagesAsync("account", "monthly", "spend", days, cancel)).ConvertAll(row => new MonthTotal(new(row.Day.Year, row.Day.Month, 1), row.Cost(facts.Currency)));

    private async Task<List<MetaInsights.Row>> PagesAsync(string level, string increment, string fields, Period days, CancellationToken cancel)
    {
        var (rows, after) = (new List<MetaInsights.Row>(), (string?)null);
        var range = JsonSerializer.Serialize(new { since = Text(days.From), until = Text(days.To) });
        do
        {
            // By its cursor: the address of the next page, as Meta gives it, carries the token.
            var page = MetaInsights.Read<MetaInsights.Page>(await AskAsync(
                $"/insights?level={level}&time_increment={increment}&fields={fields}&limit={PageSize}&time_range={Uri.EscapeDataString(range)}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", cancel));
            rows.AddRange(page?.Data ?? throw MetaInsights.Unreadable("A page without data."));
            after = page.Paging?.Next is null ? null : page.Paging.Cursors?.After;
        }
        while (after is not null);
        return rows;
    }

    private async Task<string> AskAsync(string rest, CancellationToken cancel)
    {
        if (account.Connection is not { AdAccountId: { } number } meta)
            throw new SpendReadException(ChannelAnswer.NotConnected);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(meta.ApiBase, $"/{meta.Version}/act_{Uri.EscapeDataString(number)}{rest}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", meta.AccessToken);
        using var client = http.CreateClient(MetaChannel.HttpName);
        var answer = await ChannelHttp.ExchangeAsync(client, request, MetaAnswer.ReadDataset, cancel);
        return answer.Outcome == ChannelOutcome.Delivered ? answer.Body : throw new SpendReadException(answer);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
