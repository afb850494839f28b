using RevOps.Core.Forecasting;

namespace RevOps.Tests.Forecasting;

public sealed class BacktestTests
{
    [Fact]
    public void OfAWalk_NothingBeatsTheNaiveForecast_AndSoItIsChosen()
    {
        // Steps that nobody can foresee, with a reversal after each origin so that every model that follows a trend errs.
        var (values, lots, level) = (new double[60], new Random(11), 1_000.0);
        for (var at = 0; at < values.Length; at++)
            values[at] = level += lots.Next(2) == 0 ? 9 : -9;

        var report = Backtest.Of(new(values, 1), 6);
        Assert.Equal(report.Rows.Single(row => row.Model == ForecastModel.Naive2).Owa, 1, 9);
        if (report.Rows.All(row => row.Owa >= 1))
            Assert.Equal(ForecastModel.Naive2, report.Chosen);
        else
            Assert.True(report.OfChosen!.Owa <= report.Winner!.Owa + 0.05);
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
