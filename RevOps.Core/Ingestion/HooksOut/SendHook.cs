using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.HooksOut;

/// <summary>
/// Delivers one message by the Standard Webhooks specification: the same id and body at every try, signed anew each time, over more than a day.
/// </summary>
public sealed class SendHook(IDbContextFactory<RevOpsDb> databases, Vault vault, IHttpClientFactory http, TimeProvider clock) : IOutboxJob
{
    private const int LongestAnswer = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The wait after each failed try, before jitter: about 29 hours in all.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(12),
    ];

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var (hook, subscription) = await LoadAsync(Guid.Parse(row.Argument), cancel);
        if (hook is null || hook.Status != OutgoingStatus.Waiting)
            return OutboxResult.Done;
        if (subscription is not { IsEnabled: true })
        {
            await EndAsync(hook, null, OutgoingStatus.Failed, "disabled", cancel);
            return OutboxResult.Done;
        }

        var attempt = await TryAsync(hook, subscription, cancel);
        var isLast = hook.Round >= Waits.Count;
        var (status, error) = attempt switch
        {
            { StatusCode: >= 200 and < 300 } => (OutgoingStatus.Delivered, null),
            { StatusCode: (int)HttpStatusCode.Gone } => (OutgoingStatus.Failed, "gone"),
            _ => (isLast ? OutgoingStatus.Failed : OutgoingStatus.Waiting, attempt.Error),
        };
        await EndAsync(hook, attempt, status, error, cancel);
        return status == OutgoingStatus.Waiting ? OutboxResult.Retry(Reason(attempt), Jitter(Waits[hook.Round])) : OutboxResult.Done;
    }

    /// <summary>Each secret that counts now signs: the receiver may know either.</summary>
    public static string Sign(IEnumerable<string> secrets, Guid id, long seconds, string body) => string.Join(' ', secrets.Select(secret =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(HookSignature.StandardKey(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{NameOf(id)}.{seconds}.{body}"))))));

    public static string NameOf(Guid id) => $"msg_{id:N}";

    // The receiver that was down is not met by everybody at the same second.
    private static TimeSpan Jitter(TimeSpan wait) => wait * (0.9 + (Random.Shared.NextDouble() * 0.2));

    private static string Reason(HookAttempt attempt) => attempt.StatusCode is { } status ? $"The receiver answered {status.ToString(CultureInfo.InvariantCulture)}." : $"The receiver gave no answer ({attempt.Error}).";

    private async Task<(OutgoingHook? Hook, HookSubscription? Subscription)> LoadAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var hook = await db.Set<OutgoingHook>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, cancel);
        return (hook, hook is null ? null : await db.Set<HookSubscription>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == hook.SubscriptionId, cancel));
    }

    private async Task<HookAttempt> TryAsync(OutgoingHook hook, HookSubscription subscription, CancellationToken cancel)
    {
        var (at, started) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp());
        var secrets = await SecretsAsync(subscription, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, subscription.Url) { Content = new StringContent(hook.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", NameOf(hook.Id));
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Sign(secrets, hook.Id, at.ToUnixTimeSeconds(), hook.Body));
        request.Headers.UserAgent.ParseAdd("RevOps/1.0");
        var (status, answer, error) = await ExchangeAsync(request, cancel);
        var id = Guid.CreateVersion7();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return new()
        {
            Id = id,
            HookId = hook.Id,
            At = at,
            DurationMs = (int)Math.Ceiling(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds),
            StatusCode = status,
            Error = error,
            SealedAnswer = answer.Length == 0 ? null : await vault.SealAsync(db, DataKey.Company, id, answer, cancel),
        };
    }

    private async Task<(int? Status, string Answer, string? Error)> ExchangeAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var client = http.CreateClient(HookHandler.HttpName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return ((int)response.StatusCode, await BeginningAsync(response, patience.Token), null);
        }
        catch (HttpRequestException unreached)
        {
            return (null, "", unreached.InnerException is HookTargetException ? "private" : unreached.HttpRequestError is HttpRequestError.SecureConnectionError ? "tls" : "unreached");
        }
        catch (IOException)
        {
            return (null, "", "unreached");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "", "timeout");
        }
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[LongestAnswer];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private async Task<IReadOnlyList<string>> SecretsAsync(HookSubscription subscription, CancellationToken cancel)
    {
        var secrets = new List<string?> { await vault.OpenAsync(DataKey.Company, subscription.Id, subscription.SealedSecret, cancel) };
        if (subscription.PreviousUntil > clock.GetUtcNow())
            secrets.Add(await vault.OpenAsync(DataKey.Company, subscription.Id, subscription.SealedPrevious, cancel));
        return [.. secrets.OfType<string>()];
    }

    private async Task EndAsync(OutgoingHook seen, HookAttempt? attempt, OutgoingStatus status, string? error, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var hook = await db.Set<OutgoingHook>().SingleAsync(row => row.Id == seen.Id, cancel);
        (hook.Status, hook.LastError, hook.LastStatus) = (status, error, attempt?.StatusCode);
        if (attempt is not null)
        {
            db.Add(attempt);
            hook.Attempts++;
            hook.Round++;
            hook.LastAttemptAt = attempt.At;
        }

        if (error == "gone" && await db.Set<HookSubscription>().SingleOrDefaultAsync(row => row.Id == hook.SubscriptionId, cancel) is { } subscription)
            (subscription.IsEnabled, subscription.GoneAt) = (false, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
    }
}
