using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Scorecard;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Tests.Billing;

namespace RevOps.Tests.Scorecard;

/// <summary>A figure past its threshold, from the hourly look to the front page and back.</summary>
public sealed class AlertTests
{
    private static readonly NewAlertRule Overdue = new(AlertFigure.Overdue, true, 10_000, 5_000, AlertRoles.Finance | AlertRoles.Management);

    [Fact]
    public async Task Alert_OpensOnceIsPutOffAndEndsWhenTheFigureIsBack()
    {
        var (world, invoice) = await WatchWorld.OpenAsync();
        await using var _ = world;
        var (manager, desk) = (await world.HireAsync(Roles.Management), world.Get<AlertDesk>());
        Assert.True(await desk.SaveAsync(Guid.CreateVersion7(), Overdue, manager, CancellationToken.None));
        Assert.Empty((await world.AlertsAsync(AlertState.Open)).Rows);

        await world.LookAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.LookAsync();
        var open = Assert.Single((await world.AlertsAsync(AlertState.Open)).Rows);
        Assert.Equal((AlertFigure.Overdue, 12_000d, 12_000d, SomeSales.Noon), (open.Figure, open.OpenedValue, open.Value, open.OpenedAt));
        Assert.Equal(SomeSales.Noon.AddHours(1), open.ValueAt);
        Assert.Empty((await world.AlertsAsync(AlertState.Open, AlertRoles.Marketing)).Rows);
        Assert.Equal([open.Id], (await world.Get<WaitingWorkQueries>().NowAsync(default, CancellationToken.None)).Alerts.Select(alert => alert.Id));

        // Whom it does not concern may not put it off, and nobody without a word why.
        Assert.False(await desk.SnoozeAsync(open.Id, WatchWorld.Today.AddDays(3), "Not mine", await world.HireAsync(Roles.Marketing), CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.SnoozeAsync(open.Id, WatchWorld.Today.AddDays(3), " ", manager, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => desk.SnoozeAsync(open.Id, WatchWorld.Today, "Today", manager, CancellationToken.None));
        Assert.True(await desk.SnoozeAsync(open.Id, WatchWorld.Today.AddDays(3), "The client promised Thursday", manager, CancellationToken.None));
        Assert.Equal((0, 1, 0), Counts(await world.AlertsAsync(AlertState.Snoozed)));
        Assert.Empty((await world.Get<WaitingWorkQueries>().NowAsync(default, CancellationToken.None)).Alerts);

        // Its day has come: it is shown again.
        world.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((1, 0, 0), Counts(await world.AlertsAsync(AlertState.Open)));

        await world.PayAsync(invoice);
        await world.LookAsync();
        var past = Assert.Single((await world.AlertsAsync(AlertState.History)).Rows);
        Assert.Equal((open.Id, world.Clock.GetUtcNow(), 0d), (past.Id, past.ClosedAt, past.Value));

        await using var db = await world.Host.OpenDatabaseAsync();
        Assert.Equal(["alertRule.saved", "alert.snoozed"], await db.Set<AuditEntry>().Where(entry => entry.Action.StartsWith("alert")).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Rule_ThatChangesOrGoes_EndsWhatItTold()
    {
        var (world, _) = await WatchWorld.OpenAsync();
        await using var __ = world;
        var (manager, desk, id) = (await world.HireAsync(Roles.Management), world.Get<AlertDesk>(), Guid.CreateVersion7());
        Assert.False(await desk.SaveAsync(id, Overdue, await world.HireAsync(Roles.Finance), CancellationToken.None));
        Assert.True(await desk.SaveAsync(id, Overdue, manager, CancellationToken.None));
        await world.LookAsync();
        Assert.True(await desk.SaveAsync(id, Overdue with { Threshold = 20_000, BackAt = 19_000 }, manager, CancellationToken.None));
        await world.LookAsync();
        Assert.Equal((0, 0, 1), Counts(await world.AlertsAsync(AlertState.Open)));
        Assert.True(await desk.SaveAsync(id, Overdue, manager, CancellationToken.None));
        await world.LookAsync();
        Assert.Equal((1, 0, 1), Counts(await world.AlertsAsync(AlertState.Open)));
        Assert.True(await desk.RemoveAsync(id, manager, CancellationToken.None));
        Assert.Equal((0, 0, 2), Counts(await world.AlertsAsync(AlertState.Open)));
        Assert.Empty(await world.Get<AlertQueries>().RulesAsync(CancellationToken.None));
    }

    /// <summary>What costs conversions is the same concept, watched without a rule.</summary>
    [Fact]
    public async Task Delivery_IsWatchedWithoutARule()
    {
        var (world, _) = await WatchWorld.OpenAsync();
        await using var __ = world;
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            for (var i = 0; i < 40; i++)
                db.Add(Told(i, i < 30 ? ConversionStatus.Delivered : ConversionStatus.Rejected));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await world.LookAsync();
        var found = Assert.Single((await world.AlertsAsync(AlertState.Open, AlertRoles.Marketing)).Rows);
        Assert.Equal((AlertFigure.PlatformDelivery, AdPlatform.Meta, 0.75), (found.Figure, found.Platform, found.Value));
        Assert.Equal(found, Assert.Single(await world.Get<AlertQueries>().OfConversionsAsync(Mode.Live, CancellationToken.None)));
        Assert.Empty((await world.AlertsAsync(AlertState.Open, AlertRoles.Finance)).Rows);
    }

    private static (int Open, int Snoozed, int History) Counts(AlertPage page) => (page.Counts[AlertState.Open], page.Counts[AlertState.Snoozed], page.Counts[AlertState.History]);

    private static Conversion Told(int number, ConversionStatus status) => new()
    {
        Id = Guid.CreateVersion7(),
        Platform = AdPlatform.Meta,
        Stage = ConversionStage.Lead,
        EventId = $"lead.{number}",
        TransactionId = $"lead.{number}",
        PersonId = Guid.CreateVersion7(),
        SubjectId = Guid.CreateVersion7(),
        Mode = Mode.Live,
        OccurredAt = SomeSales.Noon.AddDays(-2),
        RecordedAt = SomeSales.Noon.AddDays(-2),
        Status = status,
        SentAt = SomeSales.Noon.AddDays(-2),
    };
}
