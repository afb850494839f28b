using RevOps.Core.Forecasting;

namespace RevOps.Tests.Forecasting;

/// <summary>What ships in the product, held by months and weeks of businesses that it never saw: a level that wanders, a season, some luck, hardly a trend.</summary>
public sealed class ShippedTests
{
    private const int Count = 40;

    [Theory]
    [InlineData(12, 18, 120)]
    [InlineData(52, 13, 200)]
    public void TheChoice_BeatsNaive_AndItsIntervalsHold(int period, int steps, int length)
    {
        var (naive, usual) = (new ForecastErrorTally(ForecastModel.Naive2), new ForecastErrorTally(Forecaster.Usual));
        for (var seed = 1; seed <= Count; seed++)
        {
            var values = Business(new(seed), period, length + steps);
            var past = new Series(values[..length], period);
            Assert.True(new ModelForecasts(past, steps, Learned.Shipped).HasNetwork);
            naive.Add(past, values.AsSpan(length), Forecaster.Of(past, steps, ForecastModel.Naive2));
            usual.Add(past, values.AsSpan(length), Forecaster.Of(past, steps));
        }

        var row = usual.Row(naive);
        Assert.True(row.Owa < 0.9, $"OWA {row.Owa:F3}");
        Assert.InRange(row.Coverage95, 0.87, 0.995);
        Assert.InRange(row.Coverage80, 0.58, 0.95);
    }

    private static double[] Business(Random random, int period, int length)
    {
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (level, trend, swing, begin) = (5_000 * (1 + random.NextDouble()), 5 * Normal(), 0.05 + (0.25 * random.NextDouble()), random.NextDouble() * Math.PI);
        return [.. Enumerable.Range(0, length).Select(at =>
        {
            level = Math.Max(500, level + trend + (40 * Normal()));
            return level * (1 + (swing * Math.Sin(begin + (2 * Math.PI * at / period)))) * (1 + (0.04 * Normal()));
        })];
    }
}
