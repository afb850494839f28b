using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>Sends what is due to one platform, as many as a request may carry at a time, until nothing is due any more.</summary>
public sealed class SendConversions(IDbContextFactory<RevOpsDb> databases, PortionReader reader, PortionStore store, IEnumerable<IConversionChannel> channels, TimeProvider clock) : IOutboxJob
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WhileBroken = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var channel = channels.Single(candidate => candidate.Platform == Enum.Parse<AdPlatform>(row.Argument));
        if (channel.Mode is { } mode)
        {
            var stops = new Dictionary<string, ChannelAnswer>(StringComparer.Ordinal);
            bool sentAny, everSent = false;
            do
            {
                sentAny = false;
                foreach (var name in (await reader.NamesAsync(channel, cancel)).Where(name => !stops.ContainsKey(name ?? "")))
                {
                    var (stop, sent) = await SendAllAsync(channel, mode, name, cancel);
                    (sentAny, everSent) = (sentAny || sent, everSent || sent);
                    if (stop is null)
                        continue;

                    // Where something got through just now, the platform is not down.
                    if (!stop.NamesDestination)
                        return OutboxResult.Retry($"{channel.Platform}: {stop.Code}", WaitAfter(stop, everSent ? 1 : row.Attempts));
                    stops[name ?? ""] = stop;
                }
            }
            while (sentAny);

            // One wrong action keeps its own conversions waiting, and nobody else's.
            if (stops.Count > 0)
                return OutboxResult.Retry($"{channel.Platform}: {string.Join(", ", stops.Values.Select(stop => stop.Code).Distinct())}", stops.Values.Max(stop => WaitAfter(stop, 1)));
        }

        return await RestAsync(channel, row, cancel);
    }

    /// <summary>Portion after portion: while one is on its way the next is read, on a thread of its own, since the driver of SQLite waits for nothing.</summary>
    private async Task<(ChannelAnswer? Stop, bool SentAny)> SendAllAsync(IConversionChannel channel, Mode mode, string? name, CancellationToken cancel)
    {
        var (portion, any, anyTaken) = (await reader.ReadAsync(channel, mode, name, null, cancel), false, false);
        while (portion is not null)
        {
            var (taken, run) = (portion, new PortionRun(store, channel, portion, anyTaken, clock));
            var next = Task.Run(() => reader.ReadAsync(channel, mode, name, taken, cancel), cancel);
            try
            {
                await run.RunAsync(cancel);
            }
            finally
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (run.Stop is { } stop)
                return (stop, any);

            // Others of the same sales waited for these; and what was read while something else changed is there still.
            (portion, any, anyTaken) = (await next ?? await reader.ReadAsync(channel, mode, name, null, cancel), true, run.AnyTaken);
        }

        return (null, any);
    }

    /// <summary>What the platform asks for, else longer each time; a connection that somebody has to mend is tried once a minute.</summary>
    private static TimeSpan WaitAfter(ChannelAnswer stop, int attempts)
    {
        if (stop.RetryAfter is { } asked && asked > TimeSpan.Zero)
            return asked;
        return stop.Outcome == ChannelOutcome.ConnectionBroken ? WhileBroken : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Shortest.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 10))));
    }

    /// <summary>Nothing more goes now: what is due later is asked for, and what waits for a connection keeps this row waiting.</summary>
    private async Task<OutboxResult> RestAsync(IConversionChannel channel, OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (now, mode) = (clock.GetUtcNow(), channel.Mode);
        var queued = db.Set<Conversion>().Where(conversion => conversion.Platform == channel.Platform && conversion.DueAt != null && conversion.Status == ConversionStatus.Queued);
        if (mode is not null && await queued.Where(conversion => conversion.Mode == mode).MinAsync(conversion => conversion.DueAt, cancel) is { } next)
            await ConversionQueue.AskAsync(db, channel.Platform, next > now ? next : now, cancel);
        var others = await queued.Where(conversion => conversion.Mode != mode || mode == null).Select(conversion => (Mode?)conversion.Mode).FirstOrDefaultAsync(cancel);
        var again = now + LookAgain;
        var isWaitedFor = others is not null && await ConversionQueue.WaitingFor(db, channel.Platform).AnyAsync(other => other.Id != row.Id && other.NotBefore <= again, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (others is null || isWaitedFor)
            return OutboxResult.Done;
        return OutboxResult.Wait(mode is null ? $"{channel.Platform} is not connected." : $"Some conversions are of mode {others}, and {channel.Platform} is connected in mode {mode}.", LookAgain);
    }
}
