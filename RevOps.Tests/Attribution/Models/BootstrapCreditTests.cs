using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

public sealed class BootstrapCreditTests
{
    [Fact]
    public void TheSameSeed_GivesTheSameIntervals_AroundTheShare()
    {
        var table = PlantedTruth.Draw(5_000, seed: 3).Paths;
        foreach (var model in new[] { AttributionModel.Linear, AttributionModel.Markov1, AttributionModel.Markov2, AttributionModel.Shapley })
        {
            var (one, other) = (BootstrapCredit.Of(table, model, PlantedTruth.Direct, 100), BootstrapCredit.Of(table, model, PlantedTruth.Direct, 100));

            Assert.Equal(one.Conversions, other.Conversions);
            Assert.Equal(ChannelCredit.Of(table, model, PlantedTruth.Direct).ValueMinor.Select(value => value / table.Attributed.ValueMinor), one.Value.Select(interval => interval.Share), (left, right) => Math.Abs(left - right) < 1e-12);
            Assert.All(one.Conversions, interval => Assert.InRange(interval.Share, interval.Low - 0.01, interval.High + 0.01));
        }
    }

    /// <summary>Of one path to either of two channels the share is a proportion, whose error is in the books: √(p (1 − p) / n).</summary>
    [Fact]
    public void AProportion_HasTheIntervalOfTheBooks()
    {
        var counts = new PathCounts(2);
        counts.Add([0], new(300, 0, 300));
        counts.Add([1], new(700, 0, 700));

        var interval = BootstrapCredit.Of(counts.ToTable(), AttributionModel.Last, -1, replicates: 4_000).Conversions[0];

        Assert.Equal(0.3, interval.Share, 12);
        Assert.Equal(2 * 1.96 * Math.Sqrt(0.3 * 0.7 / 1_000), interval.High - interval.Low, 0.004);
        Assert.False(interval.IsThin);
    }

    /// <summary>Of journeys a day apart the average over them says what their order says already; of others it follows their days.</summary>
    [Fact]
    public void TimeDecay_IsDrawnFromTheDaysOfItsJourneys()
    {
        var table = PlantedTruth.Draw(2_000, seed: 5).Paths;
        var byOrder = BootstrapCredit.Of(table, AttributionModel.TimeDecay, PlantedTruth.Direct, 100);

        var daily = BootstrapCredit.Of(table, AttributionModel.TimeDecay, PlantedTruth.Direct, 100, credits: Credits(table, 1));
        foreach (var (expected, drawn) in byOrder.Conversions.Zip(daily.Conversions).Concat(byOrder.Value.Zip(daily.Value)))
            Assert.Equal((0, 0, 0), (Math.Round(expected.Share - drawn.Share, 9), Math.Round(expected.Low - drawn.Low, 9), Math.Round(expected.High - drawn.High, 9)));

        // With a year between touches the last has nearly all.
        var yearly = BootstrapCredit.Of(table, AttributionModel.TimeDecay, PlantedTruth.Direct, 100, credits: Credits(table, 365));
        var last = ChannelCredit.Of(table, AttributionModel.Last, PlantedTruth.Direct);
        Assert.Equal(last.Conversions.Select(count => count / table.Attributed.Conversions), yearly.Conversions.Select(interval => interval.Share), (left, right) => Math.Abs(left - right) < 1e-9);
        Assert.All(yearly.Conversions, interval => Assert.InRange(interval.Share, interval.Low - 0.01, interval.High + 0.01));
    }

