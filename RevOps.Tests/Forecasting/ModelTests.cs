using RevOps.Core.Forecasting;

namespace RevOps.Tests.Forecasting;

/// <summary>Each model on series whose answer is known.</summary>
public sealed class ModelTests
{
    private static double[] Line { get; } = [.. Enumerable.Range(1, 40).Select(at => 50 + (3.0 * at))];

    [Fact]
    public void Theta_GoesOnWithHalfTheSlope()
    {
        // Simple exponential smoothing follows a line one step behind; half the slope is added with every step (Hyndman and Billah 2003).
        var mean = Theta.Standard(Line, 4);
        Assert.Equal([1.5, 1.5, 1.5], mean.Zip(mean.Skip(1), (one, next) => Math.Round(next - one, 9)));
        Assert.Equal(Line[^1] + 1.5, mean[0], 0.2);
    }

    [Fact]
    public void DynamicTheta_FollowsALine()
    {
        var mean = Theta.DynamicOptimised(Line, 3);
        foreach (var (forecast, expected) in mean.Zip([173.0, 176, 179]))
            Assert.Equal(expected, forecast, 0.6);
    }

    [Fact]
    public void Ets_FindsTrendAndSeason()
    {
        double[] season = [20, -5, -25, 10];
        var values = Enumerable.Range(0, 44).Select(at => 200 + (2.5 * at) + season[at % 4] + (at % 3 * 0.4)).ToArray();
        var (mean, deviation) = Ets.Best(new(values[..40], 4))!.Forecast(4);
        foreach (var (forecast, expected) in mean.Zip(values[40..]))
            Assert.Equal(expected, forecast, 2.0);
        Assert.All(deviation, one => Assert.InRange(one, 0.1, 3));
    }

    /// <summary>Of simple exponential smoothing the variance at step h is σ² (1 + (h − 1) α²).</summary>
    [Fact]
    public void Ets_VarianceIsThatOfTheBooks()
    {
        var lots = new Random(3);
        var values = new double[200];
        var level = 100.0;
        for (var at = 0; at < values.Length; at++)
        {
            var error = (lots.NextDouble() - 0.5) * 8;
            values[at] = level + error;
            level += 0.4 * error;
        }

        var (_, deviation) = Ets.Best(new(values, 1), [new(false, EtsPart.None, EtsPart.None, 1)])!.Forecast(10);
        var alpha = Math.Sqrt(((deviation[1] * deviation[1]) / (deviation[0] * deviation[0])) - 1);
        Assert.Equal(0.4, alpha, 0.15);
        Assert.Equal(deviation[0] * Math.Sqrt(1 + (9 * alpha * alpha)), deviation[9], 1e-6);
        Assert.Equal(8 / Math.Sqrt(12), deviation[0], 0.25);
    }

    /// <summary>Of a damped trend it is σ² (1 + Σ cⱼ²), cⱼ = α + β (φ + … + φʲ): laid beside a thousand courses that were drawn.</summary>
    [Fact]
    public void Ets_VarianceOfADampedTrend_IsThatOfItsCourses()
    {
        const double Alpha = 0.5, Beta = 0.3, Phi = 0.9;
        var lots = new Random(8);
        double Error() => Math.Sqrt(-2 * Math.Log(1 - lots.NextDouble())) * Math.Cos(2 * Math.PI * lots.NextDouble());
        double[] Course(int count)
        {
            var (course, level, slope) = (new double[count], 200.0, 1.0);
            for (var at = 0; at < count; at++)
            {
                var error = Error();
                course[at] = level + (Phi * slope) + error;
                (level, slope) = (level + (Phi * slope) + (Alpha * error), (Phi * slope) + (Beta * error));
            }

            return course;
        }

        var fitted = Ets.Best(new(Course(3_000), 1), [new(false, EtsPart.Damped, EtsPart.None, 1)])!.Forecast(6).Deviation;
        var ends = Enumerable.Range(0, 4_000).Select(_ => Course(6)[5]).ToArray();
        Assert.Equal(Math.Sqrt(Statistics.Variance(ends)), fitted[5], 0.12 * fitted[5]);
        Assert.Equal(1, fitted[0], 0.05);
    }

