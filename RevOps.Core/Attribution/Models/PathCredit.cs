namespace RevOps.Core.Attribution.Models;

/// <summary>
/// What each distinct path credits its channels with on average over the journeys that took it, for a rule that asks for days and not only for the
/// order: with it the rule can be drawn again from counts of paths like all others.
/// </summary>
public sealed class PathCredit
{
    private readonly Dictionary<byte[], int> places;
    private readonly double[][] conversions;
    private readonly double[][] value;
    private readonly double[] size;

    /// <param name="paths">Whose counts are drawn.</param>
    public PathCredit(PathTable paths)
    {
        places = new(paths.Count, PathComparer.Instance);
        for (var at = 0; at < paths.Count; at++)
            places.Add(paths.PathOf(at).ToArray(), at);
        (conversions, value, size) = (Rows(paths), Rows(paths), new double[paths.Count]);
    }

    /// <summary>Takes a journey in.</summary>
    /// <param name="path">One of the table's.</param>
    /// <param name="weights">One per touch, together 1.</param>
    /// <param name="outcome">Of the journey.</param>
    public void Add(ReadOnlySpan<byte> path, ReadOnlySpan<double> weights, PathOutcome outcome)
    {
        var at = places.GetAlternateLookup<ReadOnlySpan<byte>>()[path];
        for (var touch = 0; touch < path.Length; touch++)
        {
            conversions[at][path[touch]] += weights[touch] * outcome.Conversions;
            value[at][path[touch]] += weights[touch] * Math.Abs(outcome.ValueMinor);
        }

        // Money that went back is shared as it came: what is left after it may be next to nothing.
        size[at] += Math.Abs(outcome.ValueMinor);
    }

    /// <summary>As many of each path as drawn, each credited as its journeys were on average.</summary>
    /// <param name="drawn">The same paths under counts drawn anew.</param>
    /// <param name="from">The counts that were taken in.</param>
    internal ChannelCredit Of(PathTable drawn, PathTable from)
    {
        var (credit, money) = (new double[drawn.Channels], new double[drawn.Channels]);
        for (var at = 0; at < drawn.Count; at++)
        {
            Take(credit, conversions[at], drawn.Outcomes[at].Conversions, from.Outcomes[at].Conversions);
            Take(money, value[at], drawn.Outcomes[at].ValueMinor, size[at]);
        }

        return new(credit, money);
    }

    private static void Take(double[] credit, double[] whole, long drawn, double from)
    {
        if (from == 0 || drawn == 0)
            return;
        for (var channel = 0; channel < credit.Length; channel++)
            credit[channel] += whole[channel] * drawn / from;
    }

    private static double[][] Rows(PathTable paths) => [.. Enumerable.Range(0, paths.Count).Select(_ => new double[paths.Channels])];
}
