using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RevOps.Bench;

/// <summary>Stripe's stand-in and the product, each in a process of its own. The product dies and comes back at the same address.</summary>
internal sealed class OnceWorld : IAsyncDisposable
{
    public const int StripeCallsPerSecond = 25;

    /// <summary>What the product allows itself with a test key.</summary>
    public const int OwnCallsPerSecond = 20;

    private const string WebhookSecret = "whsec_bench";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("revops-bench-");
    private readonly Uri address = new($"http://127.0.0.1:{FreePort()}");
    private readonly HttpClient stripe = new();
    private readonly OnceProcess sandbox;
    private JsonNode addresses = new JsonObject();
    private OnceProcess? app;

    private OnceWorld()
    {
        App = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        Database = new(folder.FullName);
        sandbox = OnceProcess.Start("RevOps.Sandbox", SandboxArguments(), new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>The product, with a key that may write events.</summary>
    public HttpClient App { get; }

    public OnceDatabase Database { get; }

    public int Kills { get; private set; }

    public static async Task<OnceWorld> StartAsync()
    {
        var world = new OnceWorld();
        world.addresses = JsonNode.Parse(await world.sandbox.FirstLineAsync())!;
        world.stripe.BaseAddress = new((string)world.addresses["stripe"]!);
        await world.PostAsync("/_sandbox/webhook-url", new() { ["url"] = new Uri(world.address, "/hooks/stripe").ToString() });
        await world.StartAppAsync();
        var key = await world.App.GetStringAsync(new Uri(OnceDoor.KeyPath, UriKind.Relative));
        world.App.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return world;
    }

    public async Task KillAsync()
    {
        await using var dying = app!;
        await dying.KillAsync();
        Kills++;
    }

    public async Task StartAppAsync()
    {
        app = OnceProcess.Start("RevOps.Web", [], AppSettings());
        app.Drain();
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!await IsReadyAsync())
        {
            if (TimeProvider.System.GetUtcNow() > until)
                throw new TimeoutException($"The product did not become ready within {Patience.TotalMinutes:0} minutes.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>What was really executed at Stripe, and what is there.</summary>
    public async Task<JsonObject> EffectsAsync() => (await stripe.GetFromJsonAsync<JsonObject>(new Uri("/_sandbox/effects", UriKind.Relative)))!;

    /// <summary>In place of those that were armed.</summary>
    public async Task SetFaultsAsync(JsonArray faults)
    {
        using var answer = await stripe.PutAsJsonAsync(new Uri("/_sandbox/faults", UriKind.Relative), faults);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Delivers once more what happened since; how many events that were.</summary>
    public async Task<int> RedeliverAsync(DateTimeOffset since) =>
        (int)(await PostAsync("/_sandbox/webhooks/redeliver", new() { ["since"] = since.ToUnixTimeSeconds() }))["events"]!;

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        await sandbox.DisposeAsync();
        App.Dispose();
        stripe.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<JsonObject> PostAsync(string path, JsonObject body)
    {
        using var answer = await stripe.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await App.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private string[] SandboxArguments() =>
    [
        "--stripe-port", "0", "--meta-port", "0", "--google-port", "0", "--folder", folder.CreateSubdirectory("sandbox").FullName,
        "--webhook-secret", WebhookSecret, "--calls-per-second", $"{StripeCallsPerSecond}",
    ];

    private Dictionary<string, string> AppSettings()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = address.ToString(),
            [OnceDoor.Variable] = "open",
            ["Data__Folder"] = folder.FullName,
            ["Demo__Enabled"] = "false",
            ["Sandbox__Enabled"] = "false",
            ["Logging__LogLevel__Default"] = "Error",
            ["RateLimits__Events__PermitsPerSecond"] = "1000000",
            ["Stripe__ApiKey"] = "sk_test_bench",
            ["Stripe__ApiBase"] = stripe.BaseAddress!.ToString(),
            ["Stripe__WebhookSecret"] = WebhookSecret,

            // On this machine's own stand-in it would know no limit: here it keeps to the one of a test account.
            ["Stripe__CallsPerSecond"] = $"{OwnCallsPerSecond}",

            // Without them every conversion would wait for them.
            ["Meta__DatasetId"] = "1000000000000000",
            ["Meta__AccessToken"] = "token",
            ["Meta__ApiBase"] = (string)addresses["meta"]!,
            ["Google__CustomerId"] = "1234567890",
            ["Google__ServiceAccountKeyFile"] = Path.Combine(folder.FullName, "sandbox", "google-service-account.json"),
            ["Google__ApiBase"] = (string)addresses["google"]!,
            ["Google__ConversionActions__Lead"] = "1001",
            ["Google__ConversionActions__Qualified"] = "1002",
            ["Google__ConversionActions__Booked"] = "1003",
        };
        foreach (var (key, value) in SeededFolder.Company)
            settings[key.Replace(":", "__", StringComparison.Ordinal)] = value!;
        return settings;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
