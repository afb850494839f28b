using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

/// <summary>The chain is exact: it meets its definition, what is known without a computer, and a long random walk within the walk's error.</summary>
public sealed class MarkovChainTests
{
    private const double Close = 1e-9;

    [Fact]
    public void ThreeJourneys_ByHand()
    {
        var counts = new PathCounts(3);
        counts.Add([0, 1, 2], PathOutcome.Converted(9_000));
        counts.Add([0], PathOutcome.Null);
        counts.Add([1, 2], PathOutcome.Null);

        var chain = MarkovChain.Of(counts, 1);

        Assert.Equal(1 / 3.0, chain.Conversion, 12);
        Assert.Equal([0.5, 1, 1], chain.RemovalEffects.Select(effect => Math.Round(effect, 12)));
        Assert.Equal([0.2, 0.4, 0.4], chain.Shares.Select(share => Math.Round(share, 12)));
        Assert.Equal(0.5, chain.Without(0).Conversions, 12);
        Assert.Equal(4_500, chain.Without(0).ValueMinor, 6);
    }

    [Fact]
    public void TheHeatMap_SaysWhereJourneysGo()
    {
        var counts = new PathCounts(3);
        counts.Add([0, 0, 1], PathOutcome.Converted(9_000));
        counts.Add([0], PathOutcome.Null);

        var matrix = MarkovChain.Of(counts, 1).Transitions!;

        Assert.Equal([1, 0, 0], matrix.Start);
        Assert.Equal([0, 0.5, 0], matrix.Between[0]);
        Assert.Equal((0.5, 1.0, 0.0), (matrix.ToNull[0], matrix.ToConversion[1], matrix.ToNull[2]));
        Assert.Null(MarkovChain.Of(counts, 2).Transitions);
    }

    [Fact]
    public void EveryOrder_MeetsItsDefinition() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var (world, order) = (SomeJourneys.Draw(seed), 1 + (seed % 4));
        var (chain, plain) = (MarkovChain.Of(world.Table, order), new PlainChain(world.Rows, order));
        return Near(chain.ValuePerJourney / 50_000, plain.Reached(null).Value / 50_000) && Enumerable.Range(0, world.Channels).All(channel =>
            Near(chain.RemovalEffects[channel], plain.Effect(channel).Conversions) && Near(chain.ValueRemovalEffects[channel], plain.Effect(channel).Value));
    }));

    /// <summary>Over a hundred states the chain is swept instead of inverted.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AChainOfManyStates_MeetsItsDefinitionToo(int order)
    {
        var random = new Random(order);
        var rows = Enumerable.Range(0, 1_500).Select(at =>
        {
            var path = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (byte)random.Next(order == 1 ? 150 : 14)).ToArray();
            return (path, at % 5 == 0 ? PathOutcome.Converted(random.Next(10_000)) : PathOutcome.Null);
        }).ToList();
        var world = new SomeJourneys(order == 1 ? 150 : 14, rows);

        var (chain, plain) = (MarkovChain.Of(world.Table, order), new PlainChain(rows, order));

        Assert.True(chain.States > 128);
        Assert.True(Near(chain.Conversion, plain.Reached(null).Conversions) && Near(chain.ValuePerJourney / 10_000, plain.Reached(null).Value / 10_000));
        Assert.All(Enumerable.Range(0, 14), channel => Assert.True(
            Near(chain.RemovalEffects[channel], plain.Effect(channel).Conversions) && Near(chain.ValueRemovalEffects[channel], plain.Effect(channel).Value)));
    }

    [Fact]
    public void ItConverts_AsOftenAsTheJourneysDid() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        return Enumerable.Range(1, 6).All(order => Near(MarkovChain.Of(world.Table, order).Conversion, (double)world.Total.Conversions / world.Total.Journeys));
    }));

    [Fact]
    public void AWindowAsLongAsTheLongestPath_LosesWhatHeldTheChannel() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        var chain = MarkovChain.Of(world.Table, world.Longest);
        return Enumerable.Range(0, world.Channels).All(channel => Near(
            chain.RemovalEffects[channel], (double)world.Rows.Where(row => row.Path.Contains((byte)channel)).Sum(row => row.Outcome.Conversions) / world.Total.Conversions));
    }));

    [Fact]
    public void OrderOne_DoesNotAskWhetherARepeatIsOneVisit() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        var once = world with { Rows = [.. world.Rows.Select(row => (row.Path.Where((channel, at) => at == 0 || row.Path[at - 1] != channel).ToArray(), row.Outcome))] };
        var (chain, repeats) = (MarkovChain.Of(world.Table, 1), new PlainChain(world.Rows, 1, collapse: false));
        return chain.RemovalEffects.SequenceEqual(MarkovChain.Of(once.Table, 1).RemovalEffects)
            && Enumerable.Range(0, world.Channels).All(channel => Near(chain.RemovalEffects[channel], repeats.Effect(channel).Conversions));
    }));

    [Fact]
    public void AChannelThatEveryConversionLeaves_TakesAllWithIt() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        var closer = (byte)(seed % world.Channels);
        var rows = world.Rows.Select(row => (row.Outcome.Conversions > 0 ? [.. row.Path, closer] : row.Path, row.Outcome)).ToList();
        return Enumerable.Range(1, 4).All(order => Near(MarkovChain.Of(world.Counts(rows), order).RemovalEffects[closer], 1));
    }));

    [Fact]
    public void Credits_AddUpToTheTotal_ToTheCent() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        return Enumerable.Range(1, 4).All(order =>
        {
            var credit = MarkovChain.Of(world.Table, order).Credit;
            return Near(credit.Conversions.Sum(), world.Total.Conversions) && LargestRemainder.Split(world.Total.ValueMinor, credit.ValueMinor).Sum() == world.Total.ValueMinor;
        });
    }));

    [Fact]
    public void ALongRandomWalk_MeetsItWithinItsError()
    {
        const int Walks = 200_000;
        var world = SomeJourneys.Draw(11);
        foreach (var order in new[] { 1, 2 })
        {
            var (chain, plain, random) = (MarkovChain.Of(world.Table, order), new PlainChain(world.Rows, order), new Random(order));
            for (var channel = 0; channel < world.Channels; channel++)
            {
                var left = chain.Conversion * (1 - chain.RemovalEffects[channel]);
                Assert.Equal(left, plain.Walk(random, Walks, channel), 5 * Math.Sqrt((left * (1 - left) / Walks) + 1e-12));
            }

            Assert.Equal(chain.Conversion, plain.Walk(random, Walks, null), 5 * Math.Sqrt(chain.Conversion * (1 - chain.Conversion) / Walks));
        }
    }

    [Fact]
    public void NoJourneyAtAll_IsNoCredit()
    {
        var chain = MarkovChain.Of(new PathCounts(2), 1);

        Assert.Equal((0, 0.0), (chain.States, chain.Conversion));
        Assert.Equal([0, 0], chain.Shares);
    }

    private static bool Near(double one, double other) => Math.Abs(one - other) < Close * Math.Max(1, Math.Abs(other));
}
