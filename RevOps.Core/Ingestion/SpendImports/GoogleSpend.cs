using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Platform;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>
/// What a Google Ads account cost, by <c>googleAds:searchStream</c> with a service account's token. Source: developers.google.com, Google
/// Ads API v26. Asked twice: campaigns have it all, ads only their part, since Performance Max has no ads; what no ad accounts for stands
/// as a row of the campaign.
/// </summary>
public sealed class GoogleSpend(GoogleAdsAccount account, IHttpClientFactory http) : ISpendSource, IDisposable
{
    private readonly GoogleTokens tokens = new(http, TimeProvider.System, GoogleTokens.Ads);

    public string Platform => SpendPlatform.Google;

    public ConnectedAccount? Account => account.Connection is { } google ? new(Digits(google.CustomerId), google.AdsApiBase.IsLoopback ? Mode.Sandbox : Mode.Live) : null;

    public async Task<AccountFacts> DescribeAsync(CancellationToken cancel)
    {
        var customer = (await AskAsync("SELECT customer.descriptive_name, customer.currency_code, customer.time_zone FROM customer", cancel)).FirstOrDefault()?.Customer;
        return customer is { CurrencyCode: { } currency, TimeZone: { } zone } && Currency.IsKnown(currency)
            ? new(customer.DescriptiveName, currency, zone)
            : throw GoogleAdsAnswer.Unreadable("The account has no currency or time zone.");
    }

    public async Task<IReadOnlyList<SpendFact>> ReadAsync(Period days, AccountFacts facts, CancellationToken cancel)
    {
        try
        {
            return await OnceAsync(days, facts, cancel);
        }
        catch (SpendReadException silent) when (days.Days > 1 && silent.Answer.Code == ChannelHttp.TimedOut)
        {
            // What does not come within the time of an answer is asked for in halves.
            var middle = days.From.AddDays((days.Days / 2) - 1);
            return [.. await ReadAsync(new(days.From, middle), facts, cancel), .. await ReadAsync(new(middle.AddDays(1), days.To), facts, cancel)];
        }
    }

    private async Task<IReadOnlyList<SpendFact>> OnceAsync(Period days, AccountFacts facts, CancellationToken cancel)
    {
        var campaigns = await AskAsync($"SELECT segments.date, campaign.id, campaign.name, metrics.cost_micros, metrics.impressions, metrics.clicks FROM campaign WHERE {Between(days)}", cancel);
        var ads = await AskAsync($"SELECT segments.date, campaign.id, campaign.name, ad_group.id, ad_group.name, ad_group_ad.ad.id, ad_group_ad.ad.name, metrics.cost_micros, metrics.impressions, metrics.clicks FROM ad_group_ad WHERE {Between(days)}", cancel);
        return GoogleAdsRows.Facts(campaigns, ads, facts.Currency);
    }

    public async Task<IReadOnlyList<DayTotal>> TotalsAsync(Period days, AccountFacts facts, CancellationToken cancel) =>
        (await AskAsync($"SELECT segments.date, metrics.cost_micros FROM customer WHERE {Between(days)}", cancel)).ConvertAll(row => new DayTotal(row.Date, GoogleAdsRows.Cost(row.Micros, facts.Currency)));

    /// <summary>Which campaign and ad each click of one day was of, by its gclid: Google tells it of a single day, and of the last 90.</summary>
    /// <exception cref="SpendReadException">Google refused, or was not reached.</exception>
    internal async Task<IReadOnlyDictionary<string, GoogleClickAd>> ClicksAsync(DateOnly day, CancellationToken cancel)
    {
        var rows = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT click_view.gclid, click_view.ad_group_ad, campaign.id FROM click_view WHERE segments.date = '{day:yyyy-MM-dd}'"), cancel);
        return rows.Where(row => row is { ClickView.Gclid.Length: > 0, Campaign.Id: not null }).DistinctBy(row => row.ClickView!.Gclid, StringComparer.Ordinal)
            .ToDictionary(row => row.ClickView!.Gclid!, row => new GoogleClickAd(row.Campaign!.Id!.Value.ToString(CultureInfo.InvariantCulture), row.ClickView!.AdId), StringComparer.Ordinal);
    }

    public void Dispose() => tokens.Dispose();

    private async Task<List<GoogleAdsRows.Row>> AskAsync(string query, CancellationToken cancel)
    {
        if (account.Connection is not { } google)
            throw new SpendReadException(ChannelAnswer.NotConnected);

        // A token may be withdrawn before its time: that is worth one fresh one, a second refusal is the account's.
        for (var isFirst = true; ; isFirst = false)
        {
            var (token, failure) = await tokens.GetAsync(google.Key, cancel);
            if (token is null)
                throw new SpendReadException(failure!);
            var answer = await OnceAsync(google, token, query, cancel);
            if (answer.Outcome == ChannelOutcome.Delivered)
                return GoogleAdsAnswer.Rows(answer.Body);
            if (answer.HttpStatus != 401 || !isFirst)
                throw new SpendReadException(answer);
            tokens.Forget(token);
        }
    }

    private async Task<ChannelAnswer> OnceAsync(GoogleConnection google, string token, string query, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(google.AdsApiBase, $"/{google.AdsVersion}/customers/{Digits(google.CustomerId)}/googleAds:searchStream"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (google.LoginCustomerId is { } manager)
            request.Headers.Add("login-customer-id", Digits(manager));
        request.Content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
        using var client = http.CreateClient(GoogleChannel.HttpName);
        return await ChannelHttp.ExchangeAsync(client, request, GoogleAdsAnswer.Read, cancel);
    }

    private static string Between(Period days) => string.Create(CultureInfo.InvariantCulture, $"segments.date BETWEEN '{days.From:yyyy-MM-dd}' AND '{days.To:yyyy-MM-dd}'");

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));
}
