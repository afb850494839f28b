using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RevOps.Bench;

/// <summary>Whoever sends events: at a pace, and each again until it is taken, as a sender does whose receiver comes and goes.</summary>
internal sealed class OnceSender(OnceWorld world)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private int tries, taken;

    /// <summary>Events put on the wire, the attempts that nobody answered included.</summary>
    public int Tries => tries;

    /// <summary>Events that were answered as taken, now or before.</summary>
    public int Taken => taken;

    public async Task SendAsync(JsonObject cloudEvent)
    {
        while (!await TryAsync(cloudEvent))
            await Task.Delay(Again);
        Interlocked.Increment(ref taken);
    }

    /// <summary>One after the other, so many a second at most.</summary>
    public async Task SendAsync(IEnumerable<JsonObject> events, double perSecond)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        foreach (var cloudEvent in events)
        {
            await timer.WaitForNextTickAsync();
            await SendAsync(cloudEvent);
        }
    }

    private async Task<bool> TryAsync(JsonObject cloudEvent)
    {
        Interlocked.Increment(ref tries);
        try
        {
            using var answer = await world.App.PostAsJsonAsync(new Uri("/api/v1/events", UriKind.Relative), cloudEvent);
            if (answer.StatusCode != HttpStatusCode.Accepted)
                return false;
            var result = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["results"]![0]!;
            return (string?)result["status"] is "accepted" or "duplicate" ? true : throw new InvalidOperationException($"Refused: {result}");
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            // The product is dead, dying or not there yet.
            return false;
        }
    }
}