    [Fact]
    public void Seasons_AreNoneWhereNothingReturns_AndFactorsThatAverageOneWhereItDoes()
    {
        var lots = new Random(9);
        Assert.True(Seasons.Of(new([.. Enumerable.Range(0, 60).Select(_ => 100 + lots.NextDouble())], 12)).AreNone);
        double[] factors = [1.5, 0.5, 0.8, 1.2];
        var found = Seasons.Of(new([.. Enumerable.Range(0, 40).Select(at => 100 * factors[at % 4])], 4));
        Assert.All(found.Factors.Zip(factors), pair => Assert.Equal(pair.Second, pair.First, 3));
    }

    [Fact]
    public void Stl_PartsAYearOfWeeksFromItsTrend()
    {
        double Season(int week) => 40 * Math.Sin(2 * Math.PI * week / 52);
        var values = Enumerable.Range(0, 208).Select(week => 500 + week + Season(week)).ToArray();
        var (adjusted, next) = Stl.Split(values, 52);
        for (var week = 0; week < 52; week++)
            Assert.Equal(Season(week), next[week], 3.0);
        Assert.Equal(500 + 207, adjusted[^1], 3.0);
    }

    [Fact]
    public void NelderMead_FindsTheValleyOfRosenbrock()
    {
        var (point, cost) = NelderMead.Minimise(at => (100 * Math.Pow(at[1] - (at[0] * at[0]), 2)) + Math.Pow(1 - at[0], 2), [-1.2, 1], [0.5, 0.5], 2_000, 1e-14);
        Assert.Equal((1.0, 1.0), (Math.Round(point[0], 3), Math.Round(point[1], 3)));
        Assert.InRange(cost, 0, 1e-6);
    }

    /// <summary>sMAPE, MASE and MSIS of a case worked out by hand.</summary>
    [Fact]
    public void Errors_AreThoseOfTheCompetition()
    {
        var past = new Series([10, 12, 11, 13], 1);
        Assert.Equal(5.0 / 3, ForecastErrors.Scale(past), 12);
        Assert.Equal(100 * ((2.0 / 26 * 2) + (4.0 / 16 * 2)) / 2, ForecastErrors.Smape([14, 10], [12, 6]), 9);
        Assert.Equal(3 / (5.0 / 3), ForecastErrors.Mase([14, 10], [12, 6], ForecastErrors.Scale(past)), 12);
        Assert.Equal((4 + 40 + 4) / 2.0, ForecastErrors.Msis([14, 10], [9, 8], [13, 12], 1), 12);
    }

    [Fact]
    public void WhatIsLearnt_IsReadAsItWasWritten()
    {
        using var stream = new MemoryStream();
        Learned.Shipped.Write(stream);
        var read = Learned.Read(new MemoryStream(stream.ToArray()));
        Assert.Equal([12, 4, 52], read.Periods.Select(one => one.Period));
        foreach (var (one, other) in Learned.Shipped.Periods.Zip(read.Periods))
        {
            Assert.Equal(one.Networks.Shape, other.Networks.Shape);
            Assert.Equal(one.Networks.Members[^1].Second, other.Networks.Members[^1].Second);
            Assert.Equal(one.Widths[ForecastModel.Combined].Of95, other.Widths[ForecastModel.Combined].Of95);
            Assert.Equal(ModelMix.Pool.Count * one.Mix.Means.Count, one.Mix.Coefficients.Count);
            Assert.NotEmpty(one.Mix.Coefficients);
            Assert.Equal([one.Mix.NetworkShare, .. one.Mix.Means, .. one.Mix.Deviations, .. one.Mix.Coefficients], [other.Mix.NetworkShare, .. other.Mix.Means, .. other.Mix.Deviations, .. other.Mix.Coefficients]);
        }
    }
}
