using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Spend;
using RevOps.Sandbox;
using RevOps.Sandbox.Ads;
using RevOps.Tests.Billing.Stripe;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Spend;

/// <summary>Spend as it is read over HTTP from the stand-ins of Meta and Google: whole, once, and again when something goes wrong.</summary>
public sealed class SpendImportTests : IAsyncLifetime
{
    private const string Insights = "GET /v26.0/{account}/insights";
    private static readonly DateOnly Today = new(2026, 5, 4);
    private Agency agency = null!;

    private ISpendSource Meta => Source(SpendPlatform.Meta);

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanReadThirteenMonthsOfBothPlatformsAndAgreeWithThemToTheCent()
    {
        await PlanAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(28, await db.Set<SpendReading>().CountAsync(reading => reading.State == ReadingState.Done && reading.Attempts == 1));
        Assert.All(await db.Set<AdAccount>().ToListAsync(), account => Assert.Equal(("EUR", "Europe/Paris", new DateOnly(2025, 4, 1), Mode.Sandbox), (account.Currency, account.TimeZone, account.HistoryFrom, account.Mode)));
        var days = Enumerable.Range(0, Today.DayNumber - new DateOnly(2025, 4, 1).DayNumber + 1).Select(day => new DateOnly(2025, 4, 1).AddDays(day)).ToList();
        foreach (var campaign in AdBook.Campaigns)
            Assert.Equal(days.Sum(day => AdBook.On(campaign, day).CostMinor), await db.Set<AdSpend>().Where(row => row.Platform == campaign.Platform && row.CampaignId == campaign.Id).SumAsync(row => row.CostMinor));

        // Performance Max has no ads; all others are known ad by ad.
        Assert.All(await db.Set<AdSpend>().Where(row => row.Day == Today).ToListAsync(), row => Assert.Equal(row.CampaignId == "720003", row.AdId.Length == 0));
        var months = await agency.Host.Services.GetRequiredService<SpendReconciliation>().ListAsync();
        Assert.Equal(28, months.Count);
        Assert.All(months, month => Assert.Equal((SpendGap.None, 0L), (month.Gap, month.Difference.Minor)));
        Assert.All(months, month => Assert.True(month.Said.Minor > 0));
    }

    [Fact]
    public async Task Pages_AreAllReadAndNoneTwice()
    {
        var facts = await Meta.ReadAsync(Period.Ending(Today, 400), await Meta.DescribeAsync(CancellationToken.None), CancellationToken.None);

        // Seven ads a day, five hundred rows a page.
        Assert.Equal(400 * AdBook.Campaigns.Where(campaign => campaign.Platform == SpendPlatform.Meta).Sum(campaign => campaign.Groups.Sum(group => group.Ads.Count)), facts.Count);
        Assert.Equal(facts.Count, facts.Select(fact => (fact.Day, fact.AdId)).Distinct().Count());
    }

    [Fact]
    public async Task DayReadAgain_ReplacesWhatWasThereAndTakesAwayWhatIsGone()
    {
        await PlanAsync();
        var (changed, gone) = (Today.AddDays(-3), Today.AddDays(-2));
        agency.Sandbox.CorrectSpend("720002", changed, 777);
        agency.Sandbox.CorrectSpend("720002", gone, 0);
        agency.Clock.Advance(TimeSpan.FromDays(1));
        await PlanAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        var reading = await db.Set<SpendReading>().SingleAsync(one => one.Kind == ReadingKind.Daily && db.Set<AdAccount>().Any(account => account.Id == one.AccountId && account.Platform == SpendPlatform.Google));
        Assert.Equal((Today.AddDays(-26), Today.AddDays(1), 1, 1), (reading.From, reading.To, reading.Changed, reading.Removed));
        Assert.Equal(777, await db.Set<AdSpend>().Where(row => row.CampaignId == "720002" && row.Day == changed).SumAsync(row => row.CostMinor));
        Assert.False(await db.Set<AdSpend>().AnyAsync(row => row.CampaignId == "720002" && row.Day == gone));
        Assert.All(await agency.Host.Services.GetRequiredService<SpendReconciliation>().ListAsync(), month => Assert.Equal(SpendGap.None, month.Gap));

        // Once a day, however often it is looked at.
        await PlanAsync();
        Assert.Equal(2, await db.Set<SpendReading>().CountAsync(one => one.Kind == ReadingKind.Daily));
    }

