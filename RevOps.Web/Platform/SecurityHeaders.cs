using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.HttpOverrides;

namespace RevOps.Web.Platform;

/// <summary>What the browser may do with our pages: run our scripts and nobody else's, talk to us and nobody else, stand in no frame.</summary>
public static class SecurityHeaders
{
    /// <summary>Addresses or networks of reverse proxies whose X-Forwarded-* headers are believed, separated by commas; none when left out.</summary>
    public const string ProxiesKey = "Proxy:Trusted";

    private static readonly object NonceKey = new();

    public static void AddSecurityHeaders(this WebApplicationBuilder builder)
    {
        builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            if (builder.Configuration[ProxiesKey] is not { Length: > 0 } proxies)
                return;

            // The framework trusts this machine unasked; whoever names proxies means these and no others.
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();

            // A client's proxy may stand before ours: each is believed by its address, not by its place.
            options.ForwardLimit = null;
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var proxy in proxies.Split(','))
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(AsNetwork(proxy)));
        });
    }

    public static void UseSecurityHeaders(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment())
            app.UseHsts();

        app.Use((context, next) =>
        {
            var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            context.Items[NonceKey] = nonce;

            // Last of all: a page that fails has its headers cleared before the error page takes its place.
            context.Response.OnStarting(() => Write(context.Response.Headers, Policy(context.Request, nonce)));
            return next(context);
        });
    }

    /// <summary>Put it on every inline script and style; it is another one for every answer.</summary>
    public static string Nonce(this HttpContext context) => (string)context.Items[NonceKey]!;

    /// <summary>"10.0.0.7" as the network of that one address.</summary>
    internal static string AsNetwork(string addressOrNetwork)
    {
        var text = addressOrNetwork.Trim();
        return IPAddress.TryParse(text, out var address) ? $"{address}/{address.GetAddressBytes().Length * 8}" : text;
    }

    private static Task Write(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return Task.CompletedTask;
    }

    private static string Policy(HttpRequest request, string nonce)
    {
        // Not every browser takes 'self' for the web socket of the same origin.
        var socket = $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}";
        return $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
            // Radzen positions its popups with style attributes.
            + "style-src-attr 'unsafe-inline'; "
            + $"connect-src 'self' {socket}; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }
}
