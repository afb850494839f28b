using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RevOps.Tests.Testing.Processes;

/// <summary>Stripe, Meta and Google in a process of their own, which outlives the product that talks to them.</summary>
public sealed class SandboxProcess : IAsyncDisposable
{
    public const string WebhookSecret = "whsec_tests";

    private readonly TempFolder folder;
    private readonly ServerProcess process;
    private readonly HttpClient http = new();

    private SandboxProcess(TempFolder folder, ServerProcess process, JsonNode addresses)
    {
        (this.folder, this.process) = (folder, process);
        (Stripe, Meta, Google) = (Address(addresses, "stripe"), Address(addresses, "meta"), Address(addresses, "google"));
    }

    public Uri Stripe { get; }
    public Uri Meta { get; }
    public Uri Google { get; }

    public string GoogleKeyFile => Path.Combine(folder.Path, "google-service-account.json");

    public static async Task<SandboxProcess> StartAsync()
    {
        var state = new TempFolder();
        string[] arguments =
        [
            "--stripe-port", "0", "--meta-port", "0", "--google-port", "0", "--folder", state.Path, "--webhook-secret", WebhookSecret,
            "--google-result-delay", "00:00:00.5",
        ];
        var (process, line) = await ServerProcess.StartAsync("RevOps.Sandbox", arguments, new Dictionary<string, string>(), line => line.StartsWith('{'));
        return new(state, process, JsonNode.Parse(line)!);
    }

    public Task SendWebhooksToAsync(Uri url) => PostAsync(Stripe, "/_sandbox/webhook-url", new JsonObject { ["url"] = url.ToString() });

    public Task PayAsync(string invoice) => PostAsync(Stripe, "/_sandbox/pay", new JsonObject { ["invoice"] = invoice });

    /// <summary>What was really executed, and how often each thing was received.</summary>
    public async Task<JsonObject> EffectsAsync(Uri server) => (await http.GetFromJsonAsync<JsonObject>(new Uri(server, "/_sandbox/effects")))!;

    public Task<string> SaidAsync() => process.SaidAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
        folder.Dispose();
    }

    private async Task PostAsync(Uri server, string path, JsonObject body)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(server, path), body);
        answer.EnsureSuccessStatusCode();
    }

    private static Uri Address(JsonNode addresses, string name) => new((string)addresses[name]!);
}
