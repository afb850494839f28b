using System.Globalization;

namespace RevOps.Web.Collector;

/// <summary>
/// The visitor's id, in a cookie that the server sets where a call comes through the website's own domain: such a cookie every browser
/// keeps, one of a script is forgotten by some after 7 days. The script reads it, and knows by its end who set it.
/// </summary>
/// <param name="Domain">For several hosts; null for the page's host alone.</param>
/// <param name="Secure">The page came over TLS.</param>
internal sealed record VisitorCookie(string? Domain, bool Secure)
{
    private const string Name = "_rv";
    private const string ByServer = "s";

    /// <summary>13 months from the first visit, never prolonged; the script has the same number.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(395);

    /// <summary>The cookie that this call may set: null where it came to a host of others than the page's.</summary>
    /// <param name="request">With the host that the browser called, said by a proxy that is believed.</param>
    /// <param name="origin">The page's.</param>
    /// <param name="domain">What the page wants the cookie to stand for; the browser refuses what is not its own.</param>
    public static VisitorCookie? For(HttpRequest request, Uri origin, string? domain)
    {
        var (called, page) = (request.Host.Host, origin.IdnHost);
        var shared = domain is not null && domain.Contains('.', StringComparison.Ordinal) && IsUnder(page, domain) && IsUnder(called, domain) ? domain : null;
        return shared is not null || called.Equals(page, StringComparison.OrdinalIgnoreCase) ? new(shared, origin.Scheme == Uri.UriSchemeHttps) : null;
    }

    /// <summary>Sets it unless the browser has it from us already.</summary>
    public void Keep(HttpContext context, string visitorId, DateTimeOffset now)
    {
        var known = context.Request.Cookies[Name]?.Split('.') ?? [];
        var isSame = known.Length >= 2 && known[0] == visitorId;
        if (isSame && known.Length > 2 && known[2] == ByServer)
            return;
        var made = isSame && long.TryParse(known[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= now.ToUnixTimeSeconds() ? seconds : now.ToUnixTimeSeconds();
        var left = TimeSpan.FromSeconds(made) + Life - TimeSpan.FromSeconds(now.ToUnixTimeSeconds());
        if (left > TimeSpan.Zero)
            context.Response.Cookies.Append(Name, string.Create(CultureInfo.InvariantCulture, $"{visitorId}.{made}.{ByServer}"), Options(left));
    }

    public void Forget(HttpContext context)
    {
        if (context.Request.Cookies.ContainsKey(Name))
            context.Response.Cookies.Append(Name, "", Options(TimeSpan.Zero));
    }

    private CookieOptions Options(TimeSpan life) => new() { Domain = Domain, Path = "/", MaxAge = life, Secure = Secure, SameSite = SameSiteMode.Lax, HttpOnly = false, IsEssential = true };

    private static bool IsUnder(string host, string domain) => ("." + host).EndsWith("." + domain.TrimStart('.'), StringComparison.OrdinalIgnoreCase);
}
