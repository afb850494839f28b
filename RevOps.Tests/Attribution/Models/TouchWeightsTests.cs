using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

public sealed class TouchWeightsTests
{
    [Theory]
    [InlineData(AttributionModel.First, new[] { 1.0, 0, 0, 0 })]
    [InlineData(AttributionModel.Last, new[] { 0.0, 0, 0, 1 })]
    [InlineData(AttributionModel.LastNonDirect, new[] { 0.0, 0, 1, 0 })]
    [InlineData(AttributionModel.Linear, new[] { 0.25, 0.25, 0.25, 0.25 })]
    [InlineData(AttributionModel.TimeDecay, new[] { 0.1, 0.2, 0.35, 0.35 })]
    [InlineData(AttributionModel.Position, new[] { 0.4, 0.1, 0.1, 0.4 })]
    [InlineData(AttributionModel.Markov1, new[] { 0.3, 0.2, 0.3, 0.2 })]
    [InlineData(AttributionModel.Influenced, new[] { 0.5, 0.5, 0.5, 0.5 })]
    public void EachModel_SharesAsItSays(AttributionModel model, double[] expected)
    {
        // Channel 0 is direct.
        var weights = Of(model, [1, 0, 1, 0], [model == AttributionModel.TimeDecay ? 7 + (7 * (float)Math.Log2(0.35 / 0.2)) : 0, 7 * (float)Math.Log2(0.35 / 0.2), 0, 0], [0.2, 0.3]);

        Assert.Equal(expected, weights.Select(weight => Math.Round(weight, 6)));
    }

    [Theory]
    [InlineData(1, new[] { 1.0 })]
    [InlineData(2, new[] { 0.5, 0.5 })]
    public void ByPosition_OneTakesAllAndTwoTakeHalf(int touches, double[] expected) => Assert.Equal(expected, Of(AttributionModel.Position, new byte[touches], new float[touches], []));

    [Fact]
    public void WithoutAnyWeight_TouchesShareEvenly()
    {
        Assert.Equal([0.5, 0.5], Of(AttributionModel.Shapley, [0, 1], [0, 0], [-0.5, 0]));
        Assert.Equal([0, 1], Of(AttributionModel.LastNonDirect, [0, 0], [0, 0], []));
    }

    [Fact]
    public void Weights_AddUpToOne_AndInfluenceToTheChannels() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var random = new Random(seed);
        var path = Enumerable.Range(0, random.Next(12)).Select(_ => (byte)random.Next(4)).ToArray();
        float[] days = [.. path.Select(_ => (float)(random.NextDouble() * 4_000)).OrderDescending()];
        double[] channelWeights = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() - 0.3)];
        return AttributionModels.All.All(model =>
        {
            var weights = Of(model, path, days, channelWeights);
            var expected = path.Length == 0 ? 0 : model.IsAdditive ? 1 : path.Distinct().Count();
            return Math.Abs(weights.Sum() - expected) < 1e-9 && weights.All(weight => weight >= 0);
        });
    }));

    /// <summary>Counted by place, journeys a day apart are credited as one by one.</summary>
    [Fact]
    public void PlacesCountedTogether_AreCreditedAsJourneysOneByOne() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        return AttributionModels.All.Where(model => model.IsRule).All(model =>
        {
            var expected = new double[world.Channels];
            foreach (var (path, outcome) in world.Rows)
            {
                var weights = Of(model, path, [.. Enumerable.Range(0, path.Length).Select(at => path.Length - 1f - at)], []);
                for (var at = 0; at < path.Length; at++)
                    expected[path[at]] += weights[at] * outcome.ValueMinor;
            }

            return ChannelCredit.Of(world.Table, model, 0).ValueMinor.Zip(expected, (one, other) => Math.Abs(one - other)).All(off => off < 1e-6);
        });
    }));

    [Fact]
    public void EveryModel_IsFoundByItsName()
    {
        Assert.All(AttributionModels.All, model => Assert.Equal(model, AttributionModels.FromWire(model.WireName)));
        Assert.Null(AttributionModels.FromWire("last_click"));
        Assert.Equal((0, 3), (AttributionModel.Linear.Order, AttributionModel.Markov3.Order));
    }

    [Fact]
    public void Cents_AreSplitWithoutLoss() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.NextDouble() - 0.1)];
        var minor = random.NextInt64(-1_000_000_000, 1_000_000_000_000);
        if (Math.Abs(weights.Sum()) < 0.01)
            return true;
        var parts = LargestRemainder.Split(minor, weights);
        return parts.Sum() == minor && parts.Zip(weights, (part, weight) => Math.Abs(part - (minor * (weight / weights.Sum())))).All(off => off < 1.001);
    }));

    private static double[] Of(AttributionModel model, byte[] path, float[] days, double[] channelWeights)
    {
        var weights = new double[path.Length];
        TouchWeights.Of(model, path, days, 0, channelWeights, weights);
        return weights;
    }
}
