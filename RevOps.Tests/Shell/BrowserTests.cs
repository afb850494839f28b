using Microsoft.Playwright;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Shell;

/// <summary>What only a real browser can tell; above all that the Blazor script and the server of another version still understand each other.</summary>
public sealed class BrowserTests(Browser browser)
{
    [Fact]
    public async Task Click_ReachesTheServerAndComesBack()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host);
        var complaints = page.Complaints();
        await page.SignInAsAsync(Roles.Finance);

        var menu = page.Locator("button.menu");
        Assert.Equal("true", await menu.GetAttributeAsync("aria-expanded"));
        await menu.ClickAsync();
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task LanguageAndTheme_ChangeFromAnOpenPage()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host);
        await page.SignInAsAsync(Roles.Finance);

        await page.Locator(".me summary").ClickAsync();
        await page.Locator(".me a[lang=fr]").ClickAsync();
        await Assertions.Expect(page.Locator("html[lang=fr]")).ToBeAttachedAsync();
        await page.WaitUntilLiveAsync();

        await page.Locator(".me summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sombre" }).ClickAsync();
        await Assertions.Expect(page.Locator("html[data-theme=dark]")).ToBeAttachedAsync();
        await page.WaitUntilLiveAsync();

        await page.Locator(".me summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync();
        await page.WaitForURLAsync("**/signin");
    }

    [Fact]
    public async Task FirstConnectionThatFails_IsMadeAgain()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host);
        await page.RouteAsync("**/_blazor/negotiate**", route => route.AbortAsync(), new() { Times = 1 });
        await page.SignInAsAsync(Roles.Finance);

        await page.Locator("button.menu").ClickAsync();
        await Assertions.Expect(page.Locator("button.menu")).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task ConnectionThatIsCut_ShowsAtOnceKeepsWhatWasTypedAndHeals()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host);
        var wires = new List<IWebSocketRoute>();
        await page.RouteWebSocketAsync(new System.Text.RegularExpressions.Regex("/_blazor", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)), wire =>
        {
            wires.Add(wire);
            wire.ConnectToServer();
        });
        await page.SignInAsAsync(Roles.Finance);
        await page.OpenAsync("/invoices");
        var field = page.Locator("main .filters input").First;
        await field.FillAsync("half a wo");

        // The way back is barred until the notice was seen.
        await page.RouteAsync("**/_blazor/negotiate**", route => route.AbortAsync());
        await wires[^1].CloseAsync();
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await page.UnrouteAsync("**/_blazor/negotiate**");

        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Assertions.Expect(field).ToHaveValueAsync("half a wo");
        await page.Locator("button.menu").ClickAsync();
        await Assertions.Expect(page.Locator("button.menu")).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task UnknownRows_AreNotFound()
    {
        await using var host = Demo();
        using var client = await host.SignedInAsync(Roles.Finance);
        using var answer = await client.GetAsync("/overview/nothing-of-the-kind");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Phone_HasABottomBar()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host, width: 390, height: 844);
        await page.SignInAsAsync(Roles.Finance);

        await Assertions.Expect(page.Locator("nav.bottom")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("nav.side")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task RoomsAsIcons_AreRememberedByTheBrowser()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host);
        await page.SignInAsAsync(Roles.Finance);

        await page.Locator("button.menu").ClickAsync();
        await Assertions.Expect(page.Locator(".shell.narrow")).ToBeAttachedAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!(await page.Context.CookiesAsync()).Any(cookie => cookie is { Name: "narrow-rooms", Value: "1" }))
            await Task.Delay(50, patience.Token);

        // Already in the first view, before any script ran.
        var first = await page.Context.APIRequest.GetAsync(host.Address.ToString());
        Assert.Contains("class=\"shell narrow", await first.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Palette_OpensWhatIsTyped()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host);
        var complaints = page.Complaints();
        await page.SignInAsAsync(Roles.Finance);

        // Its script comes after the first paint.
        await page.Locator("dialog.palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("dialog.palette")).ToHaveAttributeAsync("open", "");
        await page.Keyboard.TypeAsync("invoi");
        await Assertions.Expect(page.Locator("[role=option]").First).ToContainTextAsync("Invoices");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/invoices");
        await Assertions.Expect(page.Locator("dialog.palette")).Not.ToHaveAttributeAsync("open", "");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task QuestionMark_ListsTheKeysOfThePage()
    {
        await using var host = Demo();
        var page = await browser.OpenAsync(host);
        await page.SignInAsAsync(Roles.Finance);
        await page.OpenAsync("/approvals");
        await page.Locator("dialog.palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        // Those of every page, and its own.
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Ctrl");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Approve");
        await page.GetByRole(AriaRole.Dialog).Locator(".rz-dialog-titlebar-close").ClickAsync();
        await Assertions.Expect(page.Locator("[role=dialog]")).ToHaveCountAsync(0);
    }

    private static RevOpsHost Demo() => new() { Settings = { ["Demo:Enabled"] = "true" } };
}
