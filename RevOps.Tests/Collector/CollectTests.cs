using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Attribution;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Collector;

/// <summary>What browsers send, over HTTP.</summary>
public sealed class CollectTests(OneSite site) : IClassFixture<OneSite>
{
    private const string Query = "?utm_source=google&utm_medium=cpc&utm_campaign=spring&gclid=Cj0_A-z&ad_platform=google&ad_campaign=77&ad_id=9&email=ann@private.example";

    [Fact]
    public async Task Touch_BecomesAVisitWithItsCampaignClickAndAd()
    {
        var call = site.Touch(OneSite.NewId(), Query);
        (call["fbp"], call["referrer"]) = ("fb.1.1.2", "https://www.google.com/");
        using var answer = await site.SendAsync(call);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal((OneSite.Origin, "true"), (answer.Headers.GetValues("Access-Control-Allow-Origin").Single(), answer.Headers.GetValues("Access-Control-Allow-Credentials").Single()));

        var (touch, details) = Assert.Single(await site.TouchesOfAsync((string)call["id"]!));
        Assert.Equal((Channel.PaidSearch, "spring", "google", "77", "9", "/offer"), (touch.Channel, touch.Campaign, touch.Platform, touch.CampaignId, touch.AdId, touch.LandingPath));
        Assert.Equal(("Cj0_A-z", "fb.1.1.2", OneSite.Chrome, "127.0.0.1"), (details.ClickIds!.Gclid, details.Fbp, details.UserAgent, details.Ip));
        Assert.DoesNotContain("ann@private.example", details.LandingUrl, StringComparison.Ordinal);
        await using var db = await site.Host.OpenDatabaseAsync();
        Assert.Equal("collector:Shop", await db.Set<ReceivedEvent>().Where(row => row.Id == touch.Id).Select(row => row.Source).SingleAsync());
    }

    [Fact]
    public async Task Touch_WithoutConsentToAds_KeepsNeitherAddressNorBrowser()
    {
        var call = site.Touch(OneSite.NewId(), Query, ads: false);
        call["fbp"] = "fb.1.1.2";
        (await site.SendAsync(call)).Dispose();
        var (_, details) = Assert.Single(await site.TouchesOfAsync((string)call["id"]!));
        Assert.Equal((null, null, null), (details.Ip, details.UserAgent, details.Fbp));
    }

    /// <summary>A beacon may come twice; the browser's id says that it is one.</summary>
    [Fact]
    public async Task Touch_SentTwice_CountsOnce()
    {
        var call = site.Touch(OneSite.NewId());
        var before = await site.StateAsync();
        (await site.SendAsync(call)).Dispose();
        using var again = await site.SendAsync(call, media: "application/json");
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Single(await site.TouchesOfAsync((string)call["id"]!));
        Assert.Equal(before.VisitsToday + 1, (await site.StateAsync()).VisitsToday);
    }

