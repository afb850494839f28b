using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Conversions.Sending;

namespace RevOps.Tests.Conversions;

/// <summary>One bad event takes down all that travel with it: the bad ones are found, the others arrive once, and few calls are made.</summary>
public sealed class BisectTests
{
    private const double Rounding = 1e-9;

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>In whichever order the answers come, and whatever the platform names of the bad ones.</summary>
    [Fact]
    public void Bisect_FindsEveryCulpritInFewCalls() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var count = random.Next(1, 2_001);
        var bad = Enumerable.Range(0, random.Next(Math.Min(count, 60) + 1)).Select(_ => random.Next(count)).ToHashSet();
        var naming = (Naming)random.Next(4);
        var (calls, taken, found) = Run(count, bad, naming, random.Next(1, 9), random);

        var most = bad.Count == 0 ? 1 : (2 * bad.Count * Math.Log2(count)) + 1;
        return calls <= most + Rounding && bad.SetEquals(found) && taken.Index().All(item => item.Item == (bad.Contains(item.Index) ? 0 : 1));
    }));

    /// <summary>The bound is tightest where there are few: all of them, and not a sample.</summary>
    [Fact]
    public void Bisect_HoldsTheBoundForEverySmallCrowd()
    {
        for (var count = 1; count <= 13; count++)
        {
            for (var mask = 1; mask < 1 << count; mask++)
            {
                HashSet<int> bad = [.. Enumerable.Range(0, count).Where(place => (mask >> place & 1) != 0)];
                var (calls, _, found) = Run(count, bad, Naming.Nothing, 1, new Random(0));
                Assert.Equal(bad.Order(), found.Order());
                Assert.True(calls <= (2 * bad.Count * Math.Log2(count)) + 1 + Rounding, $"{count} {mask:b}: {calls}");
            }
        }
    }

    [Fact]
    public void Bisect_StopsWhereThePlatformDoes()
    {
        var bisect = new Bisect(8);
        bisect.Tell(bisect.Next()!, Verdict.Refused);
        bisect.Tell(bisect.Next()!, Verdict.Taken);

        // The second half is known to hold a culprit: its first half is asked at once.
        var quarter = bisect.Next()!;
        Assert.Equal([4, 5], quarter.Places);
        bisect.Tell(quarter, Verdict.Undecided);
        Assert.Null(bisect.Next());
    }

    [Fact]
    public void Bisect_AsksNobodyWhomThePlatformNames_AndTheRestOnce()
    {
        var bisect = new Bisect(1_000);
        bisect.Tell(bisect.Next()!, Verdict.Refused, known: [3, 400, 999]);
        var rest = bisect.Next()!;
        Assert.Equal(997, rest.Places.Count);
        Assert.DoesNotContain(400, rest.Places);
        bisect.Tell(rest, Verdict.Taken);
        Assert.Null(bisect.Next());
    }

    private static (int Calls, int[] Taken, HashSet<int> Found) Run(int count, HashSet<int> bad, Naming naming, int atOnce, Random random)
    {
        var (calls, taken, found, bisect, asked) = (0, new int[count], new HashSet<int>(), new Bisect(count), new List<Bisect.Part>());
        while (true)
        {
            while (asked.Count < atOnce && bisect.Next() is { } part)
                asked.Add(part);
            if (asked.Count == 0)
                return (calls, taken, found);
            var answered = asked[random.Next(asked.Count)];
            asked.Remove(answered);
            calls++;
            var culprits = answered.Places.Where(bad.Contains).ToList();
            foreach (var place in culprits.Count == 0 ? answered.Places : [])
                taken[place]++;
            if (culprits.Count > 0 && answered.Places.Count == 1)
                found.Add(answered.Places[0]);
            var named = culprits.Take(naming == Naming.All ? int.MaxValue : naming == Naming.Nothing || answered.Places.Count == 1 ? 0 : 1).ToList();
            if (naming is Naming.First or Naming.All)
                found.UnionWith(named);
            bisect.Tell(answered, culprits.Count == 0 ? Verdict.Taken : Verdict.Refused, naming is Naming.First or Naming.All ? named : null, naming == Naming.Suspect ? named : null);
        }
    }

    private enum Naming
    {
        Nothing = 0,
        Suspect = 1,
        First = 2,
        All = 3,
    }
}
