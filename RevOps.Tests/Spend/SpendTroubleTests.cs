using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Core.Platform;
using RevOps.Core.Spend;
using RevOps.Sandbox;
using RevOps.Tests.Billing.Stripe;
using RevOps.Tests.Journeys;

namespace RevOps.Tests.Spend;

/// <summary>Spend that a platform does not tell: what was read stays, the rest is asked for again or in halves, and what is wrong is named.</summary>
public sealed class SpendTroubleTests : IAsyncLifetime
{
    private const string Insights = "GET /v26.0/{account}/insights";
    private static readonly DateOnly Today = new(2026, 5, 4);
    private Agency agency = null!;

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Theory]
    [InlineData(FaultKind.TooManyRequests, "80004/2446079")]
    [InlineData(FaultKind.Error, "2")]
    [InlineData(FaultKind.Drop, "unreached")]
    public async Task Trouble_StopsOnePortionWhichIsReadLater(FaultKind kind, string code)
    {
        agency.Sandbox.Faults.Add(new() { Route = Insights, Kind = kind, Count = 1 });
        await agency.PlanSpendAsync();

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
        await agency.PlanSpendAsync();
        await using (var db = await agency.Host.OpenDatabaseAsync())
            await db.Set<SpendReading>().Where(reading => reading.From == new DateOnly(2025, 6, 1)).ExecuteUpdateAsync(set => set.SetProperty(reading => reading.State, ReadingState.Failing));
        agency.Clock.Advance(TimeSpan.FromDays(1));
        await agency.PlanSpendAsync();

        await using var after = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await after.Set<SpendReading>().CountAsync(reading => reading.Kind == ReadingKind.Daily && reading.State == ReadingState.Done));
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

    [Fact]
    public async Task ExpiredToken_IsNamedAndReadingGoesOnWithANewOne()
    {
        var meta = agency.Host.Services.GetRequiredService<MetaAccount>();
        meta.Sandbox = meta.Sandbox! with { AccessToken = "expired" };
        await agency.PlanSpendAsync();

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
        var refused = await Assert.ThrowsAsync<SpendReadException>(() => agency.SpendSource(SpendPlatform.Google).DescribeAsync(CancellationToken.None));
        Assert.Equal(("USER_PERMISSION_DENIED", Core.Conversions.ChannelOutcome.ConnectionBroken), (refused.Answer.Code, refused.Answer.Outcome));

        google.Sandbox = google.Sandbox with { LoginCustomerId = "111-222-3333" };
        Assert.Equal(new("RevOps Sandbox", "EUR", "Europe/Paris"), await agency.SpendSource(SpendPlatform.Google).DescribeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task NotConnected_AsksNobodyAndSaysSo()
    {
        var meta = agency.Host.Services.GetRequiredService<MetaAccount>();
        meta.Sandbox = meta.Sandbox! with { AdAccountId = null };
        await agency.PlanSpendAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<AdAccount>().AnyAsync(account => account.Platform == SpendPlatform.Meta));
        Assert.Null((await agency.Host.Services.GetRequiredService<SpendImportQueries>().StatesAsync()).Single(one => one.Platform == SpendPlatform.Meta).Connected);
    }
}
