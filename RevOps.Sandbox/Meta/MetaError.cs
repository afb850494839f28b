using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Meta;

/// <summary>The Graph API's error. Sub-codes of a bad event all lie in 28040xx; only 2804003, too old, is told apart by clients.</summary>
internal sealed record MetaError(int Status, string Type, int Code, int? SubCode, string Message, bool Transient = false)
{
    public static MetaError NoToken { get; } = Token(401, "An access token is required to request this resource.");

    public static MetaError BadToken { get; } = Token(400, "Invalid OAuth access token - Cannot parse access token");

    public static MetaError ExpiredToken { get; } = new(400, "OAuthException", 190, 463, "Error validating access token: Session has expired.");

    public static MetaError NoAdsRead { get; } = new(403, "OAuthException", 200, null, "(#200) Ad account owner has NOT grant ads_management or ads_read permission");

    public static MetaError TooLongAgo { get; } = new(400, "OAuthException", 3018, 1487534, "(#3018) The start date of the time range cannot be beyond 37 months from the current date");

    public static MetaError TooMuch { get; } = new(500, "OAuthException", 1, null, "Please reduce the amount of data you're asking for, then retry your request");

    public static MetaError Throttled { get; } = new(429, "OAuthException", 80004, 2446079, "There have been too many calls to this ad-account.");

    public static MetaError Broken { get; } = new(500, "OAuthException", 2, null, "An unexpected error has occurred. Please retry your request later.", Transient: true);

    public static MetaError Parameter(int subCode, string message) => new(400, "OAuthException", 100, subCode, "Invalid parameter: " + message);

    public static MetaError TooOld(string message) => Parameter(2804003, message);

    public static MetaError Missing(string what) => Parameter(2804016, what + " is required");

    public static MetaError Bad(string what) => Parameter(2804017, what);

    public static MetaError NoPermission { get; } = new(403, "OAuthException", 200, null, "(#200) Missing Permissions");

    /// <summary>One answer for what is not there and for what the token may not see, as at Meta.</summary>
    public static MetaError Unknown(string verb, string id) => new(400, "GraphMethodException", 100, 33,
        $"Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation");

    public static MetaError NoField(string name) => new(400, "OAuthException", 100, null, $"(#100) Tried accessing nonexisting field ({name}) on node type (AdsPixel)");

    public static MetaError Unroutable(string path) => new(400, "OAuthException", 2500, null, $"Unknown path components: {path}");

    public Answer ToAnswer()
    {
        var error = new JsonObject
        {
            ["message"] = Message,
            ["type"] = Type,
            ["code"] = Code,
            ["error_subcode"] = SubCode,
            ["is_transient"] = Transient,
            ["error_user_title"] = SubCode is null ? null : "The events were not received",
            ["error_user_msg"] = SubCode is null ? null : Message,
            ["fbtrace_id"] = Wire.NewId("A", 22),
        };
        return new Answer(Status, new JsonObject { ["error"] = error }.ToJsonString(Wire.Snake));
    }

    private static MetaError Token(int status, string message) => new(status, "OAuthException", 190, null, message);
}
