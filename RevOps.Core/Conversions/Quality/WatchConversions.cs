using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Quality;

/// <summary>Once an hour asks the ad platforms whether their tokens live; what is found is an alert at the next look at all figures.</summary>
public sealed class WatchConversions(ConnectionDesk desk, IEnumerable<IPlatformConnection> connections) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        foreach (var connection in connections.Where(connection => connection.Mode is not null && Enum.TryParse<AdPlatform>(connection.Name, out _)))
            await desk.CheckAsync(connection, cancel);
        return OutboxResult.Done;
    }
}
