using System.Text.Json.Nodes;

namespace RevOps.Bench;

/// <summary>What goes wrong at Stripe and on the way there, one scene after the other, by a seed; and every webhook twice or more.</summary>
internal sealed class OnceFaults(OnceWorld world, Random random)
{
    private const string Posts = "POST /v1/*";

    /// <summary>Webhooks that were delivered once more.</summary>
    public int Duplicates { get; private set; }

    public int Storms { get; private set; }

    public int Scenes { get; private set; }

    /// <summary>Until the token ends it; then nothing goes wrong any more.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var since = TimeProvider.System.GetUtcNow();
            await world.SetFaultsAsync(Scene());
            Scenes++;
            await Task.Delay(TimeSpan.FromSeconds(2 + (3 * random.NextDouble())), cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Duplicates += await world.RedeliverAsync(since);
        }

        await world.SetFaultsAsync([]);
    }

    /// <summary>Answers are dropped all the time; beside that one scene in four is a storm of refusals, and the others bring failures.</summary>
    private JsonArray Scene()
    {
        var drops = Fault(Posts, "drop", 0.1);
        switch (random.Next(4))
        {
            case 0:
                Storms++;
                return [drops, Fault("/v1/*", "429", 0.9)];
            case 1:
                return [drops, Fault(Posts, "500stored", 0.1), Fault(Posts, "500", 0.1)];
            case 2:
                return [drops, Fault(Posts, "500executed", 0.1), Fault("/v1/*", "cut", 0.1)];
            default:
                return [drops, Fault(Posts, "latency", 0.3)];
        }
    }

    private JsonObject Fault(string route, string kind, double probability) =>
        new() { ["route"] = route, ["kind"] = kind, ["count"] = -1, ["probability"] = probability, ["seed"] = random.Next() };
}
