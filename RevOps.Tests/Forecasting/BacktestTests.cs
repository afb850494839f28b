using RevOps.Core.Forecasting;

namespace RevOps.Tests.Forecasting;

public sealed class BacktestTests
{
    /// <summary>It rises for as long as anybody looks, and falls as soon as it is forecast: whoever follows a trend is wrong.</summary>
    [Fact]
    public void WhereNothingBeatsTheNaiveForecast_ItIsChosen()
    {
        var saw = Enumerable.Range(0, 60).Select(at => 1_000 + (30.0 * Math.Abs((at % 12) - 6))).ToArray();

        var report = Backtest.Of(new(saw, 1), 6);

        Assert.Equal(1, report.Rows.Single(row => row.Model == ForecastModel.Naive2).Owa, 9);
        Assert.Equal(report.Winner!.Owa < 1, report.Chosen != ForecastModel.Naive2);
    }

    [Theory]
    [InlineData(1.01, 0.97, ForecastModel.Ets)]
    [InlineData(0.98, 0.97, ForecastModel.Combined)]
    [InlineData(0.98, 0.80, ForecastModel.Ets)]
    [InlineData(1.20, 1.10, ForecastModel.Naive2)]
    public void TheUsualModelStays_WhereItIsNotClearlyBeaten_AndNothingIsChosenThatIsWorseThanNaive(double combined, double ets, ForecastModel chosen)
    {
        BacktestRow Row(ForecastModel model, double owa) => new(model, owa, 1, 1, 0.8, 0.95, 60);
        Assert.Equal(chosen, Backtest.Choose([Row(ForecastModel.Naive2, 1), Row(ForecastModel.Ets, ets), Row(ForecastModel.Combined, combined)]));
    }

    [Fact]
    public void OfLessThanTwoSeasons_OnlySimpleModelsAreTested()
    {
        var report = Backtest.Of(new([.. Enumerable.Range(0, 60).Select(at => 100.0 + (at % 7))], 52), 13);
        Assert.True(report.Origins > 0);
        Assert.Equal([ForecastModel.Naive2, ForecastModel.DampedTrend], report.Rows.Select(row => row.Model));
    }

    /// <summary>A gap at the end of the past is not drawn towards what came after.</summary>
    [Fact]
    public void WhatComesLater_ChangesNoEarlierForecast()
    {
        double[] past = [.. Enumerable.Range(0, 46).Select(at => 100.0 + (at % 12)), double.NaN, double.NaN];
        var (one, other) = (new Series([.. past, 100, 100], 12), new Series([.. past, 9_000, 9_000], 12));
        Assert.Equal(Forecaster.Of(one.First(48), 6).Mean, Forecaster.Of(other.First(48), 6).Mean);
    }

    [Fact]
    public void OfATrend_TheNaiveForecastIsBeaten_AndTheIntervalHolds()
    {
        var lots = new Random(5);
        var values = Enumerable.Range(0, 90).Select(at => 500 + (12 * at) + (30 * Math.Sin(at * Math.PI / 6)) + (8 * lots.NextDouble())).ToArray();

        var report = Backtest.Of(new(values, 12), 12);

        Assert.Equal(6, report.Origins);
        Assert.InRange(report.OfChosen!.Owa, 0, 0.6);
        Assert.InRange(report.OfChosen.Coverage95, 0.85, 1);
        Assert.Equal(6 * 12, report.OfChosen.Points);
        Assert.Contains(report.Rows, row => row.Model == ForecastModel.Network);
    }

    [Fact]
    public void WithoutAPast_NothingIsTested()
    {
        var report = Backtest.Of(new([3, 4, 5], 12), 6);
        Assert.Equal((0, ForecastModel.DampedTrend), (report.Origins, report.Chosen));
        Assert.Null(report.Winner);
    }
}
