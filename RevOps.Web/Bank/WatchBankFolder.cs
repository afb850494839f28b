using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Web.Bank;

/// <summary>Takes what a bank's program puts into the watched folder. The files themselves are what is left to do, so nothing else keeps it.</summary>
public sealed class WatchBankFolder(BankFolder folder, ILogger<WatchBankFolder> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            await folder.TakeAllAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops; what lies there is taken after the next start.
        }
#pragma warning disable CA1031 // A folder or a database that is away for a moment must not end the watch.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogWarning(error, "The folder for bank statements could not be read; trying again in {Seconds} s", Pause.TotalSeconds);
        }
    }
}
