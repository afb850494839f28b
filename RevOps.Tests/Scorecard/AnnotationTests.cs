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
        await agency.Host.Services.GetRequiredService<CheckExemptions>().SetAsync("R09", "Until the move", Day(agency).AddDays(9), agency.Finance, CancellationToken.None);
        await agency.Host.Services.GetRequiredService<CheckExemptions>().EndAsync("R09", agency.Finance, CancellationToken.None);
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
        var (_, day) = CheckBook.Changes[^1];
        var found = await OfAsync(world.Get<Annotations>(), AnnotationTopic.Management, day, day);
        Assert.Equal(CheckBook.Changes.Where(change => change.Day == day).Select(change => $"{change.Version}"), found.Select(note => note.Automatic!.Of));
        Assert.Empty(await OfAsync(world.Get<Annotations>(), AnnotationTopic.Finance, day, day));
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
