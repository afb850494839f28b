using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>An error of the Google Ads API: google.rpc.Status with a GoogleAdsFailure in it. A stream answers with a list, also of errors.</summary>
/// <param name="Kind">Of the error code, such as "authorizationError".</param>
internal sealed record AdsError(int Code, string Status, string Message, string Kind, string Value)
{
    public static AdsError Unauthenticated { get; } = new(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", "authenticationError", "OAUTH_TOKEN_INVALID");

    public static AdsError Exhausted { get; } = new(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", "quotaError", "RESOURCE_EXHAUSTED");

    public static AdsError Broken { get; } = new(500, "INTERNAL", "Internal error encountered.", "internalError", "INTERNAL_ERROR");

    public static AdsError NoRights { get; } = new(403, "PERMISSION_DENIED", "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header.", "authorizationError", "USER_PERMISSION_DENIED");

    public static AdsError Query(string message) => new(400, "INVALID_ARGUMENT", message, "queryError", "UNEXPECTED_INPUT");

    public Answer ToAnswer()
    {
        var failure = new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure",
            ["errors"] = new JsonArray(new JsonObject { ["errorCode"] = new JsonObject { [Kind] = Value }, ["message"] = Message }),
            ["requestId"] = Wire.NewId("", 22),
        };
        var error = new JsonObject { ["code"] = Code, ["message"] = Message, ["status"] = Status, ["details"] = new JsonArray(failure) };
        return new Answer(Code, new JsonArray(new JsonObject { ["error"] = error }).ToJsonString(Wire.Camel));
    }
}
