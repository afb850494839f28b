using RevOps.Core.Platform.Outbox;

namespace RevOps.Web.Platform.Engine;

/// <summary>Runs the outbox as long as the host does: each worker empties it, then sleeps until the bell rings.</summary>
public sealed class OutboxPump(OutboxRelay relay, OutboxWake wake, ILogger<OutboxPump> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, OutboxRelay.Workers).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await relay.WorkAsync(stopping);
                await wake.WaitAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that is away for a moment must not end the pump.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.LogWarning(error, "The outbox could not be worked; trying again in {Seconds} s", Pause.TotalSeconds);
                await Task.Delay(Pause, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
