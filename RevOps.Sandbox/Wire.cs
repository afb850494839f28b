using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RevOps.Sandbox;

/// <summary>An answer that is complete before its first byte leaves, so that a fault can still swallow it.</summary>
internal sealed record Answer(int Status, string Body, string ContentType = "application/json")
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public async Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
            http.Response.Headers[name] = value;
        if (Body.Length > 0)
            await http.Response.WriteAsync(Body, http.RequestAborted);
    }
}

/// <summary>Spelling on the wire: snake case at Stripe and Meta, camel case at Google; accents stay readable.</summary>
internal static class Wire
{
    public static JsonSerializerOptions Snake { get; } = Options(JsonNamingPolicy.SnakeCaseLower);

    public static JsonSerializerOptions Camel { get; } = Options(JsonNamingPolicy.CamelCase);

    public static string NewId(string prefix, int length = 24) =>
        prefix + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);

    private static JsonSerializerOptions Options(JsonNamingPolicy naming) => new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = naming,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
