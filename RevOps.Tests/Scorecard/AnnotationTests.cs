using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Notes;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Scorecard;

/// <summary>What bends a chart is noted by itself, from what is stored, on the charts of those whom it concerns.</summary>
public sealed class AnnotationTests
{
    [Fact]
    public async Task Changes_AreNotedByThemselvesOnTheirDay()
    {
        await using var agency = await Agency.OpenAsync(demo: true);
        var notes = agency.Host.Services.GetRequiredService<Annotations>();
        var sale = Events.Sale("B-1", "D-1");
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromDays(2));
        var (exemptions, manager) = (agency.Host.Services.GetRequiredService<CheckExemptions>(), await agency.ApproverAsync(await agency.HireAsync("boss@agency.example", Roles.Management)));

        // Whose role is another one by now is asked at the act.
        Assert.False(await exemptions.SetAsync("R09", "Until the move", Day(agency).AddDays(9), await agency.ApproverAsync(), CancellationToken.None));
        Assert.True(await exemptions.SetAsync("R09", "Until the move", Day(agency).AddDays(9), manager, CancellationToken.None));
        Assert.True(await exemptions.EndAsync("R09", manager, CancellationToken.None));
        Assert.True(await notes.AddAsync(AnnotationTopic.Finance, Day(agency), "New terms", await agency.ApproverAsync(), CancellationToken.None));

        var all = await OfAsync(notes, AnnotationTopic.Management, Day(agency).AddDays(-9), Day(agency));
        Assert.Equal([("check.counted", "R09", Day(agency)), ("check.exempted", "R09", Day(agency)), (AutomaticNote.LeverLive, "Billing", Day(agency).AddDays(-2))],
            all.Where(note => note.Automatic is not null).Select(note => (note.Automatic!.Kind, note.Automatic.Of, note.Day)).Order());
        Assert.Equal(["New terms"], all.Where(note => note.Automatic is null).Select(note => note.Text));

        // Each topic sees its own, and no day that was not asked for.
        Assert.Equal(["New terms", "lever"], (await OfAsync(notes, AnnotationTopic.Finance, Day(agency).AddDays(-9), Day(agency))).Select(note => note.Automatic?.Kind ?? note.Text).Order(StringComparer.Ordinal));
        Assert.Empty(await OfAsync(notes, AnnotationTopic.Marketing, Day(agency).AddDays(-9), Day(agency)));
        Assert.DoesNotContain(await OfAsync(notes, AnnotationTopic.Management, Day(agency).AddDays(1), Day(agency).AddDays(9)), note => note.Automatic?.Kind != AutomaticNote.ScoreRules);
    }

    [Fact]
    public async Task Rules_OfTheScorecardAreNotedWhereTheyChanged()
    {
        var (world, _) = await WatchWorld.OpenAsync();
        await using var __ = world;
        var today = WatchWorld.Today;
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            // Measured on three days, by other rules from the second on; then by those of today.
            foreach (var (ago, version) in new[] { (9, 1), (5, 2), (3, 2) })
                db.Add(new ScoreDay { Id = Guid.CreateVersion7(), Mode = Core.Platform.Mode.Live, Day = today.AddDays(-ago), RevEng = 1, MarEng = 1, RevEngOpen = 0, MarEngOpen = 0, RulesVersion = version });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await world.RunAsync<MeasureChecks>();
        var notes = world.Get<Annotations>();
        Assert.Equal([(today.AddDays(-5), CheckBook.NameOf(2)), (today, CheckBook.NameOf(CheckBook.Version))], (await OfAsync(notes, AnnotationTopic.Management, today.AddDays(-30), today)).Select(note => (note.Day, note.Automatic!.Of!)));
        Assert.Equal([today], (await OfAsync(notes, AnnotationTopic.Management, today, today)).Select(note => note.Day));
        Assert.Empty(await OfAsync(notes, AnnotationTopic.Finance, today.AddDays(-30), today));
    }

    [Fact]
    public async Task Note_IsWrittenByItsOwnRoleOnly()
    {
        var (world, _) = await WatchWorld.OpenAsync();
        await using var __ = world;
        var (notes, marketing) = (world.Get<Annotations>(), await world.HireAsync(Roles.Marketing));
        Assert.False(await notes.AddAsync(AnnotationTopic.Management, WatchWorld.Today, "A note", marketing, CancellationToken.None));
        Assert.True(await notes.AddAsync(AnnotationTopic.Marketing, WatchWorld.Today, "A note", marketing, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => notes.AddAsync(AnnotationTopic.Marketing, WatchWorld.Today, new('x', Annotations.Longest + 1), marketing, CancellationToken.None));
    }

    private static DateOnly Day(Agency agency) => DateOnly.FromDateTime(agency.Clock.GetUtcNow().UtcDateTime);

    private static Task<IReadOnlyList<AnnotationView>> OfAsync(Annotations notes, AnnotationTopic topic, DateOnly from, DateOnly to) => notes.OfAsync(topic, from, to, CancellationToken.None);
}