    [Theory]
    [InlineData(-4, true)]
    [InlineData(-6, false)]
    [InlineData(6, false)]
    public async Task Touch_KeepsTheBrowsersTimeWhileItsClockIsRight(int minutes, bool kept)
    {
        var (call, said) = (site.Touch(OneSite.NewId()), DateTimeOffset.UtcNow.AddMinutes(minutes));
        call["time"] = said.ToString("O");
        (await site.SendAsync(call)).Dispose();
        var (touch, _) = Assert.Single(await site.TouchesOfAsync((string)call["id"]!));
        Assert.Equal(kept, (touch.OccurredAt - said).Duration() < TimeSpan.FromSeconds(1));
        Assert.InRange(touch.OccurredAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Call_OfAnotherOriginOrAnUnknownKey_IsRefusedAndCounted()
    {
        var (before, strangers) = (await site.StateAsync(), await site.StateAsync(CollectorCount.NoSite));
        using (var elsewhere = await site.SendAsync(site.Touch(OneSite.NewId()), origin: "https://shop.example"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
            Assert.Equal("application/problem+json", elsewhere.Content.Headers.ContentType!.MediaType);
            Assert.False(elsewhere.Headers.Contains("Access-Control-Allow-Origin"));
        }

        using (var nowhere = await site.SendAsync(site.Touch(OneSite.NewId()), origin: null))
            Assert.Equal(HttpStatusCode.Forbidden, nowhere.StatusCode);
        var stranger = site.Touch(OneSite.NewId());
        stranger["key"] = "pk_00000000000000000000000000000000";
        using (var unknown = await site.SendAsync(stranger))
            Assert.Equal(HttpStatusCode.Forbidden, unknown.StatusCode);

        var after = await site.StateAsync();
        Assert.Equal(before.Refused + 2, after.Refused);
        Assert.Contains(after.RefusedOrigins, origin => origin.Key == "https://shop.example");
        Assert.Equal(strangers.Refused + 1, (await site.StateAsync(CollectorCount.NoSite)).Refused);
    }

    [Fact]
    public async Task Preflight_IsAnsweredForListedOriginsOnly()
    {
        using var client = site.Host.Client();
        foreach (var (origin, status) in new[] { (OneSite.Origin, HttpStatusCode.NoContent), ("https://evil.example", HttpStatusCode.Forbidden) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/collect") { Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" } } };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(status == HttpStatusCode.NoContent, answer.Headers.Contains("Access-Control-Allow-Headers"));
        }
    }

    [Fact]
    public async Task Call_ThatIsNone_IsRefusedByWhatIsWrong()
    {
        var large = site.Touch(OneSite.NewId());
        large["referrer"] = new string('x', 17_000);
        var nameless = site.Touch(OneSite.NewId());
        nameless["visitorId"] = "ann";
        var strange = site.Touch(OneSite.NewId());
        strange["kind"] = "purchase";
        foreach (var (call, media, status) in new[] { (large, "text/plain", 413), (nameless, "text/plain", 400), (strange, "application/json", 400), (strange, "text/html", 415) })
        {
            using var answer = await site.SendAsync(call, media: media);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", null, "googlebot")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36", null, "headlesschrome")]
    [InlineData(OneSite.Chrome, "prefetch;prerender", "prefetch")]
    [InlineData("", null, "no user agent")]
    public async Task Program_IsLeftOutAndCounted(string agent, string? purpose, string known)
    {
        var (call, before) = (site.Touch(OneSite.NewId()), await site.StateAsync());
        using var answer = await site.SendAsync(call, agent: agent, change: request => request.Headers.TryAddWithoutValidation("Sec-Purpose", purpose));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(await site.TouchesOfAsync((string)call["id"]!));
        var after = await site.StateAsync();
        Assert.Equal((before.BotsToday + 1, before.VisitsToday), (after.BotsToday, after.VisitsToday));
        Assert.Contains(after.Bots, bot => bot.Key == known);
    }

    /// <summary>A server tells of visits too, and sees the same list.</summary>
    [Fact]
    public async Task ProgramThatAServerTellsOf_IsLeftOutAndCounted()
    {
        using var client = site.Host.Client(await site.Host.CreateKeyAsync(Core.Identity.ApiKey.EventsWrite));
        var (program, person, silent) = (Events.Touch(OneSite.NewId()), Events.Touch(OneSite.NewId()), Events.Touch(OneSite.NewId()));
        program["userAgent"] = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";
        silent.Remove("userAgent");
        var (batch, ids) = (new JsonArray(), new List<string>());
        foreach (var data in new[] { program, person, silent })
        {
            ids.Add(Guid.NewGuid().ToString());
            batch.Add(Events.Of("touch", data, ids[^1]));
        }

        var (_, dry) = await client.PostEventsAsync(batch, query: "?dryRun=true");
        Assert.Contains("bingbot", (string)dry!["results"]![0]!["wouldDo"]![0]!, StringComparison.Ordinal);
        var before = await site.StateAsync(CollectorCount.NoSite);
        var (_, answer) = await client.PostEventsAsync(batch);
        Assert.All(answer!["results"]!.AsArray(), result => Assert.Equal("accepted", (string)result!["status"]!));
        await using var db = await site.Host.OpenDatabaseAsync();
        Assert.Equal(ids.Skip(1).Order(StringComparer.Ordinal), (await db.Set<ReceivedEvent>().Where(received => ids.Contains(received.EventId)).Select(received => received.EventId).ToListAsync(TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal));
        var after = await site.StateAsync(CollectorCount.NoSite);
        Assert.Equal(before.BotsToday + 1, after.BotsToday);
        Assert.Contains(after.Bots, bot => bot.Key == "bingbot");
    }

    [Fact]
    public async Task Consent_IsKeptWithItsProofAndTextVersion()
    {
        var visitor = OneSite.NewId();
        var call = site.Consent(visitor);
        call["country"] = "fr";
        (await site.SendAsync(call)).Dispose();
        (await site.SendAsync(site.Consent(visitor, "denied"))).Dispose();

        await using var db = await site.Host.OpenDatabaseAsync();
        var id = (string)call["id"]!;
        var record = await (from received in db.Set<ReceivedEvent>() join consent in db.Set<ConsentRecord>() on received.Id equals consent.Id where received.EventId == id select consent).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("2026-11", true, true, null), (record.TextVersion, record.Measurement, record.Ads, record.Personalization));
        var proof = await site.Host.Services.GetRequiredService<Core.Platform.Secrets.Vault>().OpenAsync(record.PersonId, record.Id, record.SealedProof!);
        Assert.StartsWith("banner /offer 20", proof, StringComparison.Ordinal);
        var now = await ConsentState.OfAsync(db, record.PersonId, CancellationToken.None);
        Assert.Equal((false, "FR"), (now.MeasurementAsked, now.Country));
    }

    /// <summary>Without consent a visit raises a number, and nothing else is there afterwards.</summary>
    [Fact]
    public async Task Ping_IsANumberPerChannel()
    {
        var before = await site.StateAsync();
        await using var db = await site.Host.OpenDatabaseAsync();
        var people = await db.Set<Person>().CountAsync(TestContext.Current.CancellationToken);
        var ping = new JsonObject { ["key"] = site.Site.PublicKey, ["kind"] = "ping", ["clicks"] = new JsonArray("fbclid"), ["visitorId"] = OneSite.NewId() };
        using var answer = await site.SendAsync(ping, change: request => request.Headers.Add("Cookie", $"_rv={OneSite.NewId()}.1"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));

        var after = await site.StateAsync();
        Assert.Equal((before.AnonymousToday + 1, before.VisitsToday), (after.AnonymousToday, after.VisitsToday));
        Assert.Contains(after.AnonymousChannels, channel => channel.Key == Channel.PaidSocial);
        Assert.Equal(people, await db.Set<Person>().CountAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What follows a touch adds to it and makes no second one.</summary>
    [Fact]
    public async Task Pixels_AreReportedOncePerVisit()
    {
        var touch = site.Touch(OneSite.NewId());
        (await site.SendAsync(touch)).Dispose();
        var (before, visit) = (await site.StateAsync(), (string)touch["id"]!);
        JsonObject Report(JsonArray loaded, params string[] ids) => new()
        {
            ["key"] = site.Site.PublicKey,
            ["kind"] = "pixel",
            ["id"] = OneSite.NewId(),
            ["touch"] = visit,
            ["expected"] = new JsonArray("meta", "google"),
            ["loaded"] = loaded,
            ["eventIds"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]),
        };
        (await site.SendAsync(Report(["google"]))).Dispose();
        await site.StateAsync();
        (await site.SendAsync(Report(["google"], "lead.S-1"))).Dispose();
        (await site.SendAsync(Report([], "lead.S-1", "booked.B-1"))).Dispose();

        var after = await site.StateAsync();
        Assert.Equal((before.Meta.Loaded, before.Meta.Of + 1, before.Google.Loaded + 1, before.Google.Of + 1), (after.Meta.Loaded, after.Meta.Of, after.Google.Loaded, after.Google.Of));
        Assert.Equal(before.VisitsToday, after.VisitsToday);
        await using var db = await site.Host.OpenDatabaseAsync();
        Assert.Equal("lead.S-1\nbooked.B-1", await db.Set<PixelReport>().Where(report => report.TouchEventId == visit).Select(report => report.EventIds).SingleAsync(TestContext.Current.CancellationToken));

        // Whose visit it was, and what the platform hears twice.
        var person = await db.Set<PixelReport>().Where(report => report.TouchEventId == visit).Select(report => report.PersonId).SingleAsync(TestContext.Current.CancellationToken);
        Assert.True(await db.Set<Person>().AnyAsync(row => row.Id == person, TestContext.Current.CancellationToken));
        Assert.Equal([("booked.B-1", false, true), ("lead.S-1", false, true)], (await db.Set<BrowserEvent>().OrderBy(seen => seen.EventId).ToListAsync(TestContext.Current.CancellationToken)).Select(seen => (seen.EventId, seen.Meta, seen.Google)));
    }

    [Fact]
    public async Task Address_ThatCallsTooFast_IsToldToWait()
    {
        await using var host = new RevOpsHost { Settings = { ["RateLimits:Collect:PermitsPerSecond"] = "1" } };
        using var client = host.Client();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.PostAsync("/collect", null, TestContext.Current.CancellationToken)));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(refused.Headers.RetryAfter);
        foreach (var answer in answers)
            answer.Dispose();
    }

