namespace RevOps.Core.Attribution.Models;

/// <summary>
/// Shapley value of the game in which channels together are worth the rate of conversion of the journeys that touched no others: v(S) =
/// conversions inside S / journeys inside S, v(∅) = 0, scaled so that all together get all conversions. It looks at journeys that ended in
/// nothing too, and may be negative: with such a channel fewer converted. The game of plain counts is the equal split, <see cref="EqualSplit"/>.
/// </summary>
public sealed record ShapleyValue
{
    /// <summary>With more channels the orders in which they may come are drawn by lot.</summary>
    public const int MostExact = 20;

    /// <summary>Orders drawn, each counted backwards too.</summary>
    public const int Draws = 1_000;

    private ShapleyValue()
    {
    }

    /// <summary>By channel.</summary>
    public required ChannelCredit Credit { get; init; }

    /// <summary>Whether no order was left out.</summary>
    public required bool IsExact { get; init; }

    public IReadOnlyList<double> Shares => ChannelCredit.Shares(Credit.Conversions, Credit.Conversions.Sum());

    public IReadOnlyList<double> ValueShares => ChannelCredit.Shares(Credit.ValueMinor, Credit.ValueMinor.Sum());

    public static ShapleyValue Of(PathCounts counts, int seed = 1) => Of(counts.ToTable(), seed);

    public static ShapleyValue Of(PathTable paths, int seed = 1)
    {
        var sets = new ChannelSets(paths.Channels);
        for (var at = 0; at < paths.Count; at++)
            sets.Add(paths.PathOf(at), paths.Outcomes[at]);
        return Of(sets, seed);
    }

    /// <param name="seed">Which orders are drawn.</param>
    /// <param name="mostExact">With more channels than this they are drawn.</param>
    public static ShapleyValue Of(ChannelSets sets, int seed = 1, int mostExact = MostExact)
    {
        var (values, isExact) = sets.Present().Count <= mostExact ? (ShapleyGame.Exact(sets), true) : (ShapleyGame.Drawn(sets, Draws, seed), false);
        var total = sets.Total;
        return new()
        {
            IsExact = isExact,
            Credit = new(Scaled(values.Conversions, total.Conversions), Scaled(values.ValueMinor, total.ValueMinor)),
        };
    }

    /// <summary>
    /// Shapley value of the game of counts, v(S) = conversions of the journeys that touched only channels of S: each journey's conversion is
    /// shared equally by its channels.
    /// </summary>
    public static ChannelCredit EqualSplit(PathTable paths)
    {
        var (conversions, value) = (new double[paths.Channels], new double[paths.Channels]);
        for (var at = 0; at < paths.Count; at++)
        {
            var (distinct, outcome) = (paths.PathOf(at).ToArray().Distinct().ToArray(), paths.Outcomes[at]);
            foreach (var channel in distinct)
            {
                conversions[channel] += (double)outcome.Conversions / distinct.Length;
                value[channel] += (double)outcome.ValueMinor / distinct.Length;
            }
        }

        return new(conversions, value);
    }

    private static double[] Scaled(double[] values, double total)
    {
        var sum = values.Sum();
        return Array.ConvertAll(values, value => sum == 0 ? 0 : value / sum * total);
    }
}
