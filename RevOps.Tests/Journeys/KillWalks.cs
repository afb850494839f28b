using System.Collections.Concurrent;
using RevOps.Tests.Testing;
using RevOps.Tests.Testing.Processes;

namespace RevOps.Tests.Journeys;

/// <summary>
/// A few products at a time, each killed at one stop after the other: whoever recovered from the last kill is the one that dies at the
/// next, and half as many have to be started. After a walk that failed the next stops get a product and platforms without a past.
/// </summary>
public sealed class KillWalks : IAsyncLifetime
{
    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<(int Walked, KillOutcome Outcome)>> outcomes = new(StringComparer.Ordinal);
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

    /// <summary>What stood there after the walk with that stop, and how many walks the product had behind it then.</summary>
    internal Task<(int Walked, KillOutcome Outcome)> OfAsync(string stop)
    {
        lock (gate)
            products ??= [.. KillStops.All.Select(row => row.Data).Chunk((KillStops.All.Count + AtOnce - 1) / AtOnce).Select(stops => Task.Run(() => WalkAsync(new(stops))))];
        return Of(stop).Task;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(products ?? []);
        empty.Dispose();
    }

    private TaskCompletionSource<(int Walked, KillOutcome Outcome)> Of(string stop) => outcomes.GetOrAdd(stop, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task WalkAsync(Queue<string> stops)
    {
        while (stops.Count > 0)
        {
            try
            {
                await using var walk = await KillWalk.SetOutAsync(empty, key);
                while (stops.TryPeek(out var stop))
                {
                    Of(stop).SetResult(await walk.WalkAsync(stop, stops.Skip(1).FirstOrDefault()));
                    stops.Dequeue();
                }
            }
#pragma warning disable CA1031 // Whatever went wrong is that stop's outcome.
            catch (Exception broken)
#pragma warning restore CA1031
            {
                if (stops.TryDequeue(out var stop))
                    Of(stop).TrySetException(broken);
            }
        }
    }
}
