using Deque.AxeCore.Commons;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Receivables;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Lateness;

/// <summary>The walk of somebody of Finance through what is late, in a real browser; each page on the way is for everyone.</summary>
public sealed class LatenessBrowserTests(LateAgency late, Browser browser) : IClassFixture<LateAgency>
{
    private const string Run = """
        async () => {
          const found = await axe.run(document, { resultTypes: ["violations"], selectors: false, iframes: false });
          return found.violations.map(one => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map(node => node.html).join("; ")}`);
        }
        """;

    [Fact]
    public async Task CanFollowUpWhatIsLate_ByKeyboard_OnPagesForEveryone()
    {
        var page = await browser.OpenAsync(late.Agency.Host, 1_440);
        await page.AddInitScriptAsync(new BundledAxeScriptProvider().GetScript());
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

        var id = (await late.Agency.InvoiceAsync("late-2")).Id;
        string[] addresses = ["/receivables/late", $"/receivables/late/{id}", "/receivables/late/calls", "/receivables/late/days", "/receivables/late/reminders?rule=7", "/receivables/late/rates", "/receivables/late?standing=paidlate", "/receivables"];
        var wrong = new List<string>();
        foreach (var (width, scheme, language) in new[] { (1_440, ColorScheme.Light, "en"), (390, ColorScheme.Dark, "fr") })
        {
            await page.GotoAsync($"/culture?to={language}&return=/healthz/live");
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, 900);
            complaints = page.Complaints();
            foreach (var address in addresses)
            {
                await page.OpenAsync(address);
                await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
                wrong.AddRange((await page.EvaluateAsync<string[]>(Run)).Select(finding => $"{address} at {width}: {finding}"));
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
                    wrong.Add($"{address} is wider than {width}");
                if (Environment.GetEnvironmentVariable("REVOPS_SHOTS") is { Length: > 0 } folder)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{address.Replace('/', '_').Replace('?', '_')}-{width}.png"), FullPage = true });
            }
        }

        wrong.AddRange(complaints);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
