using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Conversions.Sending;

namespace RevOps.Tests.Conversions;

/// <summary>One bad event takes down all that travel with it: the bad ones are found, the others arrive once, and few calls are made.</summary>
public sealed class BisectTests
{
    private const double Rounding = 1e-9;

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Bisect_FindsEveryCulpritInFewCalls() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var count = random.Next(1, 2_001);
        var bad = Enumerable.Range(0, random.Next(Math.Min(count, 60) + 1)).Select(_ => random.Next(count)).ToHashSet();
        var (calls, taken) = (0, new int[count]);
        var verdicts = Bisect.RunAsync(count, (from, to) =>
        {
            calls++;
            if (Enumerable.Range(from, to - from).Any(bad.Contains))
                return Task.FromResult(Verdict.Refused);
            for (var place = from; place < to; place++)
                taken[place]++;
            return Task.FromResult(Verdict.Taken);
        }).GetAwaiter().GetResult();

        var most = bad.Count == 0 ? 1 : (2 * bad.Count * Math.Log2(count)) + 1;
        return calls <= most + Rounding && bad.SetEquals(verdicts.Index().Where(item => item.Item == Verdict.Refused).Select(item => item.Index))
            && taken.Index().All(item => item.Item == (bad.Contains(item.Index) ? 0 : 1));
    }));

    /// <summary>The bound is tightest where there are few: all of them, and not a sample.</summary>
    [Fact]
    public async Task Bisect_HoldsTheBoundForEverySmallCrowd()
    {
        for (var count = 1; count <= 13; count++)
        {
            for (var mask = 1; mask < 1 << count; mask++)
            {
                var (of, calls) = (mask, 0);
                var verdicts = await Bisect.RunAsync(count, (from, to) =>
                {
                    calls++;
                    return Task.FromResult(((of >> from) & ((1 << (to - from)) - 1)) == 0 ? Verdict.Taken : Verdict.Refused);
                });
                Assert.Equal(mask, verdicts.Index().Where(item => item.Item == Verdict.Refused).Sum(item => 1 << item.Index));
                Assert.True(calls <= (2 * int.PopCount(mask) * Math.Log2(count)) + 1 + Rounding, $"{count} {mask:b}: {calls}");
            }
        }
    }

    [Fact]
    public async Task Bisect_StopsWhereThePlatformDoes()
    {
        var calls = 0;
        var verdicts = await Bisect.RunAsync(8, (from, to) => Task.FromResult(++calls switch
        {
            1 => Verdict.Refused,
            2 => Verdict.Taken,
            _ => Verdict.Undecided,
        }));

        // The second half is known to hold a culprit: its first half is asked at once.
        Assert.Equal([.. Enumerable.Repeat(Verdict.Taken, 4), .. Enumerable.Repeat(Verdict.Undecided, 4)], verdicts);
        Assert.Equal(3, calls);
    }
}
