using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RevOps.Sandbox.Stripe;

/// <summary>
/// Delivers every event at least once, in no promised order, signed as Stripe signs, until the receiver answers 2xx or three
/// days have passed. What is pending is in the store: a restart goes on where the last run stopped.
/// </summary>
internal sealed class Webhooks(StripeAccount account) : IAsyncDisposable
{
    private const int AtOnce = 8;
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;

    /// <summary>Until an address is known, deliveries wait.</summary>
    public Uri? Url { get; set; } = account.Options.WebhookUrl;

    public void Start() => loop = RunAsync(stop.Token);

    public static string Signature(string secret, long timestamp, string body)
    {
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"));
        return string.Create(CultureInfo.InvariantCulture, $"t={timestamp},v1={Convert.ToHexStringLower(signed)}");
    }

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
                if (!await TryRoundAsync(ct))
                    await account.EventsWaitingAsync(Idle, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    /// <summary>False when nothing was due, or when the round broke: one failure must not silence the webhooks for good.</summary>
    private async Task<bool> TryRoundAsync(CancellationToken ct)
    {
        try
        {
            // The round also lets the clock do its work when nobody calls.
            var due = account.Work(Due);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, DeliverAsync);
            return due.Count > 0;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"sandbox: a round of webhooks broke and is tried again: {e}");
            return false;
        }
    }

    private List<Delivery> Due(StripeSession session) => Url is null ? []
        : session.Documents.Where<Delivery>(new Filter("json_extract(json, '$.next_at') <= $value", NowMs()));

    private async ValueTask DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        var body = account.Work(s => s.Documents.Find<StripeEvent>(delivery.Id) is { } e ? s.Render(e).ToJsonString(Wire.Snake) : null);
        var status = body is null ? 200 : await PostAsync(body, ct);
        account.Work(session => Note(session, delivery, status));
    }

    private async Task<int?> PostAsync(string body, CancellationToken ct)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
            var signature = Signature(account.Options.WebhookSecret, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), body);
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
            using var response = await http.SendAsync(request, ct);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private bool Note(StripeSession session, Delivery delivery, int? status)
    {
        // Forgotten while it was on its way.
        if (session.Documents.Find<Delivery>(delivery.Id) is null)
            return true;
        var (retries, now) = (account.Options.WebhookRetries, NowMs());
        if (status is >= 200 and < 300 || now - delivery.Created > GiveUpAfter.TotalMilliseconds)
        {
            session.Documents.Remove<Delivery>(delivery.Id);
            return true;
        }
        var wait = retries[Math.Min(delivery.Attempts, retries.Count - 1)];
        session.Documents.Put(delivery with { Attempts = delivery.Attempts + 1, NextAt = now + (long)wait.TotalMilliseconds, LastStatus = status });
        return false;
    }

    private static long NowMs() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
