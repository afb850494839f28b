using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Forecasting;

namespace RevOps.Tests.Forecasting;

public sealed class ModelMixTests
{
    private static readonly int Trending = Place(ForecastModel.DampedTrend), Seasonal = Place(ForecastModel.Ets), Ensemble = Place(ForecastModel.Ensemble), Network = Place(ForecastModel.Network);

    [Fact]
    public void Weights_SumToOne_AndFallOnModelsThatFitOnly() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), (int seed) =>
        {
            var lots = new Random(seed);
            double[] Drawn(int count, double size) => [.. Enumerable.Range(0, count).Select(_ => size * (lots.NextDouble() - 0.5))];
            var mix = new ModelMix(lots.NextDouble() * 0.9, Drawn(3, 4), [0.1, 1, 5], Drawn(3 * ModelMix.Pool.Count, 20));
            bool[] fits = [.. ModelMix.Pool.Select(_ => lots.Next(3) > 0)];
            var weights = mix.Weights(mix.Unlikeness(Drawn(3, 1e6)), mix.Usual(fits));
            Assert.All(weights.Zip(fits), one => Assert.True(one.Second ? one.First is >= 0 and <= 1 : one.First == 0));
            Assert.Equal(fits.Any(fit => fit) ? 1 : 0, weights.Sum(), 9);
        }));

    /// <summary>What drops out leaves its share to the others; the network's stays what it was.</summary>
    [Fact]
    public void ASeriesLikeMost_GetsTheFixedShares()
    {
        var mix = ModelMix.Fixed(0.5);
        bool[] all = [.. ModelMix.Pool.Select(_ => true)], yearless = [.. ModelMix.Pool.Select(model => model != ForecastModel.Ensemble)];
        double[] Rounded(double[] shares) => Array.ConvertAll(shares, share => Math.Round(share, 9));
        Assert.Equal([0.025, 0.025, 0.025, 0.025, 0.4, 0.5], Rounded(mix.Usual(all)));
        Assert.Equal([0.125, 0.125, 0.125, 0.125, 0, 0.5], Rounded(mix.Usual(yearless)));
        Assert.Equal(Rounded(mix.Usual(yearless)), Rounded(mix.Weights([], mix.Usual(yearless))));
    }

    /// <summary>A world where one model knows what comes of seasonal series and another of trending ones.</summary>
    [Fact]
    public void Learning_LowersItsLoss_AndFindsWhichModelIsWorthWhat()
    {
        var cases = World(1, 200);
        var (before, learnt, held) = (ModelMix.Fixed(0.5), ModelMixTraining.Learn(cases, 0.5, 0.001), ModelMixTraining.Learn(cases, 0.5, 1_000));

        Assert.True(ModelMixTraining.Loss(learnt, cases) < 0.9 * ModelMixTraining.Loss(before, cases));
        Assert.True(ModelMixTraining.Loss(learnt, World(2, 200)) < 0.9 * ModelMixTraining.Loss(before, World(2, 200)));
        Assert.True(WeightsOf(learnt, 1)[Seasonal] > 10 * WeightsOf(learnt, 1)[Trending]);
        Assert.True(WeightsOf(learnt, 0)[Trending] > 10 * WeightsOf(learnt, 0)[Seasonal]);

        // A ridge without end leaves the fixed shares; the same cases give the same mix.
        Assert.Equal(ModelMixTraining.Loss(before, cases), ModelMixTraining.Loss(held, cases), 0.01);
        Assert.Equal(learnt.Coefficients, ModelMixTraining.Learn(cases, 0.5, 0.001).Coefficients);
        Assert.Empty(ModelMixTraining.Learn([], 0.5, 0.001).Coefficients);
    }

    /// <summary>Weeks of less than two years have no ensemble: nothing takes its place under its name.</summary>
    [Fact]
    public void WhatDoesNotFit_IsNotMixed()
    {
        var models = new ModelForecasts(new([.. Enumerable.Range(0, 80).Select(at => 100.0 + (at * 7 % 11))], 52), 13, Learned.Shipped);
        Assert.Equal((ForecastModel.DampedTrend, ForecastModel.Combined), (models.MadeWith(ForecastModel.Ensemble), models.MadeWith(ForecastModel.Combined)));
        Assert.Equal([ForecastModel.Ensemble], ModelMix.Pool.Zip(models.Pooled()).Where(one => one.Second is null).Select(one => one.First));
        Assert.All(models.Features(), feature => Assert.True(double.IsFinite(feature)));
    }

    private static double[] WeightsOf(ModelMix mix, double seasonal) => mix.Weights(mix.Unlikeness([seasonal]), mix.Usual([.. ModelMix.Pool.Select(_ => true)]));

    private static List<MixCase> World(int seed, int count)
    {
        var lots = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(at =>
        {
            var isSeasonal = lots.Next(2) == 0;
            double[] actual = [.. Enumerable.Range(0, 6).Select(_ => 100 + (10 * lots.NextDouble()))];
            double[] Off(double by) => [.. actual.Select(value => value + (by * (lots.NextDouble() + 0.5)))];
            return new MixCase([isSeasonal ? 1 : 0], [.. ModelMix.Pool.Select((_, model) => Off(model == (isSeasonal ? Seasonal : Trending) ? 0.5 : 20))], Off(25), actual, 10);
        })];
    }

    private static int Place(ForecastModel model) => ModelMix.Pool.ToList().IndexOf(model);
}
