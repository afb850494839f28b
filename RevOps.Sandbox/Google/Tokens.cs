using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <param name="Scopes">What it opens, separated by blanks.</param>
internal sealed record AccessToken(string Id, long Created, string Scopes) : IDocument
{
    public const int LifeSeconds = 3600;
}

/// <summary>The token endpoint: an assertion signed by the service account's key buys an hour.</summary>
internal static class Tokens
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>Opens the Data Manager API.</summary>
    public const string DataManager = "https://www.googleapis.com/auth/datamanager";

    /// <summary>Opens the Google Ads API.</summary>
    public const string Ads = "https://www.googleapis.com/auth/adwords";

    public static Answer Issue(Store store, IFormCollection form, ServiceAccount account, Uri address, long now)
    {
        if (form["grant_type"] != Grant)
            return Refused("unsupported_grant_type", $"Invalid grant_type: {form["grant_type"]}");
        var assertion = form["assertion"].ToString();
        if (Check(assertion, account, address, now) is { } wrong)
            return Refused("invalid_grant", wrong);
        var token = new AccessToken(Wire.NewId("ya29.", 48), now, Decode(assertion.Split('.')[1])!.Text("scope")!);
        store.Write(documents =>
        {
            documents.RemoveOlder<AccessToken>(now - AccessToken.LifeSeconds);
            documents.Put(token);
            return true;
        });
        return new Answer(200, new JsonObject
        {
            ["access_token"] = token.Id,
            ["expires_in"] = AccessToken.LifeSeconds,
            ["token_type"] = "Bearer",
        }.ToJsonString(Wire.Snake));
    }

    public static bool IsGood(Store store, string authorization, string scope, long now) =>
        authorization.StartsWith("Bearer ", StringComparison.Ordinal)
        && store.Write(d => d.Find<AccessToken>(authorization["Bearer ".Length..])) is { } token
        && now < token.Created + AccessToken.LifeSeconds && token.Scopes.Split(' ').Contains(scope, StringComparer.Ordinal);

    /// <summary>Null when the assertion holds; else Google's description of what is wrong with it.</summary>
    private static string? Check(string assertion, ServiceAccount account, Uri address, long now)
    {
        var parts = assertion.Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } claims)
            return "Invalid JWT: not three parts of base64url JSON.";
        if (header.Text("alg") != "RS256")
            return "Invalid JWT: alg must be RS256.";
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        if (!account.PublicKey.VerifyData(signed, Bytes(parts[2]) ?? [], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            return "Invalid JWT Signature.";
        if (claims.Text("iss") != account.ClientEmail)
            return "Invalid JWT: iss must be the service account's e-mail.";
        if (claims.Text("aud") != address.ToString())
            return $"Invalid JWT: aud must be {address}.";
        if (claims.Text("scope")?.Split(' ').Any(scope => scope is DataManager or Ads) != true)
            return $"Invalid JWT: scope must contain {DataManager} or {Ads}.";
        var (issued, expires) = (claims.Integer("iat"), claims.Integer("exp"));
        return issued is null || expires is null || expires <= now - 60 || issued > now + 60 || expires - issued > 3600
            ? "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values."
            : null;
    }

    private static JsonObject? Decode(string part) => Bytes(part) is { } bytes ? Json.TryParse(Encoding.UTF8.GetString(bytes)) : null;

    private static byte[]? Bytes(string part) => Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;

    private static Answer Refused(string error, string description) =>
        new(400, new JsonObject { ["error"] = error, ["error_description"] = description }.ToJsonString(Wire.Snake));
}
