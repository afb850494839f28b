using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Core.Spend;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Scorecard.Outlook;

/// <summary>Forecasts are made from the product's own rows, kept, judged by check R17, and laid beside what came.</summary>
public sealed class MakeForecastsTests
{
    [Fact]
    public async Task Forecasts_AreKeptByModeAndJudged()
    {
        await using var agency = await Agency.OpenAsync(demo: true);
        var today = DateOnly.FromDateTime(agency.Clock.GetUtcNow().UtcDateTime);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            for (var back = 0; back < 3 * 365; back++)
                db.AddRange(Spent(today.AddDays(-back), Mode.Sandbox, 1_000 + (2 * (1_100 - back)) + (long)(300 * Math.Sin(today.AddDays(-back).DayOfYear * 2 * Math.PI / 365)) + (back * 37 % 101)), Spent(today.AddDays(-back), Mode.Live, 7));
            await db.SaveChangesAsync();
        }

        await MakeAsync(agency);
        await MakeAsync(agency);

        var queries = agency.Host.Services.GetRequiredService<OutlookQueries>();
        var (sandbox, live) = (await queries.OfAsync(Mode.Sandbox, ForecastFigure.Spend, Frequency.Month, CancellationToken.None), await queries.OfAsync(Mode.Live, ForecastFigure.Spend, Frequency.Week, CancellationToken.None));
        Assert.True(sandbox.Run is { IsShort: false, Owa: < 1, OutsideTwice: false } && sandbox.Past!.Values.Count is 34 or 35 or 36);
        Assert.Equal(12, sandbox.Steps.Count);
        Assert.Equal(sandbox.Running, sandbox.Steps[0].Foreseen.Start);
        Assert.All(live.Past!.Values, week => Assert.Equal(49, week));
        Assert.Equal(49, live.Steps[0].Foreseen.Mean);
        Assert.Equal(49, live.Steps[0].YearBefore);

        // The same day again replaces; what nothing is known of is not forecast.
        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.Equal(4, await db.Set<ForecastRun>().CountAsync(run => run.Figure == ForecastFigure.Spend, TestContext.Current.CancellationToken));
        Assert.Null((await queries.OfAsync(Mode.Live, ForecastFigure.Revenue, Frequency.Week, CancellationToken.None)).Run);

        var finding = await agency.Host.Services.GetRequiredService<CheckReader>().MeasureAsync("R17", Mode.Sandbox, CancellationToken.None);
        Assert.Null(finding.Unknown);
        Assert.True(finding.Parts.Single(part => part.Name == "owa").Result > 0);
        Assert.NotEmpty((await agency.Host.Services.GetRequiredService<CheckReader>().RowsAsync("R17", Mode.Sandbox, 0, 5, CancellationToken.None)).Rows);

        // A week that goes twice as it was foreseen not to is marked.
        for (var week = 0; week < 2; week++)
        {
            var first = DateOnly.FromDateTime(agency.Clock.GetUtcNow().UtcDateTime);
            agency.Clock.Advance(TimeSpan.FromDays(7));
            await using (var db = await agency.Host.OpenDatabaseAsync())
            {
                for (var day = 1; day <= 7; day++)
                    db.Add(Spent(first.AddDays(day), Mode.Sandbox, 90_000));
                await db.SaveChangesAsync();
            }

            await MakeAsync(agency);
        }

        var after = await queries.OfAsync(Mode.Sandbox, ForecastFigure.Spend, Frequency.Week, CancellationToken.None);
        Assert.True(after.Run!.OutsideTwice);
        Assert.Contains((ForecastFigure.Spend, Frequency.Week), await queries.OutsideAsync(Mode.Sandbox, CancellationToken.None));
        Assert.DoesNotContain((ForecastFigure.Spend, Frequency.Week), await queries.OutsideAsync(Mode.Live, CancellationToken.None));
        await using (var scope = agency.Host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<WatchFigures>().RunAsync(null!, CancellationToken.None);
        await using (var told = await agency.Host.OpenDatabaseAsync())
            Assert.Equal(AlertRoles.Management | AlertRoles.Marketing, (await told.Set<Alert>().SingleAsync(alert => alert.Figure == AlertFigure.ForecastSpend && alert.OpenKey != null, TestContext.Current.CancellationToken)).Roles);
        Assert.Equal((2, 0d), (after.Accuracy[0].Points.Count, after.Accuracy[0].Coverage95!.Value));
    }

