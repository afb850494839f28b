using System.Text.Json.Nodes;

namespace RevOps.Sandbox.HubSpot;

/// <summary>HubSpot's error: a status, a category and a correlation id.</summary>
internal sealed record HubSpotError(int Status, string Category, string Message)
{
    public static HubSpotError NoToken { get; } = new(401, "INVALID_AUTHENTICATION", "Authentication credentials not found. This API supports OAuth 2.0 authentication.");

    public static HubSpotError NoScope { get; } = new(403, "MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call.");

    public static HubSpotError Throttled { get; } = new(429, "RATE_LIMITS", "You have reached your secondly limit.");

    public static HubSpotError Broken { get; } = new(500, "INTERNAL_ERROR", "internal error");

    public static HubSpotError Missing { get; } = new(404, "OBJECT_NOT_FOUND", "Object not found. objectId are usually numeric.");

    public static HubSpotError Bad(string message) => new(400, "VALIDATION_ERROR", message);

    public Answer ToAnswer()
    {
        var answer = new Answer(Status, new JsonObject { ["status"] = "error", ["message"] = Message, ["correlationId"] = Guid.NewGuid().ToString(), ["category"] = Category }.ToJsonString(Wire.Camel));
        if (Status == 429)
            answer.Headers["Retry-After"] = "1";
        return answer;
    }
}
