using Microsoft.Playwright;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Tests.Billing;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Receivables;

/// <summary>Receivables as Finance has them on the screen, by keyboard.</summary>
public sealed class ReceivablesBrowserTests(Browser browser)
{
    [Fact]
    public async Task Finance_NotesOnTheTrendAndOpensAWeekOfExpectedCash()
    {
        await using var host = new RevOpsHost { Settings = { ["Demo:Enabled"] = "true" } };
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await new SomeSales(host).AddAsync("B-1", invoice => (invoice.Status, invoice.Number, invoice.IssuedAt, invoice.IssuedOn, invoice.DueOn) = (InvoiceStatus.Open, "F-1", DateTimeOffset.UtcNow.AddDays(-40), today.AddDays(-40), today.AddDays(20)));
        var (page, other) = (await browser.OpenAsync(host), await browser.OpenAsync(host));
        await page.SignInAsAsync(Roles.Finance);
        await other.SignInAsAsync(Roles.Management);
        await page.OpenAsync("/receivables");
        await other.OpenAsync("/receivables");

        // Written by keyboard alone, and on the other screen without a reload.
        await page.Locator("summary", new() { HasText = "Add a note" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("What happened", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("New terms");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("figure .notes").First).ToContainTextAsync("New terms");
        await Expect(other.Locator("figure .notes").First).ToContainTextAsync("New terms");
        await Expect(other.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove “New terms”" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(other.Locator("figure .notes")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Expected cash" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Expected cash", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("figure.chart .plot svg").First).ToBeVisibleAsync();
        var week = page.Locator("tbody tr[data-row]", new() { HasText = "€120.00" }).First.Locator("a.open");
        await week.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h2#rows")).ToContainTextAsync("Expected in the week of");
        Assert.Contains("week=", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator("p.sum")).ToHaveTextAsync("1 invoice, €24.00");
        await page.GetByRole(AriaRole.Link, new() { Name = "F-1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Invoice F-1" })).ToBeVisibleAsync();
    }
}