    /// <summary>A day that was not read yet is no day without spend: what was read to the Wednesday says nothing of the week.</summary>
    [Fact]
    public async Task Spend_IsKnownUpToWhatWasRead()
    {
        await using var agency = await Agency.OpenAsync(demo: true);
        var today = DateOnly.FromDateTime(agency.Clock.GetUtcNow().UtcDateTime);
        var monday = Period.MondayOf(today).AddDays(-7);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            for (var back = 10; back < 120; back++)
                db.Add(Spent(today.AddDays(-back), Mode.Sandbox, 100));
            db.AddRange([.. Account("1", monday.AddDays(2), agency.Clock.GetUtcNow()), .. Account("2", today, agency.Clock.GetUtcNow()), .. Account("3", today.AddDays(-90), agency.Clock.GetUtcNow())]);
            await db.SaveChangesAsync();
        }

        await MakeAsync(agency);
        var found = await agency.Host.Services.GetRequiredService<OutlookQueries>().OfAsync(Mode.Sandbox, ForecastFigure.Spend, Frequency.Week, CancellationToken.None);
        Assert.Equal((monday.AddDays(-7), monday), (found.Past!.Last, found.Steps[0].Foreseen.Start));

        static object[] Account(string number, DateOnly readTo, DateTimeOffset at)
        {
            var account = new AdAccount { Id = Guid.CreateVersion7(), Platform = SpendPlatform.Other, Account = number, Mode = Mode.Sandbox, HistoryFrom = readTo.AddDays(-100), ConnectedAt = at };
            return [account, new SpendReading { Id = Guid.CreateVersion7(), AccountId = account.Id, Kind = ReadingKind.Daily, From = readTo.AddDays(-27), To = readTo, AskedAt = at, State = ReadingState.Done }];
        }
    }

    /// <summary>Nobody has brought the file of the last days yet: they are no days without spend.</summary>
    [Fact]
    public async Task Spend_OfFiles_IsKnownUpToTheLastDayThatTheyTellOf()
    {
        await using var agency = await Agency.OpenAsync(demo: true);
        var today = DateOnly.FromDateTime(agency.Clock.GetUtcNow().UtcDateTime);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            for (var back = 10; back < 120; back++)
                db.Add(Spent(today.AddDays(-back), Mode.Sandbox, 100, SpendSource.File));
            await db.SaveChangesAsync();
        }

        await MakeAsync(agency);
        var found = await agency.Host.Services.GetRequiredService<OutlookQueries>().OfAsync(Mode.Sandbox, ForecastFigure.Spend, Frequency.Week, CancellationToken.None);
        Assert.Equal((Period.MondayOf(today.AddDays(-9)).AddDays(-7), 700L), (found.Past!.Last, found.Past.Values[^1]));
    }

    private static async Task MakeAsync(Agency agency)
    {
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<MakeForecasts>("test", agency.Clock.GetUtcNow(), Guid.NewGuid().ToString());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
    }

    private static AdSpend Spent(DateOnly day, Mode mode, long minor, SpendSource source = SpendSource.Import) => new()
    {
        Source = source,
        Id = Guid.CreateVersion7(), Platform = SpendPlatform.Other, Account = "1", Mode = mode, Day = day, CampaignId = "C-1", CampaignName = "One", Currency = "EUR", CostMinor = minor,
        OccurredAt = new(day, TimeOnly.MinValue, TimeSpan.Zero), RecordedAt = new(day, TimeOnly.MinValue, TimeSpan.Zero),
    };
}
