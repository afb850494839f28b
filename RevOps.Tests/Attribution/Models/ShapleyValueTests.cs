using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

public sealed class ShapleyValueTests
{
    [Fact]
    public void TheGameOfRates_MeetsItsDefinition() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        var values = Plain(world.Channels, set => world.Rows.Where(row => Inside(row.Path, set)).Aggregate(default(PathOutcome), (sum, row) => sum + row.Outcome) is { Journeys: > 0 } sum ? (double)sum.Conversions / sum.Journeys : 0);
        var shapley = ShapleyValue.Of(world.Table);
        return shapley.IsExact && shapley.Credit.Conversions.Zip(values, (one, other) => Math.Abs(one - (other / values.Sum() * world.Total.Conversions))).All(off => off < 1e-9)
            && Math.Abs(shapley.Credit.ValueMinor.Sum() - world.Total.ValueMinor) < 1e-6;
    }));

    [Fact]
    public void TheGameOfCounts_IsTheEqualSplit() => Check.QuickThrowOnFailure(Prop.ForAll(SomeJourneys.Seeds, seed =>
    {
        var world = SomeJourneys.Draw(seed);
        var values = Plain(world.Channels, set => world.Rows.Where(row => Inside(row.Path, set)).Sum(row => (double)row.Outcome.Conversions));
        return ShapleyValue.EqualSplit(world.Table).Conversions.Zip(values, (one, other) => Math.Abs(one - other)).All(off => off < 1e-9);
    }));

    [Fact]
    public void AChannelWithWhichFewerConvert_HasLessThanNothing()
    {
        var counts = new PathCounts(2);
        counts.Add([0], new(90, 10, 9_000));
        counts.Add([0, 1], new(10, 90, 1_000));

        var shapley = ShapleyValue.Of(counts);

        Assert.True(shapley.Credit.Conversions[1] < 0);
        Assert.Equal(100, shapley.Credit.Conversions.Sum(), 9);
        Assert.Equal(10_000, LargestRemainder.Split(10_000, shapley.Credit.ValueMinor).Sum());
    }

    [Fact]
    public void OrdersDrawnByLot_ComeNearAllOrders()
    {
        var (sets, random) = (new ChannelSets(12), new Random(6));
        for (var journey = 0; journey < 20_000; journey++)
        {
            var path = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (byte)random.Next(12)).ToArray();
            sets.Add(path, random.NextDouble() < 0.02 + (0.005 * path.Distinct().Sum(channel => channel)) ? PathOutcome.Converted(100) : PathOutcome.Null);
        }

        var (exact, drawn) = (ShapleyValue.Of(sets), ShapleyValue.Of(sets, mostExact: 11));

        Assert.Equal((true, false), (exact.IsExact, drawn.IsExact));
        Assert.True(exact.Shares.Max() - exact.Shares.Min() > 0.1);
        Assert.All(exact.Shares.Zip(drawn.Shares), pair => Assert.Equal(pair.First, pair.Second, 0.02));
    }

    /// <summary>Too many channels for all orders: every second one is a twin of the one before it, and so their values come in pairs.</summary>
    [Fact]
    public void OrdersDrawnByLot_MeetTheExactValue()
    {
        var (exact, drawn) = (new PathCounts(12), new PathCounts(24));
        var random = new Random(5);
        for (var journey = 0; journey < 4_000; journey++)
        {
            var path = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (byte)random.Next(12)).ToArray();
            var outcome = random.NextDouble() < 0.02 + (0.02 * path.Distinct().Sum(channel => channel)) ? PathOutcome.Converted(100) : PathOutcome.Null;
            exact.Add(path, outcome);
            drawn.Add([.. path.SelectMany(channel => new[] { (byte)(2 * channel), (byte)((2 * channel) + 1) })], outcome);
        }

        var (all, some) = (ShapleyValue.Of(exact), ShapleyValue.Of(drawn));

        Assert.False(some.IsExact);
        Assert.Equal(all.Credit.Conversions.Sum(), some.Credit.Conversions.Sum(), 6);
        Assert.All(Enumerable.Range(0, 12), channel => Assert.Equal(some.Shares[2 * channel], some.Shares[(2 * channel) + 1], 0.02));
        Assert.Equal(ShapleyValue.Of(drawn).Shares, some.Shares);
    }

    private static bool Inside(byte[] path, int set) => path.All(channel => (set >> channel & 1) != 0);

    /// <summary>The mean over all orders of what each adds as it comes.</summary>
    private static double[] Plain(int channels, Func<int, double> worth)
    {
        var (values, orders) = (new double[channels], 0);
        void Walk(int set)
        {
            if (set == (1 << channels) - 1)
                orders++;
            for (var channel = 0; channel < channels; channel++)
            {
                if ((set >> channel & 1) == 0)
                    Walk(set | 1 << channel);
            }
        }

        void Add(int set, List<int> order)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                if ((set >> channel & 1) != 0)
                    continue;
                order.Add(channel);
                if (order.Count == channels)
                    order.Aggregate(0, (before, next) => { values[next] += worth(before | 1 << next) - (before == 0 ? 0 : worth(before)); return before | 1 << next; });
                Add(set | 1 << channel, order);
                order.RemoveAt(order.Count - 1);
            }
        }

        Walk(0);
        Add(0, []);
        return Array.ConvertAll(values, value => value / orders);
    }
}
