using System.Text.Json;
using System.Text.Json.Nodes;
using RevOps.Tests.Testing;
using RevOps.Tests.Testing.Processes;

namespace RevOps.Tests.Journeys;

/// <summary>
/// Clients from click to cash, one after the other, by HTTP, with a product that dies on the way of each. Whoever drives it does what the
/// world does: sends again what was not taken, clicks again when nothing happened, pays once.
/// </summary>
internal sealed class KillWalk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly TempFolder data;
    private readonly SandboxProcess sandbox;
    private readonly string key;
    private Queue<JsonObject> events = [];
    private AppProcess? app;
    private string? nextStop;
    private int walked, deaths;
    private JsonElement figures;
    private Exception? lastCut;

    private KillWalk(TempFolder data, SandboxProcess sandbox, string key) => (this.data, this.sandbox, this.key) = (data, sandbox, key);

    /// <param name="empty">The data folder of a product that nothing has happened in, to be copied.</param>
    /// <param name="key">A key of that product.</param>
    public static async Task<KillWalk> SetOutAsync(TempFolder empty, string key) => new(empty.Copy(), await SandboxProcess.StartAsync(), key);

    /// <summary>The next client, from the first click to the end; how many there were by then, and what is there.</summary>
    /// <param name="stop">Where the product dies on the way.</param>
    /// <param name="next">Where the life that comes after is to die, once all of this client's walk is done.</param>
    public async Task<(int Walked, KillOutcome Outcome)> WalkAsync(string stop, string? next)
    {
        nextStop = next;
        if (app is null)
            await StartAsync(stop);
        await app!.ArmAsync();
        events = new(KillWalkEvents.All(++walked, TimeProvider.System.GetUtcNow()));
        await WalkAsync();
        return (walked, await KillOutcome.ReadAsync(deaths, figures, sandbox, data.Path));
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        await sandbox.DisposeAsync();
        data.Dispose();
    }

    private async Task StartAsync(string? failPoint)
    {
        app = await AppProcess.StartAsync(data.Path, sandbox, failPoint);
        app.UseKey(key);
    }

    private async Task WalkAsync()
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!await StepAsync())
        {
            if (TimeProvider.System.GetUtcNow() > until)
                throw new TimeoutException(await WhereItStandsAsync());
            if (app!.HasEnded)
                await ReviveAsync();
            else
                await Task.Delay(Look);
        }
    }

    private async Task ReviveAsync()
    {
        if (!app!.WasKilled)
            throw new InvalidOperationException($"The product broke: {await app.SaidAsync()}");
        deaths++;
        await app.DisposeAsync();

        // The client does not wait for us: whoever has an invoice in hand may pay it while we are down.
        await PayIfSentAsync();
        await StartAsync(nextStop);
    }

    /// <summary>Does the next thing that is to be done by others; true at the end.</summary>
    private async Task<bool> StepAsync()
    {
        try
        {
            if (events.TryPeek(out var next))
            {
                if (await app!.SendAsync(next))
                    events.Dequeue();
                return false;
            }

            figures = await app!.MetricsAsync();
            if (Number("invoices", "awaitingApproval") > 0)
                await app.ApproveAsync();
            if (Number("invoices", "open") > 0)
                await PayIfSentAsync();
            if (!IsSettled() || (long)(await sandbox.EffectsAsync(sandbox.Stripe))["undelivered"]! > 0)
                return false;

            // The last hook may have come in after the first look.
            figures = await app.MetricsAsync();
            return IsSettled();
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            // It died, or it is dying: the loop sees which.
            lastCut = cut;
            return false;
        }
    }

    /// <summary>What whoever must explain it needs: our figures, Stripe's own view, what both processes said, and what cut the last step.</summary>
    private async Task<string> WhereItStandsAsync()
    {
        var text = $"After {Patience.TotalSeconds:0} s and {deaths} deaths the walk stands at: {figures}\nThe product: {await app!.SaidAsync()}\nThe sandbox: {await sandbox.SaidAsync()}\nThe last cut: {lastCut}";
        try
        {
            return $"{text}\nAt Stripe: {await sandbox.EffectsAsync(sandbox.Stripe)}";
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException or TaskCanceledException)
        {
            return $"{text}\nStripe does not answer: {silent}";
        }
    }

    private async Task PayIfSentAsync()
    {
        var effects = await sandbox.EffectsAsync(sandbox.Stripe);
        foreach (var invoice in effects["invoices"]!.AsArray())
        {
            if ((string?)invoice!["status"] == "open" && (long)invoice["sent"]! > 0)
                await sandbox.PayAsync((string)invoice["id"]!);
        }
    }

    private bool IsSettled() => Number("invoices", "paid") >= walked && Number("conversions", "queued") == 0 && Number("outbox", "pending") == 0;

    private long Number(string group, string name) => figures.GetProperty(group).GetProperty(name).GetInt64();
}
