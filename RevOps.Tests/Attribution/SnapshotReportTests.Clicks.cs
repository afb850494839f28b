using System.Text.Json;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Spend;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>Campaigns and clicks under a channel.</summary>
public sealed partial class SnapshotReportTests
{
    [Fact]
    public async Task Campaigns_HaveReturnsByPaymentAndByClick()
    {
        var world = new SeededJourneys(host);
        var ann = world.Person();
        world.Touch(ann, 120, Channel.PaidSearch, "77");
        world.Touch(ann, 80, Channel.PaidSearch, "78");
        world.Pay(world.Sale(ann, 70), 39, 900);
        world.Spend("google", "77", 60, 300);
        world.Spend("google", "78", 60, 100);
        await world.SaveAsync();
        await world.ComputeAsync();
        var report = (await Queries.CampaignsAsync(Asked with { Model = AttributionModel.Linear }, Channel.PaidSearch))!;
        Assert.Equal([("77", 1.5, null), ("78", 4.5, (double?)4.5)], report.Rows.OrderBy(row => row.Id, StringComparer.Ordinal).Select(row => (row.Id!, row.RoasByPayment!.Value, row.RoasByClick is 0 ? null : row.RoasByClick)));
        Assert.Equal([600L, 200L], report.Rows.OrderBy(row => row.Id, StringComparer.Ordinal).Select(row => row.CpaByPaymentMinor!.Value));
    }

    [Fact]
    public async Task AdOfTwoModes_IsOfTheCampaignOfTheOneThatWorks()
    {
        var world = new SeededJourneys(host);
        var ann = world.Person();
        world.Pay(world.Sale(ann, 40), 39, 900);
        await world.SaveAsync();
        await using (var db = await host.OpenDatabaseAsync())
        {
            db.Add(new Touch { Id = Guid.CreateVersion7(), PersonId = ann, OccurredAt = SeededJourneys.Noon.AddDays(-50), Channel = Channel.PaidSocial, AdId = "a1", SealedDetails = [1] });
            foreach (var (mode, campaign) in new[] { (Mode.Live, "77"), (Mode.Sandbox, "5") })
                db.Add(new AdSpend { Id = Guid.CreateVersion7(), Platform = "meta", Account = "1", Day = new(2026, 5, 1), CampaignId = campaign, CampaignName = campaign, AdId = "a1", Currency = "EUR", CostMinor = 100, Mode = mode, OccurredAt = SeededJourneys.Noon, RecordedAt = SeededJourneys.Noon });
            await db.SaveChangesAsync();
        }

        await world.ComputeAsync();
        Assert.Equal(["77"], (await Queries.CampaignsAsync(Asked with { Model = AttributionModel.Linear }, Channel.PaidSocial))!.Rows.Where(row => row.Conversions > 0).Select(row => row.Id));
    }

    [Fact]
    public async Task ClickIds_HaveTheirPartOfTheSale()
    {
        var world = new SeededJourneys(host);
        var ann = world.Person();
        await world.SaveAsync();
        await using (var db = await host.OpenDatabaseAsync())
        {
            foreach (var (id, daysAgo) in new[] { ("G-1", 50), ("G-2", 45) })
            {
                var touch = Guid.CreateVersion7();
                var details = await host.Services.GetRequiredService<Vault>().SealAsync(db, ann, touch, JsonSerializer.Serialize(new TouchDetails { ClickIds = new() { Gclid = id } }));
                db.Add(new Touch { Id = touch, PersonId = ann, OccurredAt = SeededJourneys.Noon.AddDays(-daysAgo), Channel = Channel.PaidSearch, Platform = "google", CampaignId = "77", ClickIdKinds = "gclid", SealedDetails = details });
            }

            await db.SaveChangesAsync();
        }

        world.Touch(ann, 45, Channel.Email);
        world.Pay(world.Sale(ann, 40), 39, 901);
        await world.SaveAsync();
        await world.ComputeAsync();
        var report = (await Queries.ClicksAsync(Asked with { Model = AttributionModel.Position }))!;
        Assert.Equal([("gclid", "G-1", 0.4, 361L), ("gclid", "G-2", 0.4, 360L)], report.Rows.Select(row => (row.Kind, row.ClickId, Math.Round(row.Conversions, 9), row.Minor!.Value)));
        Assert.All(report.Rows, row => Assert.Equal((ann, "77", false), (row.PersonId, row.CampaignId, row.MayBeUsedForAds)));

        // Rules call its channel otherwise since: the click is the same one.
        await using (var db = await host.OpenDatabaseAsync())
            await db.Set<Touch>().Where(touch => touch.ClickIdKinds != null).ExecuteUpdateAsync(set => set.SetProperty(touch => touch.Channel, Channel.PaidSocial));
        report = (await Queries.ClicksAsync(Asked with { Model = AttributionModel.Position }))!;
        Assert.Equal([("G-1", 361L), ("G-2", 360L)], report.Rows.Select(row => (row.ClickId, row.Minor!.Value)));
    }
}
