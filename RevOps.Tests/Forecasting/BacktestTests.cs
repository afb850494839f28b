using RevOps.Core.Forecasting;

namespace RevOps.Tests.Forecasting;

public sealed class BacktestTests
{
    /// <summary>A walk without a direction: nobody knows better than its last value.</summary>
    [Fact]
    public void WhereNothingBeatsTheNaiveForecast_ItIsChosen()
    {
        var reports = Enumerable.Range(1, 12).Select(seed =>
        {
            var (lots, value) = (new Random(seed), 1_000.0);
            return Backtest.Of(new([.. Enumerable.Range(0, 90).Select(_ => value += lots.Next(2) == 0 ? -20 : 20)], 1), 6);
        }).ToList();
        static double Owa(BacktestReport report) => report.Rows.Single(row => row.Model == ForecastModel.Ensemble).Owa;
        Assert.Contains(reports, report => Owa(report) >= 1);
        Assert.All(reports, report => Assert.Equal(Owa(report) < 1 ? ForecastModel.Ensemble : ForecastModel.Naive2, report.Chosen));
    }

    [Theory]
    [InlineData(1.01, 0.97, ForecastModel.Naive2)]
    [InlineData(1.00, 0.97, ForecastModel.Naive2)]
    [InlineData(0.98, 0.80, ForecastModel.Combined)]
    [InlineData(0.98, 1.20, ForecastModel.Combined)]
    public void WhatIsBestOverManySeries_IsChosen_AndNothingThatIsWorseThanNaive(double combined, double ets, ForecastModel chosen)
    {
        BacktestRow Row(ForecastModel model, double owa) => new(model, owa, 1, 1, 0.8, 0.95, 60);
        Assert.Equal(chosen, Backtest.Choose([Row(ForecastModel.Naive2, 1), Row(ForecastModel.Ets, ets), Row(ForecastModel.Combined, combined)]));
        Assert.Equal(ForecastModel.DampedTrend, Backtest.Choose([Row(ForecastModel.Naive2, 1), Row(ForecastModel.Ets, ets), Row(ForecastModel.DampedTrend, 0.99)]));
    }

    /// <summary>The ensemble needs two seasons: a damped trend would stand in its place, under its name.</summary>
    [Fact]
    public void WhereAnotherModelTakesItsPlace_AModelDoesNotCompete()
    {
        var report = Backtest.Of(new([.. Enumerable.Range(0, 60).Select(at => 100.0 + (at % 7))], 52), 13);
        Assert.True(report.Origins > 0);
        Assert.Contains(report.Rows, row => row.Model == ForecastModel.DampedTrend);
        Assert.DoesNotContain(report.Rows, row => row.Model == ForecastModel.Ensemble);
        Assert.All(report.Rows, row => Assert.Equal(row.Model, Forecaster.Of(new([.. Enumerable.Range(0, 60).Select(at => 100.0 + (at % 7))], 52), 13, row.Model).Model));
    }

    /// <summary>A past that is short, or never moved yet, is forecast as another series is: it judges only where no other can.</summary>
    [Fact]
    public void OnlyPastsThatAreForecastAsTheWholeIs_JudgeIt_WhereThereAreAny()
    {
        static Series Weeks(int count, int still = 0) => new([.. Enumerable.Range(0, count).Select(at => at < still ? 100.0 : 100 + (at * 7 % 11))], 52);

        // Of 130 weeks the pasts of 117, 113 and 109 show a year, those of 105 and less do not.
        Assert.Equal(3, Backtest.Of(Weeks(130), 13).Origins);
        Assert.Equal(6, Backtest.Of(Weeks(200), 13).Origins);
        Assert.Equal(6, Backtest.Of(Weeks(110), 13).Origins);
        Assert.Equal(2, Backtest.Of(Weeks(200, 180), 13).Origins);
        Assert.Contains(Backtest.Of(Weeks(200, 180), 13).Rows, row => row.Model == ForecastModel.Combined);
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
        Assert.Equal((0, ForecastModel.Naive2), (report.Origins, report.Chosen));
        Assert.Null(report.Winner);
    }
}
