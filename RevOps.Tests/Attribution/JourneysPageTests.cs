using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Identity;
using RevOps.Core.People;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Attribution;

/// <summary>A person beside the list, and who may see whom.</summary>
public sealed class JourneysPageTests(Browser browser) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly RevOpsHost host = new() { Settings = { ["Demo:Enabled"] = "true" } };
    private Guid person;

    public async ValueTask InitializeAsync()
    {
        await SendAsync("touch", Events.Touch("v-1", gclid: "G-1"), hoursAgo: 3);
        await SendAsync("consent", Events.Consent("v-1"), hoursAgo: 2);
        var voice = Events.Voice("S-1", "v-1", "ann@example.com", Now);
        voice["bant"]!["budget"]!["evidence"] = "ten thousand";
        await SendAsync("voice_session", voice, hoursAgo: 1);
        await using var db = await host.OpenDatabaseAsync();
        person = (await db.Set<Person>().SingleAsync(row => row.Identified && row.Id == row.CanonicalId)).Id;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Panel_KeepsTheFilters()
    {
        using var client = await host.SignedInAsync(Roles.Marketing);
        const string Chosen = "?first=paid_search&qualified=yes&dir=asc";
        var row = (await ReadAsync(client, "/journeys" + Chosen)).QuerySelector("tbody a.open")!;
        Assert.Equal($"/journeys/{person}{Chosen}", row.GetAttribute("href"));

        var opened = await ReadAsync(client, row.GetAttribute("href")!);
        Assert.Equal("true", opened.QuerySelector("tbody a.open")!.GetAttribute("aria-current"));
        Assert.Equal("/journeys" + Chosen, opened.QuerySelector(".side-panel a.close")!.GetAttribute("href"));
        Assert.Equal("paid_search", opened.QuerySelector<IHtmlSelectElement>(".filters select")!.Value);
        Assert.Empty((await ReadAsync(client, "/journeys?first=email")).QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task PersonalValues_AreForPrivacyAndEachLookIsOnRecord()
    {
        using (var marketing = await host.SignedInAsync(Roles.Marketing))
        {
            var masked = (await ReadAsync(marketing, $"/journeys/{person}")).Body!.TextContent;
            Assert.DoesNotContain("ann@example.com", masked, StringComparison.Ordinal);
            Assert.DoesNotContain("ten thousand", masked, StringComparison.Ordinal);
        }

        Assert.Empty(await LooksAsync());
        using var privacy = await host.SignedInAsync(Roles.Privacy);
        var clear = (await ReadAsync(privacy, $"/journeys/{person}")).Body!.TextContent;
        Assert.Contains("ann@example.com", clear, StringComparison.Ordinal);
        Assert.Contains("ten thousand", clear, StringComparison.Ordinal);
        Assert.Contains("is written down in the audit", clear, StringComparison.Ordinal);

        var looks = await LooksAsync();
        Assert.Equal([(PersonViews.Listed, "journeys"), (PersonViews.Viewed, person.ToString())], looks.Select(look => (look.Action, look.SubjectId)).Order());
        Assert.All(looks, look => Assert.StartsWith("user:", look.Actor, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneLook_IsOneEntryHoweverOftenThePageIsDrawn()
    {
        var page = await browser.OpenAsync(host);
        await page.SignInAsAsync(Roles.Privacy);
        await page.OpenAsync($"/journeys/{person}");
        await Expect(page.Locator(".side-panel")).ToContainTextAsync("ann@example.com");

        // A change comes while it is open, and is shown.
        await SendAsync("lead_stage", new() { ["contact"] = new System.Text.Json.Nodes.JsonObject { ["email"] = "ann@example.com" }, ["stage"] = "meeting" }, hoursAgo: 0);
        await Expect(page.Locator(".side-panel")).ToContainTextAsync("Stage reached: meeting");
        Assert.Equal(1, (await LooksAsync()).Count(look => look.Action == PersonViews.Viewed));
        Assert.Equal(1, (await LooksAsync()).Count(look => look.Action == PersonViews.Listed));

        // Closed and opened again is another look at the person, at the same list.
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".side-panel")).ToHaveCountAsync(0);
        await page.Locator("tbody a.open").ClickAsync();
        await Expect(page.Locator(".side-panel")).ToContainTextAsync("ann@example.com");
        Assert.Equal(2, (await LooksAsync()).Count(look => look.Action == PersonViews.Viewed));
        Assert.Equal(1, (await LooksAsync()).Count(look => look.Action == PersonViews.Listed));
    }

    private async Task<List<AuditEntry>> LooksAsync()
    {
        await using var db = await host.OpenDatabaseAsync();
        return await db.Set<AuditEntry>().Where(entry => entry.Action == PersonViews.Viewed || entry.Action == PersonViews.Listed).AsNoTracking().ToListAsync();
    }

    private static async Task<IHtmlDocument> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private async Task SendAsync(string type, System.Text.Json.Nodes.JsonObject data, double hoursAgo)
    {
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        await client.SendAsync(Events.Of(type, data, time: Now.AddHours(-hoursAgo)));
        await host.DrainAsync();
    }
}
