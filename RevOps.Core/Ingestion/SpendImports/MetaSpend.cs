using System.Collections.Concurrent;
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

    // Longer spans are asked for as a report at once: the answer would only say that it is too much.
    private const int LongSpan = 45;

    private const string Columns = "campaign_id,campaign_name,adset_id,adset_name,ad_id,ad_name,spend,impressions,clicks";

    // A report takes seconds to minutes; what is not ready by then is asked for again with the next attempt.
    private static readonly TimeSpan[] Patience = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), .. Enumerable.Repeat(TimeSpan.FromSeconds(8), 6)];
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Account, Period Days), string> running = new();

    public string Platform => SpendPlatform.Meta;

    public ConnectedAccount? Account => account.Connection is { AdAccountId: { } number } meta ? new(number, meta.Mode) : null;

    public async Task<AccountFacts> DescribeAsync(CancellationToken cancel)
    {
        var told = MetaInsights.Read<MetaInsights.Account>(await AskAsync(HttpMethod.Get, $"{AccountPath}?fields=name,currency,timezone_name", cancel));
        return told is { Currency: { } currency, TimezoneName: { } zone } && Currency.IsKnown(currency)
            ? new(told.Name, currency, zone)
            : throw MetaInsights.Unreadable("The account has no currency or time zone.");
    }

    public async Task<IReadOnlyList<SpendFact>> ReadAsync(Period days, AccountFacts facts, CancellationToken cancel)
    {
        try
        {
            return (await RowsAsync(days, cancel)).ConvertAll(row => row.ToFact(facts.Currency));
        }
        catch (SpendReadException tooMuch) when (days.Days > 1 && MetaInsights.AsksForLess(tooMuch.Answer))
        {
            var middle = days.From.AddDays((days.Days / 2) - 1);
            return [.. await ReadAsync(new(days.From, middle), facts, cancel), .. await ReadAsync(new(middle.AddDays(1), days.To), facts, cancel)];
        }
    }

    public async Task<IReadOnlyList<DayTotal>> TotalsAsync(Period days, AccountFacts facts, CancellationToken cancel) =>
        (await PagesAsync("account", "1", "spend", days, cancel)).ConvertAll(row => new DayTotal(row.Day, row.Cost(facts.Currency)));

    private async Task<List<MetaInsights.Row>> RowsAsync(Period days, CancellationToken cancel)
    {
        if (days.Days > LongSpan)
            return await ReportAsync(days, cancel);
        try
        {
            return await PagesAsync("ad", "1", Columns, days, cancel);
        }
        catch (SpendReadException tooMuch) when (MetaInsights.AsksForLess(tooMuch.Answer))
        {
            return await ReportAsync(days, cancel);
        }
    }

    /// <summary>Meta works on it meanwhile. A report that was begun is asked about again by the next attempt, and not begun anew.</summary>
    private async Task<List<MetaInsights.Row>> ReportAsync(Period days, CancellationToken cancel)
    {
        var key = (account.Connection?.AdAccountId ?? "", days);
        var id = running.GetValueOrDefault(key) ?? MetaInsights.Read<MetaInsights.Report>(await AskAsync(HttpMethod.Post, InsightsOf("ad", "1", Columns, days), cancel))?.ReportRunId ?? throw MetaInsights.Unreadable("A report without an id.");
        running[key] = id;
        try
        {
            await FinishAsync(id, cancel);
            var rows = await AllPagesAsync($"{id}/insights?limit={PageSize}", cancel);
            running.TryRemove(key, out _);
            return rows;
        }
        catch (SpendReadException failed) when (failed.Answer.Code != MetaInsights.ReportRunning)
        {
            running.TryRemove(key, out _);
            throw;
        }
    }

    private async Task FinishAsync(string report, CancellationToken cancel)
    {
        foreach (var wait in Patience)
        {
            switch (MetaInsights.Read<MetaInsights.Report>(await AskAsync(HttpMethod.Get, $"{report}?fields=async_status,async_percent_completion", cancel))?.AsyncStatus)
            {
                case "Job Completed":
                    return;
                case "Job Failed" or "Job Skipped":
                    throw new SpendReadException(new(ChannelOutcome.Retry, null, MetaInsights.ReportFailed, "Meta could not make the report.", null, null, ""));
                default:
                    await Task.Delay(wait, TimeProvider.System, cancel);
                    break;
            }
        }

        throw new SpendReadException(new(ChannelOutcome.Retry, null, MetaInsights.ReportRunning, "Meta is still working on the report.", LookAgain, null, ""));
    }

    private Task<List<MetaInsights.Row>> PagesAsync(string level, string increment, string fields, Period days, CancellationToken cancel) => AllPagesAsync($"{InsightsOf(level, increment, fields, days)}&limit={PageSize}", cancel);

    private async Task<List<MetaInsights.Row>> AllPagesAsync(string address, CancellationToken cancel)
    {
        var (rows, after) = (new List<MetaInsights.Row>(), (string?)null);
        do
        {
            // By its cursor: the address of the next page, as Meta gives it, carries the token.
            var page = MetaInsights.Read<MetaInsights.Page>(await AskAsync(HttpMethod.Get, $"{address}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", cancel));
            rows.AddRange(page?.Data ?? throw MetaInsights.Unreadable("A page without data."));
            after = page.Paging?.Next is null ? null : page.Paging.Cursors?.After;
        }
        while (after is not null);
        return rows;
    }

    private string InsightsOf(string level, string increment, string fields, Period days) =>
        $"{AccountPath}/insights?level={level}&time_increment={increment}&fields={fields}&time_range={Uri.EscapeDataString(JsonSerializer.Serialize(new { since = Text(days.From), until = Text(days.To) }))}";

    private string AccountPath => account.Connection is { AdAccountId: { } number } ? $"act_{Uri.EscapeDataString(number)}" : throw new SpendReadException(ChannelAnswer.NotConnected);

    private async Task<string> AskAsync(HttpMethod method, string rest, CancellationToken cancel)
    {
        if (account.Connection is not { } meta)
            throw new SpendReadException(ChannelAnswer.NotConnected);
        using var request = new HttpRequestMessage(method, new Uri(meta.ApiBase, $"/{meta.Version}/{rest}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", meta.AccessToken);
        using var client = http.CreateClient(MetaChannel.HttpName);
        var answer = await ChannelHttp.ExchangeAsync(client, request, MetaAnswer.ReadDataset, cancel);
        return answer.Outcome == ChannelOutcome.Delivered ? answer.Body : throw new SpendReadException(answer);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
