using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Forecasting;

namespace RevOps.Tests.Forecasting;

public sealed class ForecasterTests
{
    private const int Steps = 12;

    private static double[] Year { get; } = [1.2, 0.9, 1.1, 1.0, 0.8, 0.7, 0.6, 0.5, 1.1, 1.3, 1.4, 1.4];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(23)]
    public void AShortHistory_GetsAWideInterval_AndSaysSo(int length)
    {
        var forecast = Forecaster.Of(new([.. Enumerable.Range(0, length).Select(at => 100.0 + at)], 12), Steps);

        Assert.True(forecast.IsShort);
        Assert.Equal(Steps, forecast.Mean.Count);
        Assert.All(Enumerable.Range(0, Steps), step => Assert.True(forecast.Low95[step] < forecast.Mean[step] && forecast.Mean[step] < forecast.High95[step]));
        Assert.True(forecast.High95[^1] - forecast.Low95[^1] > forecast.High95[0] - forecast.Low95[0]);
    }

    [Fact]
    public void ConstantsStayWhatTheyAre()
    {
        foreach (var constant in new[] { 0.0, 250 })
            Assert.All(Forecaster.Of(new([.. Enumerable.Repeat(constant, 60)], 12), Steps).Mean, mean => Assert.Equal(constant, mean, 6));
    }

    [Fact]
    public void ASpikeAmongZeros_ForecastsNoNegativeMoney()
    {
        var values = new double[52];
        values[40] = 90_000;
        var forecast = Forecaster.Of(new(values, 12), Steps);
        Assert.All([.. forecast.Mean, .. forecast.Low80, .. forecast.Low95], value => Assert.InRange(value, 0, 90_000));
    }

    [Fact]
    public void Gaps_AreDrawnThrough()
    {
        var whole = Enumerable.Range(0, 48).Select(at => 100 + at + (10 * Year[at % 12])).ToArray();
        var holed = whole.Select((value, at) => at is 7 or 20 or 21 ? double.NaN : value).ToArray();
        var (expected, forecast) = (Forecaster.Of(new(whole, 12), Steps), Forecaster.Of(new(holed, 12), Steps));
        Assert.All(expected.Mean.Zip(forecast.Mean), pair => Assert.Equal(pair.First, pair.Second, 0.05 * pair.First));
        Assert.Throws<ArgumentException>(() => new Series([double.NaN], 12));
        Assert.Throws<ArgumentException>(() => new Series([], 12));
    }

    /// <summary>A growing business with a strong season: the season comes again, on a higher level.</summary>
    [Fact]
    public void AGrowingSeason_IsContinued()
    {
        var values = Enumerable.Range(0, 72).Select(at => (1_000 + (10 * at)) * Year[at % 12]).ToArray();
        var forecast = Forecaster.Of(new(values[..60], 12), Steps);
        Assert.Equal(ForecastModel.Combined, forecast.Model);
        foreach (var (mean, actual) in forecast.Mean.Zip(values[60..]))
            Assert.Equal(actual, mean, 0.05 * actual);
    }

    [Fact]
    public void WhateverCame_IsForecastInFiniteNumbers_InOrder_AndTheSameTwice() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), (int seed) =>
        {
            var lots = new Random(seed);
            var (period, steps, size) = (new[] { 1, 4, 12, 52 }[lots.Next(4)], lots.Next(1, 25), Math.Pow(10, lots.Next(-3, 9)));
            var (mayFall, gaps, zeros) = (lots.Next(4) == 0, lots.Next(3) == 0 ? 0.2 : 0, lots.Next(3) == 0 ? 0.5 : 0);
            var values = Enumerable.Range(0, lots.Next(1, 170)).Select(_ => lots.NextDouble() < gaps ? double.NaN : lots.NextDouble() < zeros ? 0 : size * (lots.NextDouble() - (mayFall ? 0.5 : 0))).Append(size).ToArray();
            var series = new Series(values, period);
            var (one, two) = (Forecaster.Of(series, steps), Forecaster.Of(series, steps));
            Assert.Equal(one.Mean, two.Mean);
            Assert.Equal(one.High95, two.High95);
            for (var step = 0; step < steps; step++)
            {
                Assert.True(double.IsFinite(one.High95[step]) && double.IsFinite(one.Low95[step]));
                Assert.True(one.Low95[step] <= one.Low80[step] && one.Low80[step] <= one.Mean[step] && one.Mean[step] <= one.High80[step] && one.High80[step] <= one.High95[step]);
                Assert.True(!series.IsNeverNegative || one.Low95[step] >= 0);
            }
        }));
}
