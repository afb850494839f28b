using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Tests.Testing;
using RevOps.Tests.Testing.Processes;

namespace RevOps.Tests.Journeys;

/// <summary>
/// Clients from click to cash, one after the other, by HTTP, with a product that dies on the way at one stop after the other: each life
/// ends at the next. Whoever drives it does what the world does: sends again what was not taken, clicks again when nothing happened, pays once.
/// </summary>
internal sealed class KillWalk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly TempFolder data;
    private readonly KillDatabase database;
    private readonly SandboxProcess sandbox;
    private readonly string key;
    private readonly Queue<string> ahead;
    private readonly List<string> behind = [];
    private Queue<JsonObject> events = [];
    private AppProcess? app;
    private int clients;
    private JsonElement figures;
    private Exception? lastCut;

    private KillWalk(TempFolder data, SandboxProcess sandbox, string key, IEnumerable<string> stops) => (this.data, database, this.sandbox, this.key, ahead) = (data, new(data.Path), sandbox, key, new(stops));

    /// <summary>Where it died, in this order.</summary>
    public IReadOnlyList<string> Behind => behind;

    /// <summary>Where it is still to die.</summary>
    public IReadOnlyCollection<string> Ahead => ahead;

    /// <param name="empty">The data folder of a product that nothing has happened in, to be copied.</param>
    /// <param name="key">A key of that product.</param>
    /// <param name="stops">Where it is to die, in the order of the walk.</param>
    public static async Task<KillWalk> SetOutAsync(TempFolder empty, string key, IEnumerable<string> stops) => new(empty.Copy(), await SandboxProcess.StartAsync(), key, stops);

    /// <summary>The next client, from the first click to the end, and what is there then.</summary>
    public async Task<KillEnd> WalkAsync()
    {
        if (app is null)
            await StartAsync();
        events = new(KillWalkEvents.All(++clients, TimeProvider.System.GetUtcNow()));
        await WalkToTheEndAsync();
        return new(clients, behind.Count, await KillOutcome.ReadAsync(behind.Count, figures, sandbox, data.Path));
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        await sandbox.DisposeAsync();
        data.Dispose();
    }

    private async Task StartAsync()
    {
        app = await AppProcess.StartAsync(data.Path, sandbox, ahead.FirstOrDefault());
        app.UseKey(key);
    }

    private async Task WalkToTheEndAsync()
    {
        var until = InAWhile();
        while (!await StepAsync())
        {
            if (TimeProvider.System.GetUtcNow() > until)
                throw new TimeoutException(await WhereItStandsAsync());
            if (app!.HasEnded)
            {
                await ReviveAsync();
                until = InAWhile();
            }
            else
            {
                await Task.Delay(Look);
            }
        }
    }

    private static DateTimeOffset InAWhile() => TimeProvider.System.GetUtcNow() + Patience;

    private async Task ReviveAsync()
    {
        if (!app!.WasKilled)
            throw new InvalidOperationException($"The product broke: {await app.SaidAsync()}");
        behind.Add(ahead.Dequeue());
        await app.DisposeAsync();

        // The client does not wait for us: whoever has an invoice in hand may pay it while we are down.
        await PayIfSentAsync();
        await StartAsync();
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

            if (Invoices(InvoiceStatus.ReadyForReview) > 0)
                await app!.ApproveAsync();
            if (Invoices(InvoiceStatus.Open) > 0)
                await PayIfSentAsync();

            // The last hook may come in after the first look.
            if (!IsSettled() || (long)(await sandbox.EffectsAsync(sandbox.Stripe))["undelivered"]! > 0 || !IsSettled())
                return false;
            figures = await app!.MetricsAsync();
            return true;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException or SqliteException)
        {
            // It died, or it is dying: the loop sees which.
            lastCut = cut;
            return false;
        }
    }

    /// <summary>What whoever must explain it needs: our figures, Stripe's own view, what both processes said, and what cut the last step.</summary>
    private async Task<string> WhereItStandsAsync()
    {
        var text = $"{Patience.TotalSeconds:0} s after death {behind.Count} the walk stands at: {Invoices(InvoiceStatus.Paid)} of {clients} paid, {database.Count($"Outbox WHERE State <> {(int)OutboxState.Done}")} open jobs\n{database.Text($"group_concat(Job || ' ' || Attempts || ' ' || coalesce(LastError, ''), '; ') FROM Outbox WHERE State <> {(int)OutboxState.Done}")}\nThe product: {await app!.SaidAsync()}\nThe sandbox: {await sandbox.SaidAsync()}\nThe last cut: {lastCut}";
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

    // A walk over the seventh minute of an hour finds thirteen months of ad spend asked for: none of this client's.
    private bool IsSettled() => Invoices(InvoiceStatus.Paid) >= clients
        && database.Count($"Conversions WHERE Status IN ({(int)ConversionStatus.Queued}, {(int)ConversionStatus.Received})") == 0
        && database.Count($"Outbox WHERE State <> {(int)OutboxState.Done} AND Job <> '{nameof(ReadSpend)}'") == 0;

    private long Invoices(InvoiceStatus status) => database.Count($"Invoices WHERE Status = {(int)status}");
}

/// <summary>What the last client left behind.</summary>
/// <param name="Clients">How many there were by then.</param>
/// <param name="Stops">At how many stops the product died by then.</param>
internal sealed record KillEnd(int Clients, int Stops, KillOutcome Outcome);
