using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using RevOps.Core.Attribution;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Collector;

/// <summary>The script in a real browser, on the website that the sandbox plays.</summary>
public sealed class CollectorBrowserTests(OneAgency one, Browser browser) : IClassFixture<OneAgency>
{
    private const string VoiceContext = "JSON.stringify(RevOps.voiceContext())";
    private const string Stored = "document.cookie + JSON.stringify({ ...localStorage })";

    private readonly Agency agency = one.Agency;
    private readonly List<JsonObject> calls = [];

    [Fact]
    public async Task Refusal_LeavesNothingBehindAndSendsNothingThatIdentifies()
    {
        var people = await CountAsync<Person>();
        var page = await ComeByAsync("google");
        var ping = await TellAsync(page, () => page.Locator("#refuse").ClickAsync());
        Assert.Equal(["clicks", "key", "kind", "medium", "source"], ping.Where(field => (string?)(field.Value as JsonValue) != "").Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("ping", "google", "gclid"), ((string?)ping["kind"], (string?)ping["source"], (string?)ping["clicks"]![0]));

        // Nor later, on the next page or the next load.
        await page.GetByRole(AriaRole.Link, new() { Name = "Our work" }).ClickAsync();
        await page.ReloadAsync();
        Assert.Equal("{}", await page.EvaluateAsync<string>(VoiceContext));
        Assert.Equal("{}", await page.EvaluateAsync<string>(Stored));
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Single(calls);
        await agency.Host.DrainAsync();
        Assert.Equal(people, await CountAsync<Person>());
    }

