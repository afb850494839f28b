using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Bench;

/// <summary>How much the product has still to do.</summary>
internal sealed class OnceState(OnceWorld world)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Invoices that are neither sent nor waiting for a person with something missing.</summary>
    public long Unfinished => world.Database.Count($"Invoices WHERE Status IN ({(int)InvoiceStatus.Drafting}, {(int)InvoiceStatus.ReadyForReview}, {(int)InvoiceStatus.Approved})");

    /// <summary>Invoices that the product has in hand, and no person.</summary>
    public long Moving => world.Database.Count($"Invoices WHERE Status IN ({(int)InvoiceStatus.Drafting}, {(int)InvoiceStatus.Approved})");

    public long Ready => world.Database.Count($"Invoices WHERE Status = {(int)InvoiceStatus.ReadyForReview}");

    /// <summary>Events that wait for another one.</summary>
    public long Parked => world.Database.Count($"Events WHERE Status = {(int)EventStatus.Parked}");

    /// <summary>Jobs that run, are due, or failed and will be tried again; not those of the next hour or night.</summary>
    public long OpenJobs => world.Database.Count(
        $"Outbox WHERE State = {(int)OutboxState.Running} OR (State = {(int)OutboxState.Waiting} AND (LastError IS NOT NULL OR NotBefore <= {TimeProvider.System.GetUtcNow().AddSeconds(1).UtcTicks}))");

    public Task<bool> UntilSettledAsync(TimeSpan patience) => UntilAsync(IsSettledAsync, patience);

    /// <summary>False when it did not come to it in time.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> isSo, TimeSpan patience)
    {
        var until = TimeProvider.System.GetUtcNow() + patience;
        while (!await isSo())
        {
            if (TimeProvider.System.GetUtcNow() > until)
                return false;
            await Task.Delay(Look);
        }

        return true;
    }

    /// <summary>The last webhook may bring the last job, and the last job the last webhook: looked at before and after.</summary>
    private async Task<bool> IsSettledAsync() => IsIdle() && (long)(await world.EffectsAsync())["undelivered"]! == 0 && IsIdle();

    private bool IsIdle() => Unfinished == 0 && OpenJobs == 0 && Parked == 0;
}
