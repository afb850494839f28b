using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Shell;

/// <summary>What every answer carries, and what a stranger may see.</summary>
public sealed partial class FrontDoorTests(FrontDoorTests.PlainHost plain) : IClassFixture<FrontDoorTests.PlainHost>
{
    [Fact]
    public async Task EveryAnswer_SaysWhatTheBrowserMayDo()
    {
        using var answer = await plain.Host.Client().GetAsync("/signin");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Nonce().Match(policy).Groups["nonce"].Value;

        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", policy.Replace("style-src-attr 'unsafe-inline'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());

        var html = await answer.Content.ReadAsStringAsync();
        Assert.All(Scripts().Matches(html), script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nonce_IsAnotherOneEachTime()
    {
        using var client = plain.Host.Client();
        using var first = await client.GetAsync("/signin");
        using var second = await client.GetAsync("/signin");
        Assert.NotEqual(first.Headers.GetValues("Content-Security-Policy"), second.Headers.GetValues("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task Public_AnswersStrangersInJson(string path)
    {
        using var answer = await plain.Host.Client().GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("/theme.css")]
    [InlineData("/favicon.svg")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/radzen/css/material-base.css")]
    public async Task StaticFiles_AreServed(string path)
    {
        using var answer = await plain.Host.Client().GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/invoices?page=2", "/invoices?page=2")]
    [InlineData("https://example.com/", "/")]
    [InlineData("//example.com", "/")]
    [InlineData("/\\example.com", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public async Task Culture_ComesBackToUsOnly(string wanted, string expected)
    {
        using var answer = await plain.Host.Client().GetAsync("/culture?to=fr&return=" + Uri.EscapeDataString(wanted));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Culture_IsTheCookiesThenTheBrowsers()
    {
        using var client = plain.Host.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr-CA,fr;q=0.9");
        Assert.Contains("<html lang=\"fr\"", await client.GetStringAsync("/signin"), StringComparison.Ordinal);

        (await client.GetAsync("/culture?to=en&return=/signin")).Dispose();
        Assert.Contains("<html lang=\"en\"", await client.GetStringAsync("/signin"), StringComparison.Ordinal);

        (await client.GetAsync("/culture?to=tlh&return=/signin")).Dispose();
        Assert.Contains("<html lang=\"en\"", await client.GetStringAsync("/signin"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Theme_IsKept()
    {
        using var client = plain.Host.Client();
        Assert.DoesNotContain("data-theme=", await client.GetStringAsync("/signin"), StringComparison.Ordinal);

        (await client.GetAsync("/theme?to=dark&return=/signin")).Dispose();
        Assert.Contains("data-theme=\"dark\"", await client.GetStringAsync("/signin"), StringComparison.Ordinal);
    }

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.None, 1_000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, 1_000)]
    private static partial Regex Scripts();

    public sealed class PlainHost : IAsyncDisposable
    {
        public RevOpsHost Host { get; } = new();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
