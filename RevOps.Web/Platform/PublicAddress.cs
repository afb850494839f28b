using Microsoft.AspNetCore.Http.Extensions;

namespace RevOps.Web.Platform;

/// <summary>Where people reach the product: links in mails begin with it.</summary>
/// <param name="Given">By the setting; null when it was left out.</param>
/// <param name="HostsAreChecked">The server answers to hosts on a list only.</param>
public sealed record PublicAddress(Uri? Given, bool HostsAreChecked)
{
    public const string Key = "Public:Address";

    public const string HostsKey = "AllowedHosts";

    public static PublicAddress From(IConfiguration settings) => new(
        Uri.TryCreate(settings[Key], UriKind.Absolute, out var given) ? new Uri(given.GetLeftPart(UriPartial.Authority) + "/") : null,
        settings[HostsKey]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } hosts && !hosts.Contains("*"));

    /// <summary>For what somebody who is signed in asks for: their browser says truly where it is.</summary>
    public Uri Of(HttpRequest request) => Given ?? new Uri(UriHelper.BuildAbsolute(request.Scheme, request.Host, path: "/"));

    /// <summary>
    /// For what a stranger asks for in somebody else's name. Anybody can write any host into a request, and a link with another's host
    /// would hand its token to them: null where only the request says where we are.
    /// </summary>
    public Uri? OfStranger(HttpRequest request) => Given is not null || HostsAreChecked || Of(request).IsLoopback ? Of(request) : null;

    /// <summary>For whoever runs the server, where no request says anything.</summary>
    public Uri OfServer(IConfiguration settings) => OfServer(settings[WebHostDefaults.ServerUrlsKey]?.Split(';')[0]);

    /// <param name="listening">Where the server listens; everywhere is no address to open.</param>
    public Uri OfServer(string? listening) => Given ?? new Uri((listening is { Length: > 0 } ? listening : "http://localhost:5000")
        .Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal));
}
