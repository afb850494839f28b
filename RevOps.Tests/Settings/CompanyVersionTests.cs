using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Journeys;
using RevOps.Tests.Platform;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Settings;

/// <summary>Company data that somebody enters: drafts follow, what is issued stays, and the configuration is silent from then on.</summary>
public sealed class CompanyVersionTests
{
    private const string Actor = "user:0198f000-0000-7000-8000-000000000001";

    [Fact]
    public async Task Drafts_FollowANewVersionAndIssuedInvoicesKeepTheirs()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-2", customer: "C-2"));
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        var (issued, draft) = (await agency.InvoiceAsync("B-1"), await agency.InvoiceAsync("B-2"));

        Assert.Equal(EnterResult.Saved, await SaveAsync(agency.Host, entry => entry.LegalName = "Nouvelle Agence"));
        await agency.Host.DrainAsync();

        var current = await CurrentAsync(agency.Host);
        var redrafted = await agency.InvoiceAsync("B-2");
        Assert.Equal("Nouvelle Agence", current.LegalName);
        Assert.Equal((InvoiceStatus.ReadyForReview, draft.DraftVersion + 1, current.Id), (redrafted.Status, redrafted.DraftVersion, redrafted.CompanyVersionId));
        Assert.Equal((issued.Number, issued.CompanyVersionId), ((await agency.InvoiceAsync("B-1")).Number, (await agency.InvoiceAsync("B-1")).CompanyVersionId));

        var paper = await agency.Host.Services.GetRequiredService<InvoicePaperQueries>().OfAsync(redrafted.Id, emailInClear: false, CancellationToken.None);
        Assert.Contains(paper!.Mentions, mention => mention.StartsWith("Nouvelle Agence", StringComparison.Ordinal));
        Assert.Null(await agency.Host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(Actor, (await db.Set<AuditEntry>().SingleAsync(entry => entry.Action == "company.changed")).Actor);
    }

    [Fact]
    public async Task PlannedVersion_ComesIntoForceOnItsDayAndCanBeTakenBack()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.Host.DrainAsync();
        var before = await CurrentAsync(agency.Host);

        Assert.Equal(EnterResult.Saved, await SaveAsync(agency.Host, entry => entry.City = "Paris", new DateOnly(2026, 6, 1)));
        Assert.Equal(before.Id, (await CurrentAsync(agency.Host)).Id);
        Assert.Equal(EnterResult.Outdated, await SaveAsync(agency.Host, entry => entry.City = "Nantes"));

        // Midnight of Paris is ten in the evening of UTC the day before.
        agency.Clock.TurnTo(new DateTimeOffset(2026, 5, 31, 21, 59, 59, TimeSpan.Zero));
        await agency.Host.DrainAsync();
        Assert.Equal("Lyon", (await CurrentAsync(agency.Host)).City);
        agency.Clock.TurnTo(new DateTimeOffset(2026, 5, 31, 22, 0, 0, TimeSpan.Zero));
        await agency.Host.DrainAsync();
        var after = await CurrentAsync(agency.Host);
        Assert.Equal("Paris", after.City);
        Assert.Equal(after.Id, (await agency.InvoiceAsync("B-1")).CompanyVersionId);

        Assert.Equal(EnterResult.Saved, await SaveAsync(agency.Host, entry => entry.City = "Lille", new DateOnly(2026, 7, 1)));
        var planned = (await HistoryAsync(agency.Host))[0];
        Assert.Equal(VersionStanding.Planned, planned.Standing);
        Assert.Equal(EnterResult.Saved, await agency.Host.Services.GetRequiredService<EnterCompany>().DropPlanAsync(planned.Id, Actor, CancellationToken.None));
        agency.Clock.TurnTo(new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero));
        await agency.Host.DrainAsync();
        Assert.Equal("Paris", (await CurrentAsync(agency.Host)).City);
    }

    [Fact]
    public async Task Configuration_IsFollowedUntilSomebodyEntersByHand()
    {
        await using var first = new RevOpsHost { Settings = { ["Company:City"] = "Lyon" } };
        Assert.Equal("Lyon", (await CurrentAsync(first)).City);

        await using (var second = new RevOpsHost { Settings = { ["Data:Folder"] = first.DataFolder, ["Company:City"] = "Nice" } })
        {
            Assert.Equal("Nice", (await CurrentAsync(second)).City);
            Assert.Equal(EnterResult.Saved, await SaveAsync(second, entry => entry.City = "Brest"));
        }

        await using var third = new RevOpsHost { Settings = { ["Data:Folder"] = first.DataFolder, ["Company:City"] = "Lille" } };
        Assert.Equal("Brest", (await CurrentAsync(third)).City);
    }

    [Fact]
    public async Task Saving_WhatIsInForceOrOnWhatIsNoLonger_ChangesNothing()
    {
        await using var host = new RevOpsHost();
        var shown = await CurrentAsync(host);
        Assert.Equal(EnterResult.Saved, await SaveAsync(host, _ => { }));
        Assert.Equal(EnterResult.NothingNew, await SaveAsync(host, _ => { }));
        var late = await host.Services.GetRequiredService<EnterCompany>().SaveAsync(CompanyRulesTests.Complete(), shown.Id, from: null, Actor, CancellationToken.None);
        Assert.Equal(EnterResult.Outdated, late);
        Assert.Equal(2, (await HistoryAsync(host)).Count);
    }

    [Fact]
    public async Task History_SaysWhoAndWhatChanged()
    {
        await using var host = new RevOpsHost();
        await SaveAsync(host, _ => { });
        await SaveAsync(host, entry => entry.PenaltyRate = "10");

        var history = await HistoryAsync(host);
        Assert.Equal([VersionStanding.InForce, VersionStanding.Past, VersionStanding.Past], history.Select(row => row.Standing));
        var change = Assert.Single(history[0].Changes);
        Assert.Equal(new FieldChange(nameof(CompanyVersion.PenaltyRateBasisPoints), "1215", "1000"), change);
        Assert.Equal((Actor, null), (history[0].EnteredBy, history[2].EnteredBy));
    }

    private static async Task<EnterResult> SaveAsync(RevOpsHost host, Action<CompanyEntry> change, DateOnly? from = null)
    {
        var entry = CompanyRulesTests.Complete();
        change(entry);
        Assert.Empty(CompanyRules.Check(entry));
        return await host.Services.GetRequiredService<EnterCompany>().SaveAsync(entry, (await CurrentAsync(host)).Id, from, Actor, CancellationToken.None);
    }

    private static ValueTask<CompanyVersion> CurrentAsync(RevOpsHost host) => host.Services.GetRequiredService<CompanyProfile>().CurrentAsync();

    private static Task<IReadOnlyList<CompanyHistoryRow>> HistoryAsync(RevOpsHost host) => host.Services.GetRequiredService<CompanyQueries>().HistoryAsync();
}
