using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Collector;

/// <summary>One product with a site key for all tests of a class; each test brings visitors of its own.</summary>
public sealed class OneSite : IAsyncLifetime
{
    public const string Origin = "https://www.shop.example";
    public const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    public const string Safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";

    public RevOpsHost Host { get; } = new() { Settings = { ["Proxy:Trusted"] = "127.0.0.1", ["RateLimits:Collect:PermitsPerSecond"] = "10000" } };

    public SiteKey Site { get; private set; } = null!;

    public static string NewId() => Guid.NewGuid().ToString();

    public async ValueTask InitializeAsync() => Site = await Host.Services.GetRequiredService<SiteKeys>().CreateAsync("Shop", [Origin], "user:1", CancellationToken.None);

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public JsonObject Touch(string visitor, string query = "", bool ads = true, string? id = null) => new()
    {
        ["key"] = Site.PublicKey,
        ["kind"] = "touch",
        ["id"] = id ?? NewId(),
        ["time"] = DateTimeOffset.UtcNow.ToString("O"),
        ["visitorId"] = visitor,
        ["url"] = $"{Origin}/offer{query}",
        ["ads"] = ads,
    };

    public JsonObject Consent(string visitor, string measurement = "granted") => new()
    {
        ["key"] = Site.PublicKey,
        ["kind"] = "consent",
        ["id"] = NewId(),
        ["time"] = DateTimeOffset.UtcNow.ToString("O"),
        ["visitorId"] = visitor,
        ["purposes"] = new JsonObject { ["measurement"] = measurement, ["ads"] = "granted" },
        ["textVersion"] = "2026-11",
        ["proof"] = "banner /offer",
    };

    /// <summary>A beacon, as a browser sends it.</summary>
    public async Task<HttpResponseMessage> SendAsync(JsonObject call, string? origin = Origin, string agent = Chrome, string media = "text/plain", Action<HttpRequestMessage>? change = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/collect") { Content = new StringContent(call.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(media)) };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        change?.Invoke(request);
        return await client.SendAsync(request);
    }

    /// <summary>The visitor's touches, joined, with their sealed part.</summary>
    public async Task<IReadOnlyList<(Touch Touch, TouchDetails Details)>> TouchesOfAsync(params string[] eventIds)
    {
        await Host.DrainAsync();
        await using var db = await Host.OpenDatabaseAsync();
        var touches = await (from received in db.Set<ReceivedEvent>() join touch in db.Set<Touch>() on received.Id equals touch.Id where eventIds.Contains(received.EventId) select touch).AsNoTracking().ToListAsync();
        var vault = Host.Services.GetRequiredService<Vault>();
        var opened = new List<(Touch, TouchDetails)>();
        foreach (var touch in touches)
            opened.Add((touch, JsonSerializer.Deserialize<TouchDetails>((await vault.OpenAsync(touch.PersonId, touch.Id, touch.SealedDetails))!)!));
        return opened;
    }

    public async Task<SiteState> StateAsync(Guid? site = null)
    {
        await Host.Services.GetRequiredService<CollectorLog>().FlushAsync();
        return (await Host.Services.GetRequiredService<CollectorQueries>().SitesAsync()).GetValueOrDefault(site ?? Site.Id) ?? new();
    }
}
