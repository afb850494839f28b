using Microsoft.Playwright;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Audit;

/// <summary>What whoever runs the installation does in a browser.</summary>
public sealed class OperationsBrowserTests(Browser browser)
{
    [Fact]
    public async Task Chain_IsVerifiedByAButton_AndTheResultIsFoundAgain()
    {
        await using var host = new RevOpsHost { Settings = { ["Demo:Enabled"] = "true" } };
        await host.CreateKeyAsync(ApiKey.EventsWrite);
        var page = await browser.OpenAsync(host);
        await page.SignInAsAsync(Roles.Finance);
        await page.OpenAsync("/audit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the chain" }).ClickAsync();
        await Assertions.Expect(page.Locator(".chain")).ToContainTextAsync("1 row fits");

        // Left and found again, by somebody else as well.
        var other = await browser.OpenAsync(host);
        await other.SignInAsAsync(Roles.Privacy);
        await other.OpenAsync("/audit");
        await Assertions.Expect(other.Locator(".chain")).ToContainTextAsync("Last verified by demo-finance");
        await Assertions.Expect(other.Locator(".chain")).ToContainTextAsync("1 row fits");
    }
}