    [Fact]
    public async Task Consent_TellsTheVisitOfTheLandingAndWithdrawalForgetsIt()
    {
        var page = await ComeByAsync("meta");
        var clicked = new Uri(page.Url).Query;
        Assert.Equal("{}", await page.EvaluateAsync<string>(Stored));

        // A route of the single-page app in between: what the landing said is not lost.
        await page.GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        Assert.Empty(calls);
        await TellAsync(page, () => page.Locator("#accept").ClickAsync(), "touch");
        Assert.Equal(["consent", "touch"], calls.Select(call => (string)call["kind"]!));
        var fbclid = System.Web.HttpUtility.ParseQueryString(clicked)["fbclid"]!;
        Assert.EndsWith(clicked, (string?)calls[1]["url"], StringComparison.Ordinal);
        Assert.Matches($@"^fb\.1\.\d{{13}}\.{fbclid}$", (string?)calls[1]["fbc"]);

        // Campaign parameters on a route are a visit of their own, a route is not.
        await page.GetByRole(AriaRole.Link, new() { Name = "Offer" }).ClickAsync();
        await TellAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = "Our work" }).ClickAsync(), "touch");
        Assert.Equal(3, calls.Count);
        Assert.Contains("utm_source=partner", (string?)calls[2]["url"], StringComparison.Ordinal);

        // The next page goes on with it, and tells of no visit.
        await page.ReloadAsync();
        var context = JsonNode.Parse(await page.EvaluateAsync<string>(VoiceContext))!;
        Assert.Equal((string?)calls[0]["visitorId"], (string?)context["visitorId"]);
        Assert.Equal((fbclid, "8001", "8201", (string?)calls[1]["fbc"]), ((string?)context["clickIds"]!["fbclid"], (string?)context["ad"]!["campaignId"], (string?)context["ad"]!["adId"], (string?)context["fbc"]));

        await agency.Host.DrainAsync();
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            var touch = await db.Set<Touch>().SingleAsync(row => row.CampaignId == "8001", TestContext.Current.CancellationToken);
            Assert.Equal((Channel.PaidSocial, "meta", "missed-calls", "fbclid", "/offer"), (touch.Channel, touch.Platform, touch.Campaign, touch.ClickIdKinds, touch.LandingPath));
        }

        var denial = await TellAsync(page, async () =>
        {
            await page.Locator("#privacy").ClickAsync();
            await page.Locator("#refuse").ClickAsync();
        });
        Assert.Equal(("consent", "denied", (string?)context["visitorId"]), ((string?)denial["kind"], (string?)denial["purposes"]!["measurement"], (string?)denial["visitorId"]));
        Assert.Equal("{}", await page.EvaluateAsync<string>(Stored));
        Assert.Equal("{}", await page.EvaluateAsync<string>(VoiceContext));
        Assert.Empty(await page.Context.CookiesAsync());
    }

    /// <summary>From the ad to the draft invoice, and the pixel under the server's ids.</summary>
    [Fact]
    public async Task Conversation_BelongsToTheVisitorAndIsBooked()
    {
        var page = await ComeByAsync("google");
        await TellAsync(page, () => page.Locator("#accept").ClickAsync(), "touch");
        await page.Locator("#talk").ClickAsync();
        foreach (var answer in new[] { "Yes, about 3,000", "Yes, I decide", "They are lost", "Before the end" })
            await page.GetByRole(AriaRole.Button, new() { Name = answer }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync("ann@park.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book the audit" }).ClickAsync();
        await Expect(page.GetByText("Booked: SITE-")).ToBeVisibleAsync();

        await agency.Host.DrainAsync();
        await using var db = await agency.Host.OpenDatabaseAsync();
        var session = await db.Set<VoiceSession>().SingleAsync(TestContext.Current.CancellationToken);
        var booking = await db.Set<Booking>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.True(session.Qualified);
        var group = IdentityGraph.GroupOf(db, session.PersonId);
        Assert.Contains(await db.Set<Touch>().Where(touch => group.Contains(touch.PersonId)).Select(touch => touch.CampaignId).ToListAsync(TestContext.Current.CancellationToken), id => id == "7001");
        Assert.Contains(booking.PersonId, await group.ToListAsync(TestContext.Current.CancellationToken));

        // What the pixel was given is what the platforms are told by the server.
        var sent = await db.Set<Conversion>().Select(conversion => conversion.EventId).Distinct().ToListAsync(TestContext.Current.CancellationToken);
        var pixel = await page.EvaluateAsync<string[]>("fbq.seen.map(call => call[3].eventID)");
        Assert.Equal([ConversionIds.EventId(ConversionStage.Lead, session.SessionId), ConversionIds.EventId(ConversionStage.Booked, booking.BookingId!)], pixel);
        Assert.All(pixel, id => Assert.Contains(id, sent));
    }

    [Fact]
    public async Task EventId_IsTheServersForEveryStage()
    {
        var page = await ComeByAsync("direct");
        foreach (var stage in Enum.GetValues<ConversionStage>())
        {
            foreach (var id in new[] { "S-17", new string('x', 64), new string('é', 65), new string('日', 200) + "😀" })
                Assert.Equal(ConversionIds.EventId(stage, id), await page.EvaluateAsync<string>("given => RevOps.eventId(given[0], given[1])", new[] { stage.ToString().ToLowerInvariant(), id }));
        }
    }

    /// <summary>Of those who tell a page's consent, without a call of the page's own.</summary>
    [Theory]
    [InlineData("window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); } gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied' }); gtag('consent', 'update', { ad_storage: 'granted', ad_user_data: 'granted', analytics_storage: 'granted' });", "consent-mode", "granted", null)]
    [InlineData("window.RevOps = { q: [['consent', { measurement: true, ads: true, textVersion: 'early' }]] };", "early", "granted", null)]
    [InlineData("window.__tcfapi = (command, version, tell) => tell({ gdprApplies: true, eventStatus: 'tcloaded', cmpId: 5, cmpVersion: 2, tcfPolicyVersion: 4, purpose: { consents: { 1: true, 7: true, 8: true } } }, true);", "tcf-5.2-4", "granted", "denied")]
    public async Task ConsentOfOthers_IsHeard(string script, string version, string ads, string? personalization)
    {
        var page = await OpenAsync();
        await page.AddInitScriptAsync(script);
        await TellAsync(page, () => page.GotoAsync(agency.Sandbox.Site!.ToString()), "touch");
        Assert.Equal((version, "granted", ads, personalization),
            ((string?)calls[0]["textVersion"], (string?)calls[0]["purposes"]!["measurement"], (string?)calls[0]["purposes"]!["ads"], (string?)calls[0]["purposes"]!["personalization"]));
    }

    /// <summary>A default of consent mode is nobody's answer, and a browser that asks not to be tracked is not even counted.</summary>
    [Fact]
    public async Task Browser_ThatObjects_SendsNothingAtAll()
    {
        var page = await OpenAsync();
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }); window.dataLayer = [['consent', 'default', { ad_storage: 'granted', ad_user_data: 'granted', analytics_storage: 'granted' }]];");
        await page.GotoAsync(agency.Sandbox.Site!.ToString());
        await page.WaitForFunctionAsync("window.RevOps && RevOps.voiceContext");
        await page.Locator("#refuse").ClickAsync();
        Assert.Equal("{}", await page.EvaluateAsync<string>(Stored));
        await page.GotoAsync(new Uri(agency.Sandbox.Site!, "/ads").ToString());
        Assert.Empty(calls);
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await browser.OpenAsync(agency.Host, userAgent: OneSite.Chrome);
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/collect", StringComparison.Ordinal) && request.PostData is { } body)
                calls.Add(JsonNode.Parse(body)!.AsObject());
        };
        return page;
    }

    /// <summary>A click on one of the ads, and the script is there.</summary>
    private async Task<IPage> ComeByAsync(string ad)
    {
        var page = await OpenAsync();
        await page.GotoAsync(new Uri(agency.Sandbox.Site!, "/ads").ToString());
        await page.Locator("#" + ad).ClickAsync();
        await page.WaitForFunctionAsync("window.RevOps && RevOps.voiceContext");
        return page;
    }

    /// <summary>Does something and waits until the server has taken what the script tells of it; the last of that.</summary>
    private async Task<JsonObject> TellAsync(IPage page, Func<Task> act, string? kind = null)
    {
        var answer = await page.RunAndWaitForResponseAsync(act, response => response.Url.EndsWith("/collect", StringComparison.Ordinal) && (kind is null || response.Request.PostData!.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal)));
        Assert.Equal(204, answer.Status);
        return calls[^1];
    }

    private async Task<int> CountAsync<T>() where T : class
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<T>().CountAsync();
    }
}
