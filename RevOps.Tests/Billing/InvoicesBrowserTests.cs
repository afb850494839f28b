using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Billing;

/// <summary>The list of invoices and the panel beside it, as Finance has them on the screen.</summary>
public sealed partial class InvoicesBrowserTests(Browser browser)
{
    private const string Open = "/invoices?status=open&sort=amount&dir=asc";

    [Fact]
    public async Task Panel_KeepsTheChoicesOfItsListOnTheWayInAndOut()
    {
        await using var host = Demo();
        var sales = new SomeSales(host);
        await sales.AddAsync("paid", invoice => (invoice.Status, invoice.PaidMinor) = (InvoiceStatus.Paid, invoice.GrossMinor));
        var small = await sales.AddAsync("small", invoice => (invoice.Status, invoice.Number, invoice.GrossMinor) = (InvoiceStatus.Open, "INV-1", 5_000));
        await sales.AddAsync("large", invoice => (invoice.Status, invoice.Number, invoice.HostedUrl) = (InvoiceStatus.Open, "INV-2", "https://pay.example/INV-2"));
        var page = await browser.OpenAsync(host);
        await page.SignInAsAsync(Roles.Finance);
        await page.OpenAsync(Open);

        // By keyboard alone: down to the first row, Enter, Escape.
        var link = page.GetByRole(AriaRole.Link, new() { Name = "INV-1" });
        await link.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var panel = page.GetByRole(AriaRole.Complementary, new() { Name = "Invoice INV-1" });
        await Expect(panel.GetByRole(AriaRole.Heading, new() { Name = "Invoice INV-1" })).ToBeFocusedAsync();
        Assert.Equal(Open.Replace("/invoices", $"/invoices/{small}", StringComparison.Ordinal), new Uri(page.Url).PathAndQuery);
        await Expect(page.Locator("a.open[aria-current]")).ToHaveTextAsync("INV-1");
        Assert.Equal(2, await page.Locator("tbody tr[data-row]").CountAsync());
        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();
        Assert.Equal(Open, new Uri(page.Url).PathAndQuery);

        // What is still to be paid leads to its payment page.
        await page.GetByRole(AriaRole.Link, new() { Name = "INV-2" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open the client’s payment page" })).ToHaveAttributeAsync("href", "https://pay.example/INV-2");
        await sales.ChangeAsync(await IdOfAsync(host, "INV-2"), invoice => (invoice.Status, invoice.PaidMinor) = (InvoiceStatus.Paid, invoice.GrossMinor));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open the client’s payment page" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Csv_HoldsEveryPageOfTheFilteredListAndAddsUpToItsSums()
    {
        await using var host = Demo();
        var sales = new SomeSales(host);
        for (var number = 1; number <= 50; number++)
        {
            var cents = number;
            await sales.AddAsync($"B-{number}", invoice => (invoice.Status, invoice.GrossMinor, invoice.PaidMinor) = (InvoiceStatus.Open, 10_000 + cents, cents % 2 * 100));
        }

        await sales.AddAsync("draft");
        var page = await browser.OpenAsync(host);
        await page.SignInAsAsync(Roles.Finance);
        await page.OpenAsync("/invoices?status=open");
        var figures = page.Locator(".figures .value");
        await Expect(figures).ToHaveTextAsync(["50", "€5,012.75", "€4,987.75"]);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync());
        var lines = (await File.ReadAllLinesAsync(await download.PathAsync(), Encoding.UTF8)).Select(line => Separator().Split(line)).ToList();
        Assert.Equal(51, lines.Count);
        Assert.Equal((5_012.75m, 4_987.75m), (Sum(lines, "Amount incl. VAT"), Sum(lines, "Outstanding")));
        Assert.Equal(50, lines.Skip(1).Select(line => line[Array.IndexOf(lines[0], "Booking or deal")]).Distinct().Count());
    }

    private static RevOpsHost Demo() => new() { Settings = { ["Demo:Enabled"] = "true" } };

    private static async Task<Guid> IdOfAsync(RevOpsHost host, string number)
    {
        await using var db = await host.OpenDatabaseAsync();
        return db.Set<Invoice>().Single(invoice => invoice.Number == number).Id;
    }

    /// <summary>A comma that is not inside quotes.</summary>
    [GeneratedRegex(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", RegexOptions.None, 1_000)]
    private static partial Regex Separator();

    private static decimal Sum(List<string[]> lines, string title)
    {
        var column = Array.IndexOf(lines[0], title);
        return lines.Skip(1).Where(line => line[column].Length > 0).Sum(line => decimal.Parse(line[column], CultureInfo.InvariantCulture));
    }
}
