using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

/// <summary>Small worlds of journeys drawn from a seed: few channels, repeats, short and long paths, rows of many journeys.</summary>
internal sealed record SomeJourneys(int Channels, IReadOnlyList<(byte[] Path, PathOutcome Outcome)> Rows)
{
    public static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    public PathTable Table => Counts(Rows).ToTable();

    public PathOutcome Total => Rows.Aggregate(default(PathOutcome), (sum, row) => sum + row.Outcome);

    public int Longest => Rows.Max(row => row.Path.Length);

    /// <summary>At least one conversion, at least one touch in every journey.</summary>
    public static SomeJourneys Draw(int seed, int mostChannels = 5, int mostTouches = 7)
    {
        var random = new Random(seed);
        var channels = random.Next(1, mostChannels + 1);
        var rows = Enumerable.Range(0, random.Next(1, 30)).Select(at => (Path(random, channels, random.Next(1, mostTouches + 1)), Outcome(random, at == 0)));
        return new(channels, [.. rows]);
    }

    public PathCounts Counts(IEnumerable<(byte[] Path, PathOutcome Outcome)> rows)
    {
        var counts = new PathCounts(Channels);
        foreach (var (path, outcome) in rows)
            counts.Add(path, outcome);
        return counts;
    }

    public IReadOnlyList<(byte[] Path, PathOutcome Outcome)> Shuffled(int seed)
    {
        var rows = Rows.ToArray();
        new Random(seed).Shuffle(rows);
        return rows;
    }

    private static byte[] Path(Random random, int channels, int touches)
    {
        var path = new byte[touches];
        for (var at = 0; at < touches; at++)
            path[at] = at > 0 && random.Next(3) == 0 ? path[at - 1] : (byte)random.Next(channels);
        return path;
    }

    private static PathOutcome Outcome(Random random, bool converts)
    {
        var conversions = converts ? random.Next(1, 4) : random.Next(3);
        return new(conversions, random.Next(4), conversions * random.Next(1, 50_000));
    }
}
