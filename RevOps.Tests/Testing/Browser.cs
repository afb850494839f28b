using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RevOps.Tests.Testing;

[assembly: AssemblyFixture(typeof(Browser))]

namespace RevOps.Tests.Testing;

/// <summary>
/// An installed Chromium, started once for all tests; each opens a window of its own in it. Without one these tests are skipped, unless
/// REVOPS_REQUIRE_BROWSER=1 says that there has to be one.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // What takes a second on a desk takes many where two processors serve browser, product and other tests at once.
    private const int Patience = 60_000;

    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
            return;
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    /// <summary>
    /// A fresh window on the product: no cookies, English, a desk's width unless said otherwise, and nothing moving, since without a graphics
    /// card every beat of an animation is drawn by the processor.
    /// </summary>
    /// <param name="host">It leaves before the product does.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="userAgent">A person's, where it matters that no program is looking.</param>
    public async Task<IPage> OpenAsync(RevOpsHost host, int width = 1280, int height = 900, string? userAgent = null)
    {
        if (chromium is null)
            Missing();
        var context = await chromium!.NewContextAsync(new() { BaseURL = host.Address.ToString(), Locale = "en-GB", UserAgent = userAgent, ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = width, Height = height } });
        host.Receive(context);
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
    }

    private static void Missing()
    {
        const string Why = "No Chromium: set CHROMIUM to its path, or install chromium or chromium-headless-shell.";
        if (Environment.GetEnvironmentVariable("REVOPS_REQUIRE_BROWSER") == "1")
            Assert.Fail(Why);
        Assert.Skip(Why);
    }

    private static string? Find() =>
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe" }
            .FirstOrDefault(File.Exists);
}

public static partial class BrowserSteps
{
    /// <summary>Signs in as the demo user of a role and waits until the first page is live.</summary>
    public static async Task SignInAsAsync(this IPage page, string role)
    {
        await page.GotoAsync("/signin");
        await page.Locator($"button[name=role][value={role}]").ClickAsync();
        await page.WaitUntilLiveAsync();
    }

    /// <summary>Opens a page and waits until clicks reach the server.</summary>
    public static async Task OpenAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.WaitUntilLiveAsync();
    }

    /// <summary>Before the circuit stands a click is lost, and the title is set last.</summary>
    public static async Task WaitUntilLiveAsync(this IPage page)
    {
        try
        {
            await page.Locator("[data-interactive]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{page.Url} never came alive: {await page.Locator("body").InnerTextAsync()}", late);
        }

        // Not by a function in the page: asked a second time, it would need the eval that our policy forbids.
        await Assertions.Expect(page).ToHaveTitleAsync(SomeTitle());
    }

    /// <summary>What the browser's console calls an error from now on: a refused script, a failed load, an exception.</summary>
    public static IReadOnlyList<string> Complaints(this IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }

    [GeneratedRegex(".", RegexOptions.None, 1_000)]
    private static partial Regex SomeTitle();
}