    /// <summary>The share of money hangs on the few large sales, and on what went back, more than on how many sales there were.</summary>
    [Fact]
    public void Money_IsDrawnSaleBySale()
    {
        var counts = new PathCounts(2);
        counts.Add([0], new(100, 0, 100_000));
        counts.Add([1], new(100, 0, 100_000));
        var table = counts.ToTable();
        double Width(params (byte Channel, int Times, long Minor, int Conversions)[] sales)
        {
            var money = new PathMoney(table);
            foreach (var sale in sales)
            {
                for (var time = 0; time < sale.Times; time++)
                    money.Add([sale.Channel], new(sale.Conversions, 0, sale.Minor));
            }

            var interval = BootstrapCredit.Of(table, AttributionModel.Last, -1, money: money).Value[0];
            Assert.Equal(0.5, interval.Share, 9);
            return interval.High - interval.Low;
        }

        var even = BootstrapCredit.Of(table, AttributionModel.Last, -1).Value[0];
        Assert.Equal(even.High - even.Low, Width((0, 100, 1_000, 1), (1, 100, 1_000, 1)), 9);
        Assert.True(Width((0, 99, 100, 1), (0, 1, 90_100, 1), (1, 100, 1_000, 1)) > 3 * (even.High - even.Low));
        Assert.True(Width((0, 100, 1_500, 1), (0, 1, -50_000, 0), (1, 100, 1_000, 1)) > 2 * (even.High - even.Low));

        // Different amounts are drawn as neighbours together: the interval is nearly that of each by itself.
        var drawnTogether = Width([.. Enumerable.Range(0, 100).Select(at => ((byte)0, 1, 901L + (at * 2), 1)), (1, 100, 1_000, 1)]);
        Assert.Equal(even.High - even.Low, drawnTogether, 0.02);
    }

    [Fact]
    public void RemovalEffects_AreDrawnOfChainsOnly()
    {
        var table = PlantedTruth.Draw(2_000, seed: 5).Paths;
        var (chain, removal) = (MarkovChain.Of(table, 1), BootstrapCredit.Of(table, AttributionModel.Markov1, PlantedTruth.Direct, 200).Removal!);
        Assert.Equal(chain.RemovalEffects, removal.Select(interval => interval.Share));
        Assert.All(removal, interval => Assert.True(interval.Low < interval.High && interval.Low <= interval.Share + 0.01 && interval.High >= interval.Share - 0.01));
        Assert.Null(BootstrapCredit.Of(table, AttributionModel.Linear, PlantedTruth.Direct, 10).Removal);
    }

    [Fact]
    public void FewConversions_AreMarkedThin()
    {
        var counts = new PathCounts(3);
        counts.Add([0], new(29, 100, 290));
        counts.Add([1], new(400, 100, 4_000));
        counts.Add([1, 2], new(31, 0, 310));

        var conversions = BootstrapCredit.Of(counts.ToTable(), AttributionModel.First, -1).Conversions;

        // The third is on enough journeys, and is credited with nothing.
        Assert.Equal([true, false, false], conversions.Select(interval => interval.IsThin));
        Assert.Equal([29, 431, 31], conversions.Select(interval => interval.Conversions));
    }

    /// <summary>Small means come from a table, larger ones by rejection.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(2_500)]
    public void Lots_ArePoisson(int mean)
    {
        // Two paths of as many conversions: the share's variance is 1 / (8 mean) to first order, whatever the sampler.
        var counts = new PathCounts(2);
        for (var path = 0; path < 40; path++)
            counts.Add([.. Enumerable.Repeat((byte)(path % 2), 1 + (path / 2))], new(mean, 0, 0));

        var interval = BootstrapCredit.Of(counts.ToTable(), AttributionModel.Last, -1, replicates: 4_000).Conversions[0];

        var width = 2 * 1.96 * Math.Sqrt(0.25 / (40 * mean));
        Assert.Equal(width, interval.High - interval.Low, 0.08 * width);
    }

    private static PathCredit Credits(PathTable table, float daysApart)
    {
        var credits = new PathCredit(table);
        for (var at = 0; at < table.Count; at++)
        {
            var path = table.PathOf(at);
            var (days, weights) = (new float[path.Length], new double[path.Length]);
            for (var touch = 0; touch < path.Length; touch++)
                days[touch] = (path.Length - 1 - touch) * daysApart;
            TouchWeights.Of(AttributionModel.TimeDecay, path, days, PlantedTruth.Direct, [], weights);
            credits.Add(path, weights, table.OutcomeOf(at));
        }

        return credits;
    }
}
