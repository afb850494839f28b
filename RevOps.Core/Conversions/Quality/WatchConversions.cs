using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Quality;

/// <summary>Once an hour asks the ad platforms whether their tokens live, and looks whether conversions arrive and match as they did.</summary>
public sealed class WatchConversions(IDbContextFactory<RevOpsDb> databases, QualityQueries queries, ConversionQueries conversions, ConnectionDesk desk, IEnumerable<IPlatformConnection> connections, TimeProvider clock) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        foreach (var connection in connections.Where(connection => connection.Mode is not null && Enum.TryParse<AdPlatform>(connection.Name, out _)))
            await desk.CheckAsync(connection, cancel);
        var mode = conversions.CurrentMode;
        var found = await queries.AlertsAsync(mode, cancel);

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var known = await db.Set<ConversionAlert>().Where(alert => alert.Mode == mode).ToListAsync(cancel);
        db.RemoveRange(known.Where(alert => !found.Any(one => (one.Kind, one.Platform) == (alert.Kind, alert.Platform))));
        foreach (var one in found)
        {
            if (known.Find(alert => (one.Kind, one.Platform) == (alert.Kind, alert.Platform)) is not { } alert)
                db.Add(alert = new ConversionAlert { Id = Guid.CreateVersion7(), Mode = mode, Kind = one.Kind, Platform = one.Platform, Since = clock.GetUtcNow() });
            (alert.Now, alert.Before, alert.EndsAt) = (one.Now, one.Before, one.EndsAt);
        }

        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }
}
