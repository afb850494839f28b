using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Platform;

/// <summary>The Jobs page in a browser, and in two.</summary>
public sealed partial class OutboxPageTests(Browser browser)
{
    [Fact]
    public async Task SelectionCancelledInOneBrowser_ShowsInAnotherWithinASecond()
    {
        await using var host = new RevOpsHost { Settings = { ["Demo:Enabled"] = "true" } };
        await AddFailingJobsAsync(host);
        var (admin, marketing) = (await browser.OpenAsync(host), await browser.OpenAsync(host));
        await admin.SignInAsAsync(Roles.Admin);
        await marketing.SignInAsAsync(Roles.Marketing);
        await admin.OpenAsync("/jobs?tab=failing&job=SendInvoice");
        await marketing.OpenAsync("/jobs?tab=failing");
        Assert.Equal(0, await marketing.Locator("td.tick").CountAsync());

        await admin.Locator("thead input[type=checkbox]").CheckAsync();
        await admin.Locator(".selection button").Filter(new() { HasText = "Cancel 2 jobs" }).ClickAsync();
        await admin.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Cancel 2 jobs" }).ClickAsync();

        await marketing.Locator("nav a").Filter(new() { HasTextRegex = TwoCancelled() }).WaitForAsync(new() { Timeout = 1_000 });
        await admin.Locator("p[role=status]").Filter(new() { HasText = "2 jobs were cancelled" }).WaitForAsync();
        await Assertions.Expect(admin.Locator(".selection")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Panel_OpensBesideTheList_SaysTheErrorInTheReadersLanguage_AndKeepsTheFilters()
    {
        await using var host = new RevOpsHost { Settings = { ["Demo:Enabled"] = "true" } };
        await AddFailingJobsAsync(host);
        var page = await browser.OpenAsync(host);
        await page.SignInAsAsync(Roles.Admin);
        await page.GotoAsync("/culture?to=fr&return=/jobs");
        await page.OpenAsync("/jobs?tab=failing&find=Stripe");

        await page.Locator("tbody a.open").First.PressAsync("Enter");
        var panel = page.Locator("aside.side-panel");
        await Assertions.Expect(panel).ToContainTextAsync("Stripe a répondu 402 : card_declined");
        await Assertions.Expect(panel.Locator("pre")).ToHaveTextAsync("StripeException: Stripe answered 402: card_declined");
        Assert.EndsWith("?tab=failing&find=Stripe", page.Url, StringComparison.Ordinal);

        await panel.GetByRole(AriaRole.Button, new() { Name = "Relancer" }).ClickAsync();
        await Assertions.Expect(panel.Locator(".audit")).ToContainTextAsync("Tâche relancée à la main");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToHaveCountAsync(0);
        Assert.EndsWith("/jobs?tab=failing&find=Stripe", page.Url, StringComparison.Ordinal);
    }

    private static async Task AddFailingJobsAsync(RevOpsHost host)
    {
        await using var db = await host.OpenDatabaseAsync();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        foreach (var key in new[] { "1", "2" })
            db.Add(new OutboxRow { Id = Guid.CreateVersion7(), Job = "SendInvoice", Key = key, Argument = key, LastError = "StripeException: Stripe answered 402: card_declined", NotBefore = later, RecordedAt = later });
        await db.SaveChangesAsync();
    }

    [GeneratedRegex(@"Cancelled\s+2")]
    private static partial Regex TwoCancelled();
}