    /// <summary>Another host of the website's own domain does as well; the browser refuses a domain that is not its own, and so do we.</summary>
    [Theory]
    [InlineData("www.shop.example", null, "path=/; secure")]
    [InlineData("stats.shop.example", "shop.example", "domain=shop.example; path=/; secure")]
    [InlineData("stats.shop.example", null, null)]
    [InlineData("stats.shop.example", "example", null)]
    [InlineData("revops.example", "shop.example", null)]
    [InlineData("evil-shop.example", "shop.example", null)]
    public async Task Cookie_IsSetWhereThePagesOwnDomainWasCalled(string host, string? domain, string? expected)
    {
        var call = site.Touch(OneSite.NewId());
        call["domain"] = domain;
        using var answer = await site.SendAsync(call, change: request => request.Headers.Add("X-Forwarded-Host", host));
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join('|', set) : null;
        Assert.Equal(expected is null, cookies is null);
        Assert.Contains(expected ?? "", cookies ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrowserThatForgets_IsCountedBesideTheFigures()
    {
        var queries = site.Host.Services.GetRequiredService<BrowserMemoryQueries>();
        var day = (await site.Host.Services.GetRequiredService<CompanyProfile>().CurrentAsync(TestContext.Current.CancellationToken)).DayOf(DateTimeOffset.UtcNow);
        var before = await site.StateAsync();
        var (safari, chrome) = (site.Touch(OneSite.NewId()), site.Touch(OneSite.NewId()));
        (await site.SendAsync(safari, agent: OneSite.Safari)).Dispose();
        (await site.SendAsync(chrome)).Dispose();
        var touches = await site.TouchesOfAsync((string)safari["id"]!, (string)chrome["id"]!);
        Assert.Equal([true, false], touches.OrderByDescending(touch => touch.Touch.CapsCookies).Select(touch => touch.Touch.CapsCookies!.Value));
        Assert.All(touches, touch => Assert.False(touch.Touch.ServerCookie));
        Assert.Equal(before.Forgetful + 1, (await site.StateAsync()).Forgetful);

        var memory = await queries.OfAsync(new(day, day), TestContext.Current.CancellationToken);
        Assert.True(memory is { Forgetful: > 0, Share: > 0 and < 1 }, memory.ToString());
        var (unknown, longAgo) = (await queries.OfAsync(new(day.AddDays(-900), day.AddDays(-800)), TestContext.Current.CancellationToken), new BrowserMemory(0, 0, 0));
        Assert.Equal(longAgo, unknown);
        Assert.Null(unknown.Share);
    }
}
