using System.Net;
using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Microsoft.Playwright;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Shell;

/// <summary>The page with every shared piece, in both themes beside each other: what can be seen on it is seen for all pages.</summary>
public sealed class StylePageTests(Browser browser)
{
    // What a browser says that is too busy to answer the server in time; it connects again by itself.
    private const string Disconnected = "Connection disconnected";

    [Theory]
    [InlineData("Development", HttpStatusCode.OK)]
    [InlineData("Production", HttpStatusCode.NotFound)]
    public async Task StylePage_IsForDevelopment(string environment, HttpStatusCode expected)
    {
        // Only the page's own question is answered otherwise: over plain HTTP nobody signs in to Production.
        await using var host = new RevOpsHost
        {
            Settings = { ["Demo:Enabled"] = "true" },
            Configure = services => services.Replace(ServiceDescriptor.Singleton<IWebHostEnvironment>(new Elsewhere(services.Select(service => service.ImplementationInstance).OfType<IWebHostEnvironment>().Last(), environment))),
        };
        using var client = await host.SignedInAsync(Roles.Marketing);
        using var answer = await client.GetAsync("/style");
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task EverySharedPiece_IsForEveryoneAndChartsFollowTheTheme()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host, width: 1440);
        var complaints = page.Complaints();
        await SignInAtAsync(page, "/style?row=S-04");
        await Assertions.Expect(page.Locator("aside.side-panel")).ToBeVisibleAsync();

        var plots = page.Locator(".plot");
        await Assertions.Expect(plots).ToHaveCountAsync(14);
        for (var index = 0; index < 14; index++)
            await Assertions.Expect(plots.Nth(index)).ToHaveAttributeAsync("data-drawn", "1", new() { Timeout = 60_000 });
        var (light, dark) = (page.Locator(".pane.light .apexcharts-line-series path").First, page.Locator(".pane.dark .apexcharts-line-series path").First);
        var (lightInk, darkInk) = (await light.GetAttributeAsync("stroke"), await dark.GetAttributeAsync("stroke"));
        Assert.NotEqual(lightInk, darkInk);
        // To a reader a chart is one picture with words, and a table behind a button: what it is drawn with has no say.
        await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            async () => (await axe.run({ exclude: [['.plot svg']] }, { resultTypes: ['violations'], selectors: false })).violations
              .filter(one => ['serious', 'critical'].includes(one.impact)).map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html).join('; ')}`)
            """));

        // A pane that leaves the choice to the page looks like the dark one once the page is dark.
        await page.EvaluateAsync("document.querySelectorAll('.pane.light').forEach(pane => pane.style.colorScheme = 'inherit')");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(light).ToHaveAttributeAsync("stroke", darkInk!, new() { Timeout = 60_000 });
        var (painted, fetched) = (await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime"),
            await page.EvaluateAsync<double>("performance.getEntriesByType('resource').find(file => file.name.includes('apexcharts')).startTime"));
        Assert.True(painted < fetched, $"painted after {painted} ms, charts fetched after {fetched} ms");
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains(Disconnected, StringComparison.Ordinal));
    }

    /// <summary>Straight to the page: a live page that is left for another one can complain on its way out.</summary>
    private static async Task SignInAtAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.Locator($"button[name=role][value={Roles.Finance}]").ClickAsync();
        await page.WaitForURLAsync("**" + path);
        await page.WaitUntilLiveAsync();
    }

    private static RevOpsHost Demo() => new() { Settings = { ["Demo:Enabled"] = "true" } };

    private sealed class Elsewhere(IWebHostEnvironment here, string name) : IWebHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = here.ApplicationName;

        public string ContentRootPath { get; set; } = here.ContentRootPath;

        public string WebRootPath { get; set; } = here.WebRootPath;

        public IFileProvider ContentRootFileProvider { get; set; } = here.ContentRootFileProvider;

        public IFileProvider WebRootFileProvider { get; set; } = here.WebRootFileProvider;
    }
}
