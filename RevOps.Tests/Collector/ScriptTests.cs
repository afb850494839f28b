using System.Net;
using System.Net.Http.Headers;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.People;
using RevOps.Tests.Conventions;
using RevOps.Web.Collector;
using RevOps.Web.Connections;

namespace RevOps.Tests.Collector;

/// <summary>The script as it is served, and the lists beside it.</summary>
public sealed class ScriptTests(OneSite site) : IClassFixture<OneSite>
{
    private const int Most = 4 * 1024;

    [Fact]
    public async Task Script_IsSmallPublicAndKeptByBrowsers()
    {
        using var client = site.Host.Client();
        using var plain = await client.GetAsync("/revops.js", TestContext.Current.CancellationToken);
        var source = await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/javascript", plain.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("\n//", source, StringComparison.Ordinal);

        client.DefaultRequestHeaders.AcceptEncoding.Add(new("gzip"));
        using var zipped = await client.GetAsync("/revops.js", TestContext.Current.CancellationToken);
        Assert.Equal("gzip", zipped.Content.Headers.ContentEncoding.Single());
        var bytes = await zipped.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.InRange(bytes.Length, 1_000, Most - 1);
        Assert.Equal(("*", "cross-origin", true), (zipped.Headers.GetValues("Access-Control-Allow-Origin").Single(), zipped.Headers.GetValues("Cross-Origin-Resource-Policy").Single(), zipped.Headers.CacheControl!.Public));

        client.DefaultRequestHeaders.IfNoneMatch.Add(zipped.Headers.ETag!);
        using var known = await client.GetAsync("/revops.js", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.NotEqual(plain.Headers.ETag, zipped.Headers.ETag);
    }

    /// <summary>What the door knows of an address, the script reads off it.</summary>
    [Fact]
    public async Task Script_KnowsEveryParameter()
    {
        var source = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "RevOps.Web", "Collector", "revops.js"), TestContext.Current.CancellationToken);
        var all = new ClickIds { Gclid = "1", Gbraid = "1", Wbraid = "1", Fbclid = "1", Msclkid = "1", Ttclid = "1", LiFatId = "1" };
        Assert.All(all.All(), click => Assert.Contains(click.Name, source, StringComparison.Ordinal));
        Assert.All(AdParameters.All, name => Assert.Contains("found." + name, source, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OneSite.Chrome, false)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", false)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", false)]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", false)]
    [InlineData("Mozilla/5.0 (Linux; Android 10; CUBOT_X18_Plus) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36", false)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", false)]
    [InlineData(OneSite.Safari, true)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", true)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1", true)]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/143.0 Mobile/15E148 Safari/605.1.15", true)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]", true)]
    public void PersonsBrowser_IsNoProgram(string agent, bool forgets)
    {
        Assert.Null(Bots.Known(agent));
        Assert.Equal(forgets, BrowserKind.CapsScriptCookies(agent));
    }

    /// <summary>What the page offers to copy is what the documentation says.</summary>
    [Fact]
    public async Task Documentation_SaysWhatThePageOffers()
    {
        var address = new Uri("https://revops.example");
        var documentation = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "collector.md"), TestContext.Current.CancellationToken);
        foreach (var snippet in new[] { SiteSnippets.Embed(address, "pk_…"), SiteSnippets.Nginx(address), SiteSnippets.Caddy(address), SiteSnippets.OwnEmbed, SiteSnippets.Consent })
            Assert.Contains(snippet, documentation, StringComparison.Ordinal);
    }
}
