using Microsoft.Playwright;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Connections;

/// <summary>Enter a key, check it, disconnect: in a browser, against a stand-in of Stripe.</summary>
public sealed class ConnectionBrowserTests(Browser browser)
{
    [Fact]
    public async Task Administrator_EntersAKeyChecksItAndDisconnects()
    {
        await using var world = await ConnectionWorld.StartAsync(host => host.Settings["Demo:Enabled"] = "true");
        var (page, other) = (await browser.OpenAsync(world.Host), await browser.OpenAsync(world.Host));
        await page.SignInAsAsync(Roles.Admin);
        await other.SignInAsAsync(Roles.Admin);
        await page.OpenAsync("/connections");
        await other.OpenAsync("/connections");
        var stripe = page.GetByRole(AriaRole.Region, new() { Name = "Stripe", Exact = true });
        await Expect(stripe.GetByText("Not connected")).ToBeVisibleAsync();

        // A wrong key first: it is stored, and the check that follows says so.
        await stripe.GetByRole(AriaRole.Button, new() { Name = "Enter values" }).ClickAsync();
        await EnterAsync(stripe, "sk_test_bad");
        await Expect(stripe.GetByText("Sandbox", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(stripe.GetByText("Wrong key")).ToBeVisibleAsync();

        await stripe.GetByRole(AriaRole.Button, new() { Name = "Change values" }).ClickAsync();
        await EnterAsync(stripe, "sk_test_4f9a8b7c6d5e4f3a2b1c");
        await Expect(stripe.GetByText("Account: RevOps Sandbox")).ToBeVisibleAsync();
        await stripe.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(stripe.GetByText("Account: RevOps Sandbox")).ToBeVisibleAsync();

        // The other administrator's page has followed.
        await Expect(other.GetByRole(AriaRole.Region, new() { Name = "Stripe", Exact = true }).GetByText("Account: RevOps Sandbox")).ToBeVisibleAsync();
        Assert.DoesNotContain("4f9a8b7c6d5e", await page.ContentAsync(), StringComparison.Ordinal);

        await stripe.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Alertdialog);
        await Expect(dialog.GetByText("no approved invoice is issued")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Expect(stripe.GetByText("Not connected")).ToBeVisibleAsync();
    }

    private static async Task EnterAsync(ILocator stripe, string key)
    {
        await stripe.GetByLabel("Secret or restricted key").FillAsync(key);
        await stripe.GetByRole(AriaRole.Button, new() { Name = "Save and use from now on" }).ClickAsync();
        await Expect(stripe.GetByText("is connected with these values")).ToBeVisibleAsync();
    }
}
