using Microsoft.Playwright;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Journeys;

/// <summary>The whole walk as people see it: Finance and Marketing with their browsers open, the client in a third, nobody reloads.</summary>
public sealed class ClickToCashBrowserTests(Browser browser)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 20_000 };

    [Fact]
    public async Task KeyHeldDown_ApprovesOneInvoiceAndNotTheNext()
    {
        await using var host = Running();
        using var sender = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        foreach (var booking in new[] { "B-1", "B-2", "B-3" })
            await sender.SendAsync(Events.Of("booking_confirmed", Events.Sale(booking)));

        var finance = await browser.OpenAsync(host);
        await finance.SignInAsAsync(Roles.Finance);
        await finance.OpenAsync("/approvals");
        await Expect(finance.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(3, new() { Timeout = 20_000 });
        await Expect(finance.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve") })).ToBeEnabledAsync(new() { Timeout = 20_000 });

        // A page that is still loading its keys, or whose draft has just changed, hears nothing: held again until it hears once.
        for (var hold = 0; hold < 10 && !await IsDecidedAsync(host); hold++)
            await HoldAsync(finance, "a");

        await Expect(finance.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(2, new() { Timeout = 20_000 });
        await using var db = await host.OpenDatabaseAsync();
        Assert.Equal(1, db.Set<Core.Billing.InvoiceDecision>().Count());
    }

    [Fact]
    public async Task FinanceAndMarketing_WatchOneBookingBecomeCash()
    {
        await using var host = Running();
        using var sender = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        var (finance, marketing) = (await browser.OpenAsync(host), await browser.OpenAsync(host));
        await finance.SignInAsAsync(Roles.Finance);
        await marketing.SignInAsAsync(Roles.Marketing);
        await finance.OpenAsync("/approvals");
        await marketing.OpenAsync("/conversions?show-columns=event");

        // The click was seven hours ago: Google knows one only after six.
        var clicked = DateTimeOffset.UtcNow.AddHours(-7);
        await sender.SendAsync(Events.Of("touch", Events.Touch("v-1", gclid: "G-1", fbclid: "F-1"), time: clicked));
        await sender.SendAsync(Events.Of("consent", Events.Consent("v-1"), time: clicked));
        await sender.SendAsync(Events.Of("voice_session", Events.Voice("S-1", "v-1", "c-1@acme.example", DateTimeOffset.UtcNow.AddMinutes(-10))));
        var sale = Events.Sale("B-1", "D-1");
        (sale["visitorId"], sale["voiceSessionId"]) = ("v-1", "S-1");
        await sender.SendAsync(Events.Of("booking_confirmed", sale));

        // Finance: the draft comes by itself, is opened and approved.
        await finance.GetByRole(AriaRole.Link, new() { NameRegex = new("Acme SARL") }).First.ClickAsync();
        var approve = finance.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve") });
        await Expect(approve).ToBeEnabledAsync(new() { Timeout = 20_000 });
        await approve.ClickAsync();

        // Marketing: the booking's value stands delivered at both platforms.
        await Expect(Row(marketing, "Meta", "booked.B-1")).ToContainTextAsync("Delivered", new() { Timeout = 20_000 });
        await Expect(Row(marketing, "Google", "booked.B-1")).ToContainTextAsync("Delivered", new() { Timeout = 20_000 });

        // The client pays on the page that the invoice leads to.
        await finance.OpenAsync("/invoices?status=open");
        var open = finance.GetByRole(AriaRole.Row, new() { NameRegex = new("Acme SARL") });
        await Expect(open).ToBeVisibleAsync(Patiently);
        await finance.OpenAsync("/invoices");
        await PayAsync(host);

        // Finance sees it paid; Marketing that the payment was told.
        await Expect(finance.GetByRole(AriaRole.Row, new() { NameRegex = new("Acme SARL.*Paid") })).ToBeVisibleAsync(Patiently);
        await Expect(Row(marketing, "Meta", "paid.B-1")).ToContainTextAsync("Delivered", new() { Timeout = 20_000 });
        await Expect(Row(marketing, "Google", "paid.B-1")).ToContainTextAsync("Delivered", new() { Timeout = 20_000 });
    }

    private static async Task HoldAsync(IPage page, string key)
    {
        for (var beat = 0; beat < 12; beat++)
            await page.Keyboard.DownAsync(key);
        await page.Keyboard.UpAsync(key);
        await page.WaitForTimeoutAsync(1_000);
    }

    private static async Task<bool> IsDecidedAsync(RevOpsHost host)
    {
        await using var db = await host.OpenDatabaseAsync();
        return db.Set<Core.Billing.InvoiceDecision>().Any();
    }

    private static RevOpsHost Running() => new()
    {
        Settings =
        {
            ["Demo:Enabled"] = "true", ["Sandbox:Enabled"] = "true", ["Outbox:Pump"] = "true",
            ["Sandbox:StripePort"] = "0", ["Sandbox:MetaPort"] = "0", ["Sandbox:GooglePort"] = "0", ["Sandbox:SitePort"] = "0",
        },
    };

    private async Task PayAsync(RevOpsHost host)
    {
        await using var db = await host.OpenDatabaseAsync();
        var url = db.Set<Core.Billing.Invoice>().Select(invoice => invoice.HostedUrl).Single();
        var client = await browser.OpenAsync(host);
        await client.GotoAsync(url!);
        await client.GetByRole(AriaRole.Button).First.ClickAsync();
    }

    private static ILocator Row(IPage page, string platform, string eventId) =>
        page.Locator("tbody tr").Filter(new() { HasText = platform }).Filter(new() { HasText = eventId });
}
