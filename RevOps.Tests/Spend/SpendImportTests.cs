using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Core.Platform;
using RevOps.Core.Spend;
using RevOps.Sandbox.Ads;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Spend;

/// <summary>Spend as it is read over HTTP from the stand-ins of Meta and Google: whole, and once.</summary>
public sealed class SpendImportTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 5, 4);
    private Agency agency = null!;

    private ISpendSource Meta => agency.SpendSource(SpendPlatform.Meta);

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanReadThirteenMonthsOfBothPlatformsAndAgreeWithThemToTheCent()
    {
        await agency.PlanSpendAsync();

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

        // Day by day as well, but of what is not over yet.
        var each = await SpendReconciliation.DaysAsync(db, Mode.Sandbox, new(2025, 4, 1), CancellationToken.None);
        Assert.Equal(2 * (days.Count - 2), each.Count);
        Assert.All(each, day => Assert.Equal((0d, day.Said), (day.Share, day.Counted)));
    }

    [Fact]
    public async Task OneWrongDay_IsSeen_ThoughItsMonthHardlyMoves()
    {
        await agency.PlanSpendAsync();
        await using var db = await agency.Host.OpenDatabaseAsync();
        var wrong = Today.AddDays(-10);
        await db.Set<AdSpend>().Where(row => row.Day == wrong && row.CampaignId == "720002").ExecuteUpdateAsync(set => set.SetProperty(row => row.CostMinor, row => row.CostMinor + 1_000));

        var days = await SpendReconciliation.DaysAsync(db, Mode.Sandbox, Today.AddDays(-60), CancellationToken.None);
        var found = Assert.Single(days, day => day.Share > 0);
        Assert.Equal(SpendPlatform.Google, found.Platform);
        Assert.Equal(wrong, found.Day);
        Assert.True(found.Said.Minor < found.Counted.Minor);
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
        await agency.PlanSpendAsync();
        var (changed, gone) = (Today.AddDays(-3), Today.AddDays(-2));
        agency.Sandbox.CorrectSpend("720002", changed, 777);
        agency.Sandbox.CorrectSpend("720002", gone, 0);
        agency.Clock.Advance(TimeSpan.FromDays(1));
        await agency.PlanSpendAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        var reading = await db.Set<SpendReading>().SingleAsync(one => one.Kind == ReadingKind.Daily && db.Set<AdAccount>().Any(account => account.Id == one.AccountId && account.Platform == SpendPlatform.Google));
        Assert.Equal((Today.AddDays(-26), Today.AddDays(1), 1, 1), (reading.From, reading.To, reading.Changed, reading.Removed));
        Assert.Equal(777, await db.Set<AdSpend>().Where(row => row.CampaignId == "720002" && row.Day == changed).SumAsync(row => row.CostMinor));
        Assert.False(await db.Set<AdSpend>().AnyAsync(row => row.CampaignId == "720002" && row.Day == gone));
        Assert.All(await agency.Host.Services.GetRequiredService<SpendReconciliation>().ListAsync(), month => Assert.Equal(SpendGap.None, month.Gap));

        // Once a day, however often it is looked at.
        await agency.PlanSpendAsync();
        Assert.Equal(2, await db.Set<SpendReading>().CountAsync(one => one.Kind == ReadingKind.Daily));
    }

    [Fact]
    public async Task DeletedAd_IsADifferenceThatSaysWhy()
    {
        agency.Sandbox.DeleteAd("23850002101");
        await agency.PlanSpendAsync();

        var months = await agency.Host.Services.GetRequiredService<SpendReconciliation>().ListAsync();
        Assert.All(months, month => Assert.Equal(month.Platform == SpendPlatform.Meta ? SpendGap.DeletedAds : SpendGap.None, month.Gap));
        Assert.All(months.Where(month => month.Platform == SpendPlatform.Meta), month => Assert.True(month.Difference.Minor > 0));
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

        await agency.PlanSpendAsync();
        agency.Clock.Advance(TimeSpan.FromDays(1));
        await agency.RunAsync<ResolveClicks>();

        await using var db = await agency.Host.OpenDatabaseAsync();
        var touches = await db.Set<Core.Attribution.Touch>().OrderBy(touch => touch.OccurredAt).ToListAsync();
        Assert.Equal([("720002", "720002101"), (null, null)], touches.Select(touch => (touch.CampaignId, touch.AdId)));
        Assert.Equal(Today, (await db.Set<AdAccount>().SingleAsync(account => account.Platform == SpendPlatform.Google)).ClicksReadTo);
    }

    /// <summary>At half past midnight in Paris it is still yesterday for an account in New York.</summary>
    [Fact]
    public async Task AccountFurtherWest_IsNotAskedForTomorrow()
    {
        var source = new WesternSource();
        await using var west = await Agency.OpenAsync(configure: services => services.AddSingleton<ISpendSource>(source));
        west.Clock.Advance(new DateTimeOffset(2026, 5, 4, 22, 30, 0, TimeSpan.Zero) - west.Clock.GetUtcNow());
        await west.PlanSpendAsync();

        Assert.Equal(new DateOnly(2026, 5, 4), source.Asked.Max(days => days.To));
        await using var db = await west.Host.OpenDatabaseAsync();
        Assert.Equal(new DateOnly(2026, 5, 4), await db.Set<SpendReading>().Where(reading => db.Set<AdAccount>().Any(account => account.Id == reading.AccountId && account.Platform == SpendPlatform.Other)).MaxAsync(reading => reading.To));
    }

    [Fact]
    public async Task EventOfTheSameDay_CountsUntilThePlatformIsAskedAndNeverAfter()
    {
        await EventAsync("720002", Today.AddDays(-1), 100);
        await EventAsync("99", Today.AddDays(-1), 55);
        await agency.PlanSpendAsync();
        await EventAsync("720002", Today.AddDays(-1), 200);
        await EventAsync("99", Today.AddDays(-1), 66);

        await using var db = await agency.Host.OpenDatabaseAsync();
        var rows = await db.Set<AdSpend>().Where(row => row.Platform == SpendPlatform.Google && row.Day == Today.AddDays(-1)).ToListAsync();
        Assert.Equal(AdBook.On(AdBook.Campaigns.Single(campaign => campaign.Id == "720002"), Today.AddDays(-1)).CostMinor, rows.Where(row => row.CampaignId == "720002").Sum(row => row.CostMinor));
        Assert.Equal((66L, SpendSource.Event), rows.Where(row => row.CampaignId == "99").Select(row => (row.CostMinor, row.Source)).Single());
    }

    private Task EventAsync(string campaign, DateOnly day, int minor) => agency.SendAsync("ad_spend", new()
    {
        ["platform"] = "google", ["account"] = "somebody's", ["date"] = day.ToString("yyyy-MM-dd"), ["campaignId"] = campaign, ["campaignName"] = campaign, ["costMinor"] = minor, ["currency"] = "EUR",
    });

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

        public Task<IReadOnlyList<DayTotal>> TotalsAsync(Period days, AccountFacts facts, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DayTotal>>([]);
    }
}
