using System.Collections.Concurrent;
using RevOps.Tests.Testing;
using RevOps.Tests.Testing.Processes;

namespace RevOps.Tests.Journeys;

/// <summary>
/// A few products at a time, each killed at one stop after the other on the way of as few clients as possible: what recovers from one kill
/// dies at the next. After a walk that failed the next stops get a product and platforms without a past.
/// </summary>
public sealed class KillWalks : IAsyncLifetime
{
    private const int AtOnce = 2;

    // A stop that a life passed before it was told to die there is met again by the next client.
    private const int MostClients = 6;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<KillEnd>> ends = new(StringComparer.Ordinal);
    private readonly TempFolder empty = new();
    private readonly Lock gate = new();
    private Task[]? products;
    private string key = "";

    /// <summary>The first life of all: migrated, and with a key. Every product sets out from a copy.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var sandbox = await SandboxProcess.StartAsync();
        await using var app = await AppProcess.StartAsync(empty.Path, sandbox, failPoint: null);
        key = await app.MakeKeyAsync();
        await app.KillAsync();
    }

    /// <summary>What stood there after the client on whose way the product died at that stop.</summary>
    internal Task<KillEnd> OfAsync(string stop)
    {
        lock (gate)
            products ??= [.. KillStops.All.Select(row => row.Data).Chunk((KillStops.All.Count + AtOnce - 1) / AtOnce).Select(stops => Task.Run(() => WalkAsync(stops)))];
        return Of(stop).Task;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(products ?? []);
        empty.Dispose();
    }

    private TaskCompletionSource<KillEnd> Of(string stop) => ends.GetOrAdd(stop, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task WalkAsync(IReadOnlyList<string> stops)
    {
        while (stops.Count > 0)
            stops = await WalkAsFarAsItGoesAsync(stops);
    }

    /// <summary>The stops that are left.</summary>
    private async Task<IReadOnlyList<string>> WalkAsFarAsItGoesAsync(IReadOnlyList<string> stops)
    {
        var told = 0;
        try
        {
            await using var walk = await KillWalk.SetOutAsync(empty, key, stops);
            for (var client = 0; walk.Ahead.Count > 0; client++)
            {
                if (client == MostClients)
                    throw new InvalidOperationException($"{MostClients} clients came and went, and the product was never at {stops[told]}.");
                var end = await walk.WalkAsync();
                for (; told < walk.Behind.Count; told++)
                    Of(stops[told]).SetResult(end);
            }

            return [];
        }
#pragma warning disable CA1031 // Whatever went wrong is that stop's outcome.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Of(stops[told]).TrySetException(broken);
            return [.. stops.Skip(told + 1)];
        }
    }
}
