using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RevOps.Core.Conversions.Google;

/// <summary>
/// The conversion actions of the connected account by their names. The Google Ads API tells them, which needs rights that sending does not: where it
/// refuses or is silent, numbers have to do. Source: developers.google.com, Google Ads API v26, conversion_action.
/// </summary>
public sealed class GoogleActions(GoogleAdsAccount account, IHttpClientFactory http) : IDisposable
{
    private const string Query = "SELECT conversion_action.id, conversion_action.name, conversion_action.type FROM conversion_action";

    // Somebody waits for the page.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly GoogleTokens tokens = new(http, TimeProvider.System, GoogleTokens.Ads);
    private Known? known;

    /// <summary>As of the last ten minutes; empty where the account does not tell.</summary>
    public async Task<IReadOnlyList<GoogleAction>> ListAsync(CancellationToken cancel)
    {
        if (account.Connection is not { } google)
            return [];
        if (known is { } fresh && fresh.Of == google && fresh.Until > TimeProvider.System.GetUtcNow())
            return fresh.Actions;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ended.CancelAfter(Patience);
        try
        {
            known = new(google, TimeProvider.System.GetUtcNow() + Kept, await AskAsync(google, ended.Token));
            return known.Actions;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return [];
        }
    }

    public void Dispose() => tokens.Dispose();

    private async Task<IReadOnlyList<GoogleAction>> AskAsync(GoogleConnection google, CancellationToken cancel)
    {
        var (token, _) = await tokens.GetAsync(google.Key, cancel);
        if (token is null)
            return [];
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(google.AdsApiBase, $"/{google.AdsVersion}/customers/{Digits(google.CustomerId)}/googleAds:searchStream"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (google.LoginCustomerId is { } manager)
            request.Headers.Add("login-customer-id", Digits(manager));
        request.Content = new StringContent(JsonSerializer.Serialize(new { query = Query }), Encoding.UTF8, "application/json");
        using var client = http.CreateClient(GoogleChannel.HttpName);
        var answer = await ChannelHttp.ExchangeAsync(client, request, reply => reply.As(reply.IsSuccess ? ChannelOutcome.Delivered : ChannelOutcome.Refused), cancel);
        var batches = answer.Outcome == ChannelOutcome.Delivered ? GoogleJson.TryRead<List<Batch>>(answer.Body, GoogleJson.CamelCase) ?? [] : [];
        return [.. batches.SelectMany(batch => batch.Results ?? []).Select(row => row.ConversionAction).OfType<GoogleAction>().Where(action => action is { Id.Length: > 0, Name.Length: > 0 }).OrderBy(action => action.Name, StringComparer.CurrentCulture)];
    }

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    private sealed record Known(GoogleConnection Of, DateTimeOffset Until, IReadOnlyList<GoogleAction> Actions);

    private sealed record Batch(List<Row>? Results);

    private sealed record Row(GoogleAction? ConversionAction);
}

/// <param name="Id">Its number.</param>
/// <param name="Name">As somebody called it in Google Ads.</param>
/// <param name="Type">Such as <c>UPLOAD_CLICKS</c>.</param>
public sealed record GoogleAction(string Id, string Name, string? Type)
{
    /// <summary>Made for conversions that are sent; others are fed by a tag.</summary>
    public bool TakesUploads => Type == "UPLOAD_CLICKS";
}
