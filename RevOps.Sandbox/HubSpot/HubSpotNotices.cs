using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.HubSpot;

/// <summary>Sends notices in batches of up to a hundred, signed as version 3, until they are taken.</summary>
internal sealed class HubSpotNotices(Store store, string secret) : IAsyncDisposable
{
    private const int MostAtOnce = 100;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;

    /// <summary>Until an address is known, notices wait.</summary>
    public Uri? Url { get; set; }

    public void Start() => loop = RunAsync(stop.Token);

    public static string Signature(string secret, string method, Uri url, string body, long milliseconds) => Convert.ToBase64String(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method}{url.AbsoluteUri}{body}{milliseconds}"))));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        http.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                await SendAsync(ct);
                await Task.Delay(Idle, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        if (Url is not { } url || store.Write(documents => documents.All<Notice>()) is not { Count: > 0 } waiting)
            return;
        var batch = waiting.Take(MostAtOnce).ToList();
        var body = new JsonArray([.. batch.Select(notice => notice.Render())]).ToJsonString(Wire.Camel);
        var taken = await PostAsync(url, body, ct);
        store.Write(documents =>
        {
            foreach (var notice in batch)
            {
                if (taken)
                    documents.Remove<Notice>(notice.Id);
                else
                    documents.Put(notice with { Attempt = notice.Attempt + 1 });
            }

            return true;
        });
    }

    private async Task<bool> PostAsync(Uri url, string body, CancellationToken ct)
    {
        try
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("X-HubSpot-Request-Timestamp", now.ToString(CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation("X-HubSpot-Signature-v3", Signature(secret, "POST", url, body, now));
            using var response = await http.SendAsync(request, ct);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
