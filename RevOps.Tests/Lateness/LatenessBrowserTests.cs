using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Receivables;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Lateness;

/// <summary>The walk of somebody of Finance through what is late, in a real browser.</summary>
public sealed class LatenessBrowserTests(LateAgency late, Browser browser) : IClassFixture<LateAgency>
{
    [Fact]
    public async Task CanFollowUpWhatIsLate_ByKeyboard()
    {
        var page = await browser.OpenAsync(late.Agency.Host, 1_440);
        await page.SignInAsAsync(Roles.Finance);
        var complaints = page.Complaints();

        // From the receivables to the late ones, down to the first row, Enter, and the claim.
        await page.OpenAsync("/receivables");
        await page.GetByRole(AriaRole.Link, new() { Name = "Late invoices" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Late invoices", Level = 1 })).ToBeVisibleAsync();
        var number = (await late.Agency.InvoiceAsync("late-1")).Number!;
        await page.GetByRole(AriaRole.Link, new() { Name = number }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var panel = page.GetByRole(AriaRole.Complementary, new() { Name = $"Lateness of {number}" });

        // The panel takes the focus once it stands: a key that is pressed before is lost.
        await Expect(panel.GetByRole(AriaRole.Heading, new() { Name = $"Lateness of {number}" })).ToBeFocusedAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Claim €54.38" }).PressAsync("Enter");
        await Expect(panel.GetByText("The claim is drafted and waits on Approvals.")).ToBeVisibleAsync();
        await late.Agency.Host.DrainAsync();
        await using (var db = await late.Agency.Host.OpenDatabaseAsync())
            Assert.Equal(1, await db.Set<LateClaim>().CountAsync());
        await page.OpenAsync("/approvals");
        await Expect(page.GetByText("Company 1").First).ToBeVisibleAsync();

        Assert.Empty(complaints);
    }
}
