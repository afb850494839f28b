using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox;

/// <summary>Under <c>/_sandbox</c>, where no real platform has anything: look at the effects, arm and disarm faults.</summary>
internal static class ControlEndpoints
{
    public static void Map(WebApplication app, Faults faults, Func<JsonObject> effects)
    {
        app.MapGet("/_sandbox/effects", http => OkAsync(http, effects()));
        app.MapGet("/_sandbox/faults", http => OkAsync(http, Show(faults)));
        app.MapDelete("/_sandbox/faults", http =>
        {
            faults.Clear();
            return OkAsync(http, Show(faults));
        });
        app.MapPut("/_sandbox/faults", http => ReadAsync<IReadOnlyList<Fault>>(http, list =>
        {
            faults.Replace(list);
            return Show(faults);
        }));
    }

    /// <summary>The ids of all that was counted, each with how often it came: what a measurement of many asks for.</summary>
    public static void MapReceived(WebApplication app, Func<IReadOnlyDictionary<string, long>> received) =>
        app.MapGet("/_sandbox/received", http => OkAsync(http, JsonSerializer.SerializeToNode(received())!));

    public static Task OkAsync(HttpContext http, JsonNode body) => new Answer(200, body.ToJsonString(Wire.Camel)).WriteAsync(http);

    public static async Task ReadAsync<T>(HttpContext http, Func<T, JsonNode> act) where T : class
    {
        Answer answer;
        try
        {
            var read = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Wire.Camel, http.RequestAborted);
            answer = new Answer(200, act(read ?? throw new JsonException("The body is empty.")).ToJsonString(Wire.Camel));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or Stripe.StripeException)
        {
            answer = new Answer(400, new JsonObject { ["error"] = e.Message }.ToJsonString(Wire.Camel));
        }
        await answer.WriteAsync(http);
    }

    private static JsonNode Show(Faults faults) => JsonSerializer.SerializeToNode(faults.Active, Wire.Camel)!;
}
