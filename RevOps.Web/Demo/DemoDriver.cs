using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Demo;
using RevOps.Core.Platform.Outbox;
using RevOps.Web.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Demo;

/// <summary>
/// Tells the demo's days on a first start, one after the other: the clock is put to noon and to the evening of each, the world sends
/// what happened since, Finance approves, clients pay, and the product's own jobs run until nothing is due. Broken off, it goes on
/// with the day that it was at: events keep their ids, and approving or paying twice does nothing.
/// </summary>
public sealed class DemoDriver(
    DemoClock clock, DemoOptions options, DemoRuns runs, DemoProgress progress, DemoWorld world, DemoFinance finance, DemoClients clients, DemoBank bank, DemoPrices prices, AskAdvice advice, OutboxRelay relay, SnapshotDesk snapshots, SandboxHost sandbox,
    MetaAccount meta, CompanyProfile company, IDbContextFactory<RevOpsDb> databases, IHostApplicationLifetime lifetime, ILogger<DemoDriver> log)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan[] Hours = [new(13, 0, 0), new(20, 0, 0)];
    private const int DaysOfWeek = 7;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private DemoRun? run;

    /// <summary>The clock is turned back before anything looks at it.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        run = await runs.FindAsync(cancellationToken) ?? await BeginAsync(cancellationToken);
        progress.Tell(run);
        if (run is not { State: DemoState.Running })
            return;
        clock.Stand((await StoryAsync(run)).At(run.DaysDone, Hours[0]));
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ListeningAsync(stoppingToken);
            if (run is not { State: DemoState.Running })
            {
                // A booking that was played when the process died left its key behind.
                await world.CloseAsync(stoppingToken);
                return;
            }

            await TellAsync(await StoryAsync(run), run.DaysDone, stoppingToken);

            // The night's work of the last day: attribution has something to show.
            await snapshots.AskAsync(AuditTrail.System, stoppingToken);
            await SettleAsync(stoppingToken);
            await runs.EndAsync(DemoState.Done, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Goes on at the next start.
        }
#pragma warning disable CA1031 // The product must stay usable when its demo fails: what was told stands, and the next start goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogError(error, "The demo broke off; it goes on at the next start.");
            progress.Fail(error.Message);
        }
        finally
        {
            if (run is { State: DemoState.Running })
                await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        clock.Release();
        BreakOrMendMeta(Agency.MetaFailsUntil);
        await world.CloseAsync(CancellationToken.None);
        progress.Tell(await runs.FindAsync(CancellationToken.None));
    }

    private async Task<DemoRun?> BeginAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!options.Runs || await db.Set<ReceivedEvent>().AnyAsync(cancel))
            return null;
        var zone = await ZoneAsync();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        return await runs.BeginAsync(options.Seed, today.AddDays(1 - options.Days), options.Days, cancel);
    }

    private async Task<Story> StoryAsync(DemoRun of) => new(of.Seed, of.FirstDay, of.Days, options.People, options.Bookings, await ZoneAsync());

    private async Task<TimeZoneInfo> ZoneAsync() => (await company.CurrentAsync()).Zone;

    private async Task ListeningAsync(CancellationToken cancel)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ready = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancel);
    }

    private async Task TellAsync(Story story, int from, CancellationToken cancel)
    {
        // What happened after the last evening that was told belongs to the next noon.
        var events = new Queue<ToldEvent>(Script.Write(story).Where(told => told.Time > story.At(from, TimeSpan.Zero) - TimeSpan.FromHours(4)));
        await world.OpenAsync(cancel);
        await prices.OpenAsync(story.FirstDay, cancel);
        for (var day = from; day < story.Days; day++)
        {
            foreach (var hour in Hours)
            {
                if (!Reach(story.At(day, hour)))
                    break;
                BreakOrMendMeta(day);
                await StepAsync(events, approve: hour == Hours[^1] && day < story.Days - options.LeftToApprove, cancel);
            }

            await PriceAsync(day, answers: day < story.Days - options.LeftToApprove, cancel);
            await BankAsync(story, day, cancel);
            await runs.ReachedAsync(day + 1, cancel);
            progress.Tell(day + 1);
        }

        // The rest of today, up to now.
        clock.Release();
        await StepAsync(events, approve: false, cancel);
    }

    /// <summary>The night's advice, and what Finance says to it; that of the last days waits for whoever looks.</summary>
    private async Task PriceAsync(int day, bool answers, CancellationToken cancel)
    {
        await advice.NowAsync(cancel);
        await SettleAsync(cancel);
        if (answers)
            await prices.AnswerAsync(day, cancel);
    }

    /// <summary>The week's statement, on its last evening.</summary>
    private async Task BankAsync(Story story, int day, CancellationToken cancel)
    {
        if (day % DaysOfWeek == DaysOfWeek - 1 && await bank.BringAsync(story.FirstDay, story.FirstDay.AddDays(day), cancel))
            await SettleAsync(cancel);
    }

    /// <summary>False once that instant has not come yet in the real world.</summary>
    private bool Reach(DateTimeOffset at)
    {
        if (at > TimeProvider.System.GetUtcNow())
            return false;
        clock.Stand(at);
        return true;
    }

    private async Task StepAsync(Queue<ToldEvent> events, bool approve, CancellationToken cancel)
    {
        var (now, happened) = (clock.GetUtcNow(), new List<ToldEvent>());
        while (events.TryPeek(out var next) && next.Time <= now)
            happened.Add(events.Dequeue());
        await world.SendAsync(await prices.SellAsync(happened, cancel), cancel);
        await SettleAsync(cancel);
        if (!approve)
            return;

        if (await finance.ApproveAsync(now, cancel) > 0)
            await SettleAsync(cancel);
        if (await clients.PayAsync(now, cancel) > 0)
            await SettleAsync(cancel);
    }

    /// <summary>Until nothing is due, nothing runs and Stripe has told everything.</summary>
    private async Task SettleAsync(CancellationToken cancel)
    {
        while (true)
        {
            await relay.DrainAsync(cancel);
            if (sandbox.Servers is { HasUndelivered: true } || await IsBusyAsync(cancel))
                await Task.Delay(Look, TimeProvider.System, cancel);
            else
                return;
        }
    }

    private async Task<bool> IsBusyAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<OutboxRow>().AnyAsync(row => row.State == OutboxState.Running || (row.State == OutboxState.Waiting && row.NotBefore <= now), cancel);
    }

    /// <summary>For two days Meta knows the token no more.</summary>
    private void BreakOrMendMeta(int day)
    {
        if (meta.Sandbox is { } connection)
            meta.Sandbox = connection with { AccessToken = day is >= Agency.MetaFailsFrom and < Agency.MetaFailsUntil ? "bad" : "sandbox" };
    }
}
