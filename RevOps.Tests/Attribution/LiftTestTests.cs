using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.Lift;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Journeys;

namespace RevOps.Tests.Attribution;

/// <summary>What a trial found stands next to credit: entered by Marketing, by the one door, and never silently.</summary>
[Collection(AttributionAgency.Name)]
public sealed class LiftTestTests(AttributionAgency one)
{
    private static readonly NewLiftTest Found = new(Channel.PaidSocial, "meta", new(2026, 3, 1), new(2026, 3, 28), LiftMethod.HoldOut, LiftMeasure.Conversions, 42, 17.5, 66, null, "Meta Conversion Lift", "Half of Bretagne saw none.");

    private readonly Agency agency = one.Agency;

    private LiftDesk Desk => agency.Host.Services.GetRequiredService<LiftDesk>();

    private LiftTestQueries Queries => agency.Host.Services.GetRequiredService<LiftTestQueries>();

    [Fact]
    public async Task MarketingCanEnterALiftTest_AndTakeItBack()
    {
        var (id, period) = (Guid.CreateVersion7(), new Period(new(2026, 3, 20), new(2026, 4, 20)));
        var marketing = await agency.ApproverAsync(await agency.HireAsync("lift@agency.example", Roles.Marketing));
        Assert.Equal(LiftResult.NotAllowed, await Desk.EnterAsync(id, Found, await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(LiftResult.Done, await Desk.EnterAsync(id, Found with { HeldOut = LiftHeldOut.ToldBack }, marketing, CancellationToken.None));
        Assert.Equal(LiftResult.NothingNew, await Desk.EnterAsync(id, Found with { Incremental = 50 }, marketing, CancellationToken.None));

        var shown = Assert.Single(await Queries.ListAsync(period, Channel.PaidSocial));
        Assert.Equal((id, 42.0, 17.5, 66.0, marketing.Actor, LiftHeldOut.ToldBack), (shown.Id, shown.Incremental, shown.Low, shown.High, shown.EnteredBy, shown.HeldOut));
        Assert.Empty(await Queries.ListAsync(period, Channel.Email));
        Assert.Empty(await Queries.ListAsync(new Period(new(2026, 4, 1), new(2026, 4, 2))));

        Assert.Equal(LiftResult.Done, await Desk.WithdrawAsync(id, marketing, CancellationToken.None));
        Assert.Empty(await Queries.ListAsync(period));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(["liftTest.entered", "liftTest.withdrawn"], await db.Set<AuditEntry>().Where(entry => entry.SubjectId == id.ToString()).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());
    }

    [Fact]
    public void WhatCannotBe_IsRefusedByName()
    {
        void Refused(NewLiftTest test, string field) => Assert.Equal(field, Assert.Throws<ArgumentException>(test.Check).ParamName);
        Refused(Found with { Channel = "fax" }, nameof(NewLiftTest.Channel));
        Refused(Found with { To = new(2026, 2, 1) }, nameof(NewLiftTest.To));
        Refused(Found with { High = 41 }, nameof(NewLiftTest.Incremental));
        Refused(Found with { Currency = "EUR" }, nameof(NewLiftTest.Currency));
        Refused(Found with { Measure = LiftMeasure.Value }, nameof(NewLiftTest.Currency));
        Refused(Found with { Source = " " }, nameof(NewLiftTest.Source));
    }
}
