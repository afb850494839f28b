using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

/// <summary>Counts change in place, and nothing tells afterwards in what order.</summary>
public sealed class PathCountsTests
{
    [Fact]
    public void InWhatOrderJourneysCame_NeverShows() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        var (one, other) = (world.Table, world.Counts(world.Shuffled(seed)).ToTable());
        return AttributionModels.All.All(model => Same(ChannelCredit.Of(one, model, 0), ChannelCredit.Of(other, model, 0)))
            && OrderChoice.Of(one).Figures.SequenceEqual(OrderChoice.Of(other).Figures);
    }));

    [Fact]
    public void WhatIsTakenBack_WasNeverThere() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        var (counts, windows) = (world.Counts(world.Rows), WindowCounts.Of(world.Table, 2));
        var more = world.Shuffled(seed).Select(row => (Path: row.Path.Reverse().ToArray(), row.Outcome)).ToList();
        foreach (var (path, outcome) in more)
        {
            counts.Add(path, outcome);
            windows.Add(path, outcome);
        }

        foreach (var (path, outcome) in Enumerable.Reverse(more))
        {
            counts.Remove(path, outcome);
            windows.Remove(path, outcome);
        }

        var (table, before) = (counts.ToTable(), world.Table);
        return table.Count == before.Count && Enumerable.Range(0, table.Count).All(at => table.PathOf(at).SequenceEqual(before.PathOf(at)) && table.OutcomeOf(at) == before.OutcomeOf(at))
            && MarkovChain.Of(windows).RemovalEffects.SequenceEqual(MarkovChain.Of(before, 2).RemovalEffects);
    }));

    [Fact]
    public void CountsOfALowerOrder_AreSumsOfAHigherOne() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var table = SomeJourneys.Draw(seed).Table;
        return Enumerable.Range(1, 3).All(order =>
            MarkovChain.Of(WindowCounts.Of(table, 4).Reduce(order)).ValueRemovalEffects.SequenceEqual(MarkovChain.Of(table, order).ValueRemovalEffects));
    }));

    [Fact]
    public void MoreThanWasCounted_CannotBeTakenBack()
    {
        var counts = new PathCounts(2);
        counts.Add([0, 1], PathOutcome.Converted(500));

        Assert.Throws<InvalidOperationException>(() => counts.Remove([0], PathOutcome.Null));
        Assert.Throws<InvalidOperationException>(() => counts.Remove([0, 1], PathOutcome.Null));
        Assert.Throws<ArgumentException>(() => counts.Add([2], PathOutcome.Null));
        Assert.Equal((1, PathOutcome.Converted(500)), (counts.Count, counts[[0, 1]]));
    }

    [Fact]
    public void WhatNoTouchExplains_StaysUnattributed()
    {
        var counts = new PathCounts(2);
        counts.Add([], PathOutcome.Converted(700));
        counts.Add([1], PathOutcome.Converted(300));

        var table = counts.ToTable();

        Assert.Equal((700, 300), (table.Unattributed.ValueMinor, table.Attributed.ValueMinor));
        Assert.All(AttributionModels.All, model => Assert.Equal(300, ChannelCredit.Of(table, model, -1).ValueMinor.Sum(), 9));
    }

    private static bool Same(ChannelCredit one, ChannelCredit other) => one.Conversions.SequenceEqual(other.Conversions) && one.ValueMinor.SequenceEqual(other.ValueMinor);
}