    [Fact]
    public async Task DeletedAd_IsADifferenceThatSaysWhy()
    {
        agency.Sandbox.DeleteAd("23850002101");
        await PlanAsync();

        var months = await agency.Host.Services.GetRequiredService<SpendReconciliation>().ListAsync();
        Assert.All(months, month => Assert.Equal(month.Platform == SpendPlatform.Meta ? SpendGap.DeletedAds : SpendGap.None, month.Gap));
        Assert.All(months.Where(month => month.Platform == SpendPlatform.Meta), month => Assert.True(month.Difference.Minor > 0));
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, "80004/2446079")]
    [InlineData(FaultKind.Error, "2")]
    [InlineData(FaultKind.Drop, "unreached")]
    public async Task Trouble_StopsOnePortionWhichIsReadLater(FaultKind kind, string code)
    {
        agency.Sandbox.Faults.Add(new() { Route = Insights, Kind = kind, Count = 1 });
        await PlanAsync();

        // What was read stays read: only the first portion, the newest month, is open.
        await using var db = await agency.Host.OpenDatabaseAsync();
        var failing = await db.Set<SpendReading>().AsNoTracking().SingleAsync(reading => reading.State != ReadingState.Done);
        Assert.Equal((ReadingState.Failing, code, 1), (failing.State, failing.Code, failing.Attempts));
        var state = (await agency.Host.Services.GetRequiredService<SpendImportQueries>().StatesAsync()).Single(one => one.Platform == SpendPlatform.Meta);
        Assert.Equal((13, 14, code), (state.PortionsDone, state.Portions, state.Failing?.Code));
        Assert.Contains(await agency.Host.Services.GetRequiredService<SpendReconciliation>().ListAsync(), month => month.Platform == SpendPlatform.Meta);

        agency.Clock.Advance(TimeSpan.FromMinutes(3));
        await agency.Host.DrainAsync();
        var mended = await db.Set<SpendReading>().AsNoTracking().SingleAsync(reading => reading.Id == failing.Id);
        Assert.Equal((ReadingState.Done, null, 2), (mended.State, mended.Code, mended.Attempts));
        Assert.Equal(28, await db.Set<SpendReading>().CountAsync(reading => reading.State == ReadingState.Done));
        Assert.All(await agency.Host.Services.GetRequiredService<SpendReconciliation>().ListAsync(), month => Assert.Equal(SpendGap.None, month.Gap));
    }

    /// <summary>A month of long ago that never comes must not stop what is spent today.</summary>
    [Fact]
    public async Task StubbornMonth_DoesNotStopTheDays()
    {
        await PlanAsync();
        await using (var db = await agency.Host.OpenDatabaseAsync())
            await db.Set<SpendReading>().Where(reading => reading.From == new DateOnly(2025, 6, 1)).ExecuteUpdateAsync(set => set.SetProperty(reading => reading.State, ReadingState.Failing));
        agency.Clock.Advance(TimeSpan.FromDays(1));
        await PlanAsync();

        await using var after = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await after.Set<SpendReading>().CountAsync(reading => reading.Kind == ReadingKind.Daily && reading.State == ReadingState.Done));
    }

    /// <summary>What is too much at once Meta makes a report of: asked about until it is ready, and read in pages like the rest.</summary>
    [Fact]
    public async Task TooMuchAtOnce_ComesAsAReport()
    {
        var days = Period.Ending(Today, 40);
        var facts = await Meta.ReadAsync(days, await Meta.DescribeAsync(CancellationToken.None), CancellationToken.None);

        Assert.Equal(40 * AdBook.Campaigns.Where(campaign => campaign.Platform == SpendPlatform.Meta).Sum(campaign => campaign.Groups.Sum(group => group.Ads.Count)), facts.Count);
        Assert.Equal((days.From, days.To), (facts.Min(fact => fact.Day), facts.Max(fact => fact.Day)));
    }

    /// <summary>A gclid does not reveal its campaign: Google says it, of one day at a time, of those alone who allow measurement.</summary>
    [Fact]
    public async Task ClickWithoutACampaign_IsResolvedByGoogle()
    {
        foreach (var (visitor, measurement) in new[] { ("v-1", "granted"), ("v-2", "denied") })
        {
            await agency.SendAsync("consent", Events.Consent(visitor, measurement: measurement));
            var touch = Events.Touch(visitor, gclid: $"Cj0-{visitor}");
            touch.Remove("ad");
            await agency.SendAsync("touch", touch);
            agency.Sandbox.ClickAd($"Cj0-{visitor}", Today, "720002101");
        }

        await PlanAsync();
        agency.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync<ResolveClicks>(agency);

        await using var db = await agency.Host.OpenDatabaseAsync();
        var touches = await db.Set<Core.Attribution.Touch>().OrderBy(touch => touch.OccurredAt).ToListAsync();
        Assert.Equal([("720002", "720002101"), (null, null)], touches.Select(touch => (touch.CampaignId, touch.AdId)));
        Assert.Equal(Today, (await db.Set<AdAccount>().SingleAsync(account => account.Platform == SpendPlatform.Google)).ClicksReadTo);
    }

    /// <summary>Google is asked for halves of what it does not answer in time.</summary>
    [Fact]
    public async Task SilentRangeOfGoogle_IsAskedForInHalves()
    {
        var asked = new List<string>();
        var http = new ScriptedHttp(request =>
        {
            if (!request.RequestUri!.AbsolutePath.Contains("googleAds", StringComparison.Ordinal))
                return ScriptedHttp.Answer(200, """{"access_token":"t","expires_in":3600}""")(request);
            asked.Add(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
            return asked.Count == 1 ? throw new TaskCanceledException() : ScriptedHttp.Answer(200, "[]")(request);
        });
        using var google = new GoogleSpend(agency.Host.Services.GetRequiredService<GoogleAdsAccount>(), http);

        Assert.Empty(await google.ReadAsync(Period.Ending(Today, 4), new(null, "EUR", "Europe/Paris"), CancellationToken.None));
        Assert.Equal(5, asked.Count);
        Assert.Contains("BETWEEN '2026-05-01' AND '2026-05-02'", Text(asked[1]), StringComparison.Ordinal);
        Assert.Contains("BETWEEN '2026-05-03' AND '2026-05-04'", Text(asked[4]), StringComparison.Ordinal);

        static string Text(string json) => (string)System.Text.Json.Nodes.JsonNode.Parse(json)!["query"]!;
    }

    /// <summary>What does not come within the time of an answer, and not as a report either, is asked for in halves.</summary>
    [Fact]
    public async Task SilentMonth_IsAskedForInHalves()
    {
        var (http, sandbox) = (new ScriptedHttp(_ => throw new TaskCanceledException(), _ => throw new TaskCanceledException(), ScriptedHttp.Answer(200, """{"data":[]}""")), agency.Host.Services.GetRequiredService<MetaAccount>());

        Assert.Empty(await new MetaSpend(sandbox, http).ReadAsync(Period.Ending(Today, 4), new(null, "EUR", "Europe/Paris"), CancellationToken.None));
        Assert.Equal(4, http.Requests.Count);
    }

    /// <summary>At half past midnight in Paris it is still yesterday for an account in New York.</summary>
    [Fact]
    public async Task AccountFurtherWest_IsNotAskedForTomorrow()
    {
        var source = new WesternSource();
        await using var west = await Agency.OpenAsync(configure: services => services.AddSingleton<ISpendSource>(source));
        west.Clock.Advance(new DateTimeOffset(2026, 5, 4, 22, 30, 0, TimeSpan.Zero) - west.Clock.GetUtcNow());
        await PlanAsync(west);

        Assert.Equal(new DateOnly(2026, 5, 4), source.Asked.Max(days => days.To));
        await using var db = await west.Host.OpenDatabaseAsync();
        Assert.Equal(new DateOnly(2026, 5, 4), await db.Set<SpendReading>().Where(reading => db.Set<AdAccount>().Any(account => account.Id == reading.AccountId && account.Platform == SpendPlatform.Other)).MaxAsync(reading => reading.To));
    }

    /// <summary>An account that spends nothing, in New York.</summary>
    private sealed class WesternSource : ISpendSource
    {
        public ConcurrentBag<Period> Asked { get; } = [];

        public string Platform => SpendPlatform.Other;

        public ConnectedAccount? Account => new("1", Mode.Sandbox);

        public Task<AccountFacts> DescribeAsync(CancellationToken cancel) => Task.FromResult(new AccountFacts("West", "USD", "America/New_York"));

        public Task<IReadOnlyList<SpendFact>> ReadAsync(Period days, AccountFacts facts, CancellationToken cancel)
        {
            Asked.Add(days);
            return Task.FromResult<IReadOnlyList<SpendFact>>([]);
        }

        public Task<IReadOnlyList<MonthTotal>> TotalsAsync(Period days, AccountFacts facts, CancellationToken cancel) => Task.FromResult<IReadOnlyList<MonthTotal>>([]);
    }

    [Fact]
    public async Task ExpiredToken_IsNamedAndReadingGoesOnWithANewOne()
    {
        var meta = agency.Host.Services.GetRequiredService<MetaAccount>();
        meta.Sandbox = meta.Sandbox! with { AccessToken = "expired" };
        await PlanAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(14, await db.Set<SpendReading>().CountAsync(reading => reading.State == ReadingState.Failing && reading.Code == "190/463"));
        Assert.Equal(14, await db.Set<SpendReading>().CountAsync(reading => reading.State == ReadingState.Done));

        meta.Sandbox = meta.Sandbox with { AccessToken = "sandbox" };
        var marketing = await agency.HireAsync("ads@agency.example", Roles.Marketing);
        await using (var scope = agency.Host.Services.CreateAsyncScope())
            Assert.Equal(ReadNowResult.Done, await scope.ServiceProvider.GetRequiredService<SpendDesk>().ReadNowAsync(await agency.ApproverAsync(marketing), CancellationToken.None));
        await agency.Host.DrainAsync();
        Assert.False(await db.Set<SpendReading>().AnyAsync(reading => reading.State != ReadingState.Done));

        // Finance has no say in it.
        await using var other = agency.Host.Services.CreateAsyncScope();
        Assert.Equal(ReadNowResult.NotAllowed, await other.ServiceProvider.GetRequiredService<SpendDesk>().ReadNowAsync(await agency.ApproverAsync(), CancellationToken.None));
    }

    [Fact]
    public async Task Account_ReachedThroughAManagerNeedsItsNumber()
    {
        var google = agency.Host.Services.GetRequiredService<GoogleAdsAccount>();
        google.Sandbox = google.Sandbox! with { CustomerId = "555-555-5555" };
        var refused = await Assert.ThrowsAsync<SpendReadException>(() => Source(SpendPlatform.Google).DescribeAsync(CancellationToken.None));
        Assert.Equal(("USER_PERMISSION_DENIED", Core.Conversions.ChannelOutcome.ConnectionBroken), (refused.Answer.Code, refused.Answer.Outcome));

        google.Sandbox = google.Sandbox with { LoginCustomerId = "111-222-3333" };
        Assert.Equal(new("RevOps Sandbox", "EUR", "Europe/Paris"), await Source(SpendPlatform.Google).DescribeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task NotConnected_AsksNobodyAndSaysSo()
    {
        var meta = agency.Host.Services.GetRequiredService<MetaAccount>();
        meta.Sandbox = meta.Sandbox! with { AdAccountId = null };
        await PlanAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<AdAccount>().AnyAsync(account => account.Platform == SpendPlatform.Meta));
        Assert.Null((await agency.Host.Services.GetRequiredService<SpendImportQueries>().StatesAsync()).Single(one => one.Platform == SpendPlatform.Meta).Connected);
    }

    [Fact]
    public async Task EventOfTheSameDay_CountsUntilThePlatformIsAskedAndNeverAfter()
    {
        await EventAsync("720002", Today.AddDays(-1), 100);
        await EventAsync("99", Today.AddDays(-1), 55);
        await PlanAsync();
        await EventAsync("720002", Today.AddDays(-1), 200);
        await EventAsync("99", Today.AddDays(-1), 66);

        await using var db = await agency.Host.OpenDatabaseAsync();
        var rows = await db.Set<AdSpend>().Where(row => row.Platform == SpendPlatform.Google && row.Day == Today.AddDays(-1)).ToListAsync();
        Assert.Equal(AdBook.On(AdBook.Campaigns.Single(campaign => campaign.Id == "720002"), Today.AddDays(-1)).CostMinor, rows.Where(row => row.CampaignId == "720002").Sum(row => row.CostMinor));
        Assert.Equal((66L, SpendSource.Event), rows.Where(row => row.CampaignId == "99").Select(row => (row.CostMinor, row.Source)).Single());
    }

    private ISpendSource Source(string platform) => agency.Host.Services.GetServices<ISpendSource>().Single(source => source.Platform == platform);

    private Task PlanAsync() => PlanAsync(agency);

    private static Task PlanAsync(Agency agency) => RunAsync<PlanSpendReadings>(agency);

    private static async Task RunAsync<TJob>(Agency agency) where TJob : IOutboxJob
    {
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<TJob>("test", agency.Clock.GetUtcNow(), key: Guid.NewGuid().ToString());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
    }

    private Task EventAsync(string campaign, DateOnly day, int minor) => agency.SendAsync("ad_spend", new()
    {
        ["platform"] = "google", ["account"] = "somebody's", ["date"] = day.ToString("yyyy-MM-dd"), ["campaignId"] = campaign, ["campaignName"] = campaign, ["costMinor"] = minor, ["currency"] = "EUR",
    });
}
