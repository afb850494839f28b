using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using RevOps.Web.Platform.FailPoints;

namespace RevOps.Tests.Testing.Processes;

/// <summary>The product in a process of its own, connected to a sandbox in another one.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly ServerProcess process;
    private readonly HttpClient http;

    private AppProcess(ServerProcess process, Uri address) => (this.process, http) = (process, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) });

    public bool HasEnded => process.HasEnded;

    public bool WasKilled => process.WasKilled;

    /// <summary>Starts it and waits until it serves; the sandbox's webhooks go to it from now on.</summary>
    /// <param name="dataFolder">Kept from one life to the next.</param>
    /// <param name="sandbox">The platforms.</param>
    /// <param name="failPoint">Where it shall die once it has started; null: nowhere.</param>
    public static async Task<AppProcess> StartAsync(string dataFolder, SandboxProcess sandbox, string? failPoint)
    {
        var environment = Settings(dataFolder, sandbox);
        if (failPoint is not null)
            environment[FailPoint.Key] = failPoint;

        // It listens only after its start has migrated and released: no need to ask whether it is ready.
        var (process, line) = await ServerProcess.StartAsync("RevOps.Web", [], environment, line => line.Contains(Listening, StringComparison.Ordinal));
        var address = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
        await sandbox.SendWebhooksToAsync(new Uri(address, "/hooks/stripe"));
        return new(process, address);
    }

    public Task<string> MakeKeyAsync() => http.GetStringAsync(new Uri(TestDoor.KeyPath, UriKind.Relative));

    public void UseKey(string key) => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

    /// <summary>True when the event was taken, now or before.</summary>
    public async Task<bool> SendAsync(JsonObject cloudEvent)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/api/v1/events", UriKind.Relative), cloudEvent);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            return false;
        var result = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["results"]![0]!;
        return (string?)result["status"] is "accepted" or "duplicate" ? true : throw new InvalidOperationException($"Refused: {result}");
    }

    public Task<JsonElement> MetricsAsync() => http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/metrics", UriKind.Relative));

    public Task<string> ApproveAsync() => http.GetStringAsync(new Uri(TestDoor.ApprovePath, UriKind.Relative));

    public Task KillAsync() => process.KillAsync();

    public Task<string> SaidAsync() => process.SaidAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    private static Dictionary<string, string> Settings(string dataFolder, SandboxProcess sandbox) => new(StringComparer.Ordinal)
    {
        // Development brings the particulars of a company, without which nothing may be approved.
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        [TestDoor.Variable] = "open",
        ["Data__Folder"] = dataFolder,
        ["Demo__Enabled"] = "false",
        ["Sandbox__Enabled"] = "false",
        ["Stripe__ApiKey"] = "sk_test_x",
        ["Stripe__ApiBase"] = sandbox.Stripe.ToString(),
        ["Stripe__WebhookSecret"] = SandboxProcess.WebhookSecret,
        ["Meta__DatasetId"] = "1000000000000000",
        ["Meta__AccessToken"] = "token",
        ["Meta__ApiBase"] = sandbox.Meta.ToString(),
        ["Google__CustomerId"] = "1234567890",
        ["Google__ServiceAccountKeyFile"] = sandbox.GoogleKeyFile,
        ["Google__ApiBase"] = sandbox.Google.ToString(),
        ["Google__ConversionActions__Lead"] = "1001",
        ["Google__ConversionActions__Qualified"] = "1002",
        ["Google__ConversionActions__Booked"] = "1003",
    };
}
