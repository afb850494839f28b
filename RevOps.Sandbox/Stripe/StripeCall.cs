using System.Security.Cryptography;
using System.Text;

namespace RevOps.Sandbox.Stripe;

/// <summary>One request as its handler sees it.</summary>
internal sealed class StripeCall
{
    private StripeCall(HttpRequest request, string body)
    {
        Method = request.Method;
        Path = request.Path;
        Id = request.RouteValues["id"] as string ?? "";
        SubId = request.RouteValues["sub"] as string ?? "";
        Form = FormBody.Parse(body);
        Key = Changes && request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null;
        // Other parameters in another order are the same parameters.
        var sorted = string.Join('&', body.Split('&').Order(StringComparer.Ordinal));
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Method} {Path}\n{sorted}")));
    }

    public string Method { get; }

    public string Path { get; }

    /// <summary>The object in the route, and the one below it.</summary>
    public string Id { get; }

    public string SubId { get; }

    public FormBody Form { get; }

    public string? Key { get; }

    public string Fingerprint { get; }

    public string RequestId { get; } = Wire.NewId("req_", 14);

    public bool Changes => Method == HttpMethods.Post;

    public StripeSession Session { get; set; } = null!;

    public long Now => Session.Now;

    /// <summary>The object that must not change under this request.</summary>
    public string? LockId => Method == HttpMethods.Get ? null : Id.Length > 0 ? Id : Form.Text("invoice") ?? Form.Text("customer");

    public static async Task<StripeCall> ReadAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
            return new StripeCall(request, request.QueryString.Value ?? "");
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (body.Length > 0 && !request.HasFormContentType)
            throw StripeException.Invalid(null, "Invalid request (check that your POST content type is application/x-www-form-urlencoded).");
        var call = new StripeCall(request, body);
        return call.Key?.Length > 255 ? throw StripeException.Invalid(null, "Idempotency keys hold up to 255 characters.") : call;
    }
}
