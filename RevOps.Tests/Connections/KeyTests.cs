using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;
using RevOps.Web.Connections;

namespace RevOps.Tests.Connections;

/// <summary>What other systems are given: keys, templates, snippets.</summary>
public sealed partial class KeyTests
{
    [Fact]
    public async Task ApiKey_NotesItsUseAtMostOnceAMinute()
    {
        await using var host = new RevOpsHost();
        var keys = host.Services.GetRequiredService<ApiKeys>();
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.MetricsRead));
        Assert.Null(Assert.Single(await keys.ListAsync()).LastUsedAt);

        (await client.GetAsync("/api/v1/metrics")).EnsureSuccessStatusCode().Dispose();
        var first = Assert.Single(await keys.ListAsync());
        Assert.InRange(first.LastUsedAt!.Value, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        (await client.GetAsync("/api/v1/metrics")).EnsureSuccessStatusCode().Dispose();
        Assert.Equal(first.LastUsedAt, Assert.Single(await keys.ListAsync()).LastUsedAt);
        Assert.Equal("system:test", first.CreatedBy);
    }

    [Theory]
    [InlineData("https://www.example.com", "https://www.example.com", null)]
    [InlineData("https://WWW.Example.com/", "https://www.example.com", null)]
    [InlineData("https://example.com:443", "https://example.com", null)]
    [InlineData("https://example.com:8443", "https://example.com:8443", null)]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example", null)]
    [InlineData("http://localhost:3000", "http://localhost:3000", null)]
    [InlineData("http://127.0.0.1", "http://127.0.0.1", null)]
    [InlineData("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", null)]
    [InlineData("http://example.com", null, "origin.http")]
    [InlineData("https://example.com/shop", null, "origin.path")]
    [InlineData("https://example.com?x=1", null, "origin.path")]
    [InlineData("https://example.com/#top", null, "origin.path")]
    [InlineData("https://me@example.com", null, "origin.path")]
    [InlineData("https://*.example.com", null, "origin")]
    [InlineData("example.com", null, "origin")]
    [InlineData("ftp://example.com", null, "origin")]
    [InlineData("", null, "origin")]
    public void SiteOrigin_IsWrittenAsBrowsersDo(string given, string? expected, string? problem)
    {
        Assert.Equal(expected, SiteOrigin.Read(given, out var found));
        Assert.Equal(problem, found);
    }

    [Fact]
    public async Task SiteKey_AdmitsItsOriginsWhileItIsEnabled()
    {
        await using var host = new RevOpsHost();
        var sites = host.Services.GetRequiredService<SiteKeys>();
        await sites.CreateAsync("Shop", ["https://shop.example"], "user:1", CancellationToken.None);
        var site = Assert.Single(await sites.ListAsync());
        Assert.Matches(PublicKey(), site.PublicKey);

        Assert.NotNull(await sites.FindAsync(site.PublicKey, "https://shop.example", CancellationToken.None));
        Assert.Null(await sites.FindAsync(site.PublicKey, "https://shop.example.evil.example", CancellationToken.None));
        Assert.Null(await sites.FindAsync("pk_00000000000000000000000000000000", "https://shop.example", CancellationToken.None));

        Assert.True(await sites.ChangeAsync(site.Id, "Shop", ["https://www.shop.example"], isEnabled: true, "user:1", CancellationToken.None));
        Assert.Null(await sites.FindAsync(site.PublicKey, "https://shop.example", CancellationToken.None));
        Assert.True(await sites.ChangeAsync(site.Id, "Shop", ["https://shop.example"], isEnabled: false, "user:1", CancellationToken.None));
        Assert.Null(await sites.FindAsync(site.PublicKey, "https://shop.example", CancellationToken.None));
        await using var db = await host.OpenDatabaseAsync();
        Assert.Equal(3, await db.Set<Core.Platform.Audit.AuditEntry>().CountAsync(entry => entry.SubjectType == nameof(SiteKey)));
    }

    [Theory]
    [InlineData(AdParameters.MetaTemplate, Channel.PaidSocial)]
    [InlineData(AdParameters.GoogleTemplate, Channel.PaidSearch)]
    public async Task UrlTemplate_KeepsEveryParameterAndNamesItsChannel(string template, string channel)
    {
        // What a platform makes of it.
        var query = Placeholder().Replace(template, "77");
        Assert.DoesNotContain('{', query);
        Assert.All(AdParameters.All, name => Assert.Contains($"&{name}=", query, StringComparison.Ordinal));
        var said = System.Web.HttpUtility.ParseQueryString(query);

        await using var host = new RevOpsHost();
        using var sender = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        await sender.SendAsync(Events.Of("touch", new() { ["visitorId"] = "v-1", ["source"] = said["utm_source"], ["medium"] = said["utm_medium"], ["landingUrl"] = $"https://agency.example/?{query}&email=ann@example.com" }));
        await host.DrainAsync();
        await using var db = await host.OpenDatabaseAsync();
        var touch = await db.Set<Touch>().SingleAsync();
        Assert.Equal(channel, touch.Channel);
        var details = JsonNode.Parse((await host.Services.GetRequiredService<Vault>().OpenAsync(touch.PersonId, touch.Id, touch.SealedDetails))!)!;
        Assert.Equal($"https://agency.example/?{query}", (string?)details["LandingUrl"]);
    }

    [Fact]
    public async Task CurlSnippets_AreTakenAsTheyStand()
    {
        await using var host = new RevOpsHost();
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        foreach (var snippet in new[] { Snippets.CurlBooking(host.Address), Snippets.CurlVoiceSession(host.Address, DateTimeOffset.UtcNow) })
        {
            var parts = Curl().Match(snippet);
            Assert.True(parts.Success, snippet);
            Assert.Equal(new Uri(host.Address, "/api/v1/events").ToString(), parts.Groups["address"].Value);
            var (status, body) = await client.PostEventsAsync(JsonNode.Parse(parts.Groups["body"].Value)!, parts.Groups["type"].Value);
            Assert.Equal((System.Net.HttpStatusCode.Accepted, "accepted"), (status, (string?)body!["results"]![0]!["status"]));

            // A quote would end the shell's argument.
            Assert.DoesNotContain('\'', parts.Groups["body"].Value);
        }
    }

    [Fact]
    public async Task NodeSnippet_RunsAsItStands()
    {
        if (Node() is not { } node)
        {
            Assert.Skip("No node on this machine.");
            return;
        }

        await using var host = new RevOpsHost();
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "revops.js");
        await File.WriteAllTextAsync(file, Snippets.Node(host.Address), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(node, [file]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["REVOPS_KEY"] = await host.CreateKeyAsync(ApiKey.EventsWrite) } };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("accepted", ""), ((await output).Trim(), await errors));
        await using var db = await host.OpenDatabaseAsync();
        var session = await db.Set<VoiceSession>().SingleAsync();
        Assert.True(session.Qualified);

        // With what the widget knew of the browser: the visitor and the click are the caller's.
        var keys = await db.Set<PersonKey>().Where(seen => seen.PersonId == session.PersonId).Join(db.Set<IdentityKey>(), seen => seen.KeyId, key => key.Id, (_, key) => key.Kind).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Contains(IdentityKeyKind.Visitor, keys);
        Assert.Contains(IdentityKeyKind.Click, keys);
    }

    private static string? Node() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "node"), Path.Combine(folder, "node.exe") }).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"^curl (?<address>\S+) .*Content-Type: (?<type>[\w/]+)"".*-d '(?<body>.*)'$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Curl();

    [GeneratedRegex(@"\{\{?[\w.]+\}?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^pk_[0-9a-f]{32}$")]
    private static partial Regex PublicKey();
}
