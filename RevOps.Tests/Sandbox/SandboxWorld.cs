using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RevOps.Sandbox;

namespace RevOps.Tests.Sandbox;

/// <summary>The servers on free ports over a folder of their own, and a client that speaks to them as Stripe's clients do.</summary>
internal sealed class SandboxWorld : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly string folder = Directory.CreateTempSubdirectory("revops-sandbox-").FullName;

    public TurnableClock Clock { get; } = new();

    public SandboxServers Servers { get; private set; } = null!;

    public HttpClient Http => http;

    public static async Task<SandboxWorld> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var world = new SandboxWorld();
        await world.StartServersAsync(change);
        return world;
    }

    public async Task RestartAsync()
    {
        await Servers.DisposeAsync();
        await StartServersAsync(null);
    }

    public async Task<Reply> PostAsync(string path, string form, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Servers.Stripe, path))
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request);
    }

    public async Task<Reply> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Servers.Stripe, path));
        return await SendAsync(request);
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request, string token = "sk_test_1")
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        return new Reply((int)response.StatusCode, body, response.Headers.Contains("Idempotent-Replayed"));
    }

    public async Task<Reply> PostJsonAsync(Uri address, JsonNode body, string token = "token")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        return await SendAsync(request, token);
    }

    public async Task<string> CustomerAsync() => (await PostAsync("/v1/customers", "name=Atelier&email=a@example.com")).Id;

    /// <summary>A draft with one line, by default of 100.00 without tax.</summary>
    public async Task<string> DraftAsync(string line = "lines[0][amount]=10000", string? customer = null)
    {
        customer ??= await CustomerAsync();
        var id = (await PostAsync("/v1/invoices", $"customer={customer}&currency=eur&collection_method=send_invoice&days_until_due=30")).Id;
        var lined = await PostAsync($"/v1/invoices/{id}/add_lines", line);
        Assert.Equal(200, lined.Status);
        return id;
    }

    public async Task<string> OpenAsync(string line = "lines[0][amount]=10000")
    {
        var id = await DraftAsync(line);
        Assert.Equal(200, (await PostAsync($"/v1/invoices/{id}/finalize", "")).Status);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await Servers.DisposeAsync();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartServersAsync(Func<SandboxOptions, SandboxOptions>? change)
    {
        var options = new SandboxOptions { Folder = folder, Clock = Clock, SystemClock = Clock, WebhookRetries = [TimeSpan.FromMilliseconds(20)] };
        Servers = await SandboxServers.StartAsync(change?.Invoke(options) ?? options);
    }
}

internal sealed record Reply(int Status, JsonObject Body, bool Replayed)
{
    public string Id => Text("id");

    public string? ErrorCode => (string?)Body["error"]?["code"];

    public string? ErrorType => (string?)Body["error"]?["type"];

    public string Text(string name) => (string?)Body[name] ?? throw new JsonException($"No {name} in {Body}");

    public long Number(string name) => (long)Body[name]!;
}
