using Microsoft.Playwright;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Attribution.Credits;

/// <summary>Attribution as Marketing has it on the screen: nothing worked out, then worked out in place, then followed from the figure to the steps of a journey.</summary>
public sealed class CreditBrowserTests(Browser browser)
{
    [Fact]
    public async Task Marketing_FollowsACreditDownToTheStepsOfAJourney()
    {
        await using var agency = await Agency.OpenAsync(demo: true);
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-1"));
        await agency.SendAsync("consent", Events.Consent("v-1"));
        agency.Clock.Advance(TimeSpan.FromHours(7));
        var sale = Events.Sale("B-1", "D-1");
        sale["visitorId"] = "v-1";
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-1")).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.Paid);

        var page = await browser.OpenAsync(agency.Host);
        await page.SignInAsAsync(Roles.Marketing);
        await page.OpenAsync("/attribution");
        await Expect(page.Locator(".empty")).ToContainTextAsync("Nothing is worked out yet");
        var compute = page.GetByRole(AriaRole.Button, new() { Name = "Compute now" });
        await compute.ClickAsync();

        // Asked for: whoever looks sees how far it is instead.
        await Expect(compute).ToHaveCountAsync(0);
        await agency.Host.DrainAsync();

        // It comes by itself, and the whole stands in the table: credited, unattributed, total.
        var total = page.Locator("tr[data-row=total]").First.Locator("[data-label=Credit]");
        await Expect(total).ToBeVisibleAsync();
        var paid = await total.InnerTextAsync();
        await Expect(page.Locator(".adds")).ToContainTextAsync(paid + " paid");

        await page.Locator("tr[data-row=paid_search] a.open").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".side-panel h2")).ToHaveTextAsync("Why this number: Paid search");
        await Expect(page.Locator(".side-panel .without")).ToContainTextAsync("A prediction of the model");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the journeys of Paid search" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Credited journeys" })).ToBeVisibleAsync();
        await page.Locator("tbody a.open").First.ClickAsync();
        await Expect(page.Locator(".side-panel tbody tr").Last.Locator("[data-label=Credit]")).ToHaveTextAsync(paid);

        // The address alone opens the same.
        await page.OpenAsync(new Uri(page.Url).PathAndQuery);
        await Expect(page.Locator(".side-panel .lead")).ToContainTextAsync("split over its visits under Markov, order 1");
    }
}
