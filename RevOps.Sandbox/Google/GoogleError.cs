using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>google.rpc.Status: a code for programs, a text for people, and the reason and the field in its details.</summary>
internal sealed record GoogleError(int Code, string Status, string Message, string? Reason = null, string? Field = null)
{
    public static GoogleError Unauthenticated { get; } = new(401, "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token.", "ACCESS_TOKEN_INVALID");

    public static GoogleError Exhausted { get; } = new(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Ingestion requests'.", "RATE_LIMIT_EXCEEDED");

    public static GoogleError Broken { get; } = new(500, "INTERNAL", "Internal error encountered.");

    public static GoogleError NotFound(HttpRequest request) => new(404, "NOT_FOUND", $"{request.Method} {request.Path} is not served here.");

    public static GoogleError Invalid(string reason, string field, string message) => new(400, "INVALID_ARGUMENT", message, reason, field);

    public static GoogleError Required(string field) => Invalid("REQUIRED_FIELD_MISSING", field, $"The required field {field} is missing.");

    public Answer ToAnswer()
    {
        var details = new JsonArray();
        if (Reason is not null)
        {
            details.Add((JsonNode)new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
                ["reason"] = Reason,
                ["domain"] = "datamanager.googleapis.com",
            });
        }
        if (Field is not null)
        {
            details.Add((JsonNode)new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
                ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = Field, ["description"] = Message, ["reason"] = Reason }),
            });
        }
        var error = new JsonObject { ["code"] = Code, ["message"] = Message, ["status"] = Status, ["details"] = details };
        return new Answer(Code, new JsonObject { ["error"] = error }.ToJsonString(Wire.Camel));
    }
}
