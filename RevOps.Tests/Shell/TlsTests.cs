using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Shell;

/// <summary>As a customer's installation stands: in Production, TLS ends at a proxy, and what the proxy says of it is believed.</summary>
public sealed partial class TlsTests(TlsTests.ProxiedHost proxied) : IClassFixture<TlsTests.ProxiedHost>
{
    private const string Hsts = "Strict-Transport-Security";

    [Fact]
    public async Task Tls_IsAskedForFromThenOn()
    {
        using var client = proxied.Client();
        using var answer = await client.GetAsync("/signin");
        Assert.Equal("max-age=31536000", answer.Headers.GetValues(Hsts).Single());
        Assert.Contains("wss://revops.example", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_IsBelievedWhereItIsNamedAndNowhereElse()
    {
        // Not even on this machine: somebody else may run something here, too.
        await using var host = ProxiedHost.Behind("10.0.0.7");
        using var client = ProxiedHost.ClientOf(host);
        using var answer = await client.GetAsync("/signin");
        Assert.False(answer.Headers.Contains(Hsts));
    }

    [Theory]
    [InlineData("/culture?to=fr", ".AspNetCore.Culture=c")]
    [InlineData("/theme?to=dark", "theme=dark")]
    [InlineData("/theme?to=system", "theme=;")]
    public async Task Choice_TravelsOverTlsAndIsForTheServerOnly(string path, string expected)
    {
        using var client = proxied.Client();
        using var answer = await client.GetAsync(path + "&return=/signin");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith(expected, cookie, StringComparison.Ordinal);
        Assert.All(new[] { "; secure", "; samesite=lax", "; httponly" }, flag => Assert.Contains(flag, cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task FailedPage_KeepsItsPolicyAndItsNonce()
    {
        using var client = proxied.Client();
        using var answer = await client.GetAsync("/forgot");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var nonce = Nonce().Match(answer.Headers.GetValues("Content-Security-Policy").Single()).Groups["nonce"].Value;
        var scripts = Scripts().Matches(await answer.Content.ReadAsStringAsync());
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
    }

    /// <summary>Only what no stranger's page can make a browser ask for: the length of an answer tells what is in it.</summary>
    [Theory]
    [InlineData("/signin", "same-origin", true)]
    [InlineData("/signin", "none", true)]
    [InlineData("/signin", "same-site", false)]
    [InlineData("/signin", "cross-site", false)]
    [InlineData("/signin", null, false)]
    [InlineData("/api/v1/metrics", null, true)]
    public async Task Answer_IsCompressedForOurselvesOnly(string path, string? site, bool expected)
    {
        using var client = proxied.Client();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        if (site is not null)
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        if (path.StartsWith("/api", StringComparison.Ordinal))
            client.DefaultRequestHeaders.Authorization = new("Bearer", await proxied.Host.CreateKeyAsync(ApiKey.MetricsRead));
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, answer.Content.Headers.ContentEncoding.Count > 0);
    }

    [Fact]
    public async Task Answer_IsCompressedWhereNothingIsHidden()
    {
        await using var host = new RevOpsHost();
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        using var answer = await client.GetAsync("/signin");
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
    }

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.None, 1_000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, 1_000)]
    private static partial Regex Scripts();

    public sealed class ProxiedHost : IAsyncDisposable
    {
        public RevOpsHost Host { get; } = Behind("127.0.0.1,::1");

        public static RevOpsHost Behind(string proxies) => new()
        {
            Environment = "Production",
            Settings = { ["Proxy:Trusted"] = proxies, ["Logging:LogLevel:Default"] = "None" },

            // The page of a forgotten password fails without it.
            Configure = services => services.RemoveAll<AccountDesk>(),
        };

        public static HttpClient ClientOf(RevOpsHost host)
        {
            var client = host.Client();
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            client.DefaultRequestHeaders.Add("X-Forwarded-Host", "revops.example");
            return client;
        }

        public HttpClient Client() => ClientOf(Host);

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
