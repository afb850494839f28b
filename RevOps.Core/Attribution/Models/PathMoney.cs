namespace RevOps.Core.Attribution.Models;

/// <summary>
/// What each sale of each distinct path was worth: with it a path is drawn again with its money, sale by sale, a large one as seldom as a small
/// one. Money that is no conversion, such as a later part or a refund, is drawn as well.
/// </summary>
public sealed class PathMoney
{
    /// <summary>Of a path with more different amounts, neighbouring ones are drawn as one.</summary>
    private const int MostLots = 32;

    private readonly Dictionary<byte[], int> places;
    private readonly List<PathOutcome>[] sales;

    /// <param name="paths">Whose counts are drawn.</param>
    public PathMoney(PathTable paths)
    {
        (places, sales) = (new(paths.Count, PathComparer.Instance), new List<PathOutcome>[paths.Count]);
        for (var at = 0; at < paths.Count; at++)
        {
            places.Add(paths.PathOf(at).ToArray(), at);
            sales[at] = [];
        }
    }

    /// <summary>Takes a journey in.</summary>
    /// <param name="path">One of the table's.</param>
    /// <param name="outcome">Of the journey.</param>
    public void Add(ReadOnlySpan<byte> path, PathOutcome outcome) => sales[places.GetAlternateLookup<ReadOnlySpan<byte>>()[path]].Add(outcome);

    internal MoneyLot[][] Lots() => Array.ConvertAll(sales, path => path.GroupBy(sale => sale.Conversions).OrderByDescending(group => group.Key).SelectMany(LotsOf).ToArray());

    /// <summary>Where single sales are not known, all of a path are worth the same.</summary>
    internal static MoneyLot[][] Even(PathTable paths) => Array.ConvertAll(paths.Outcomes, outcome => outcome switch
    {
        { Conversions: > 0 } => new MoneyLot[] { new(outcome.Conversions, 1, (double)outcome.ValueMinor / outcome.Conversions) },
        { ValueMinor: not 0 } => [new(1, 0, outcome.ValueMinor)],
        _ => [],
    });

    private static IEnumerable<MoneyLot> LotsOf(IGrouping<long, PathOutcome> sales)
    {
        var amounts = sales.GroupBy(sale => sale.ValueMinor).OrderBy(group => group.Key).Select(group => (Minor: group.Key, Count: group.LongCount())).ToList();
        if (amounts.Count <= MostLots)
            return amounts.Select(amount => new MoneyLot(amount.Count, sales.Key, amount.Minor));

        return amounts.Chunk((amounts.Count + MostLots - 1) / MostLots).Select(some => new MoneyLot(some.Sum(amount => amount.Count), sales.Key, some.Sum(amount => (double)amount.Minor * amount.Count) / some.Sum(amount => amount.Count)));
    }
}

/// <summary>Journeys of a path that ended alike.</summary>
/// <param name="Count">How many.</param>
/// <param name="Conversions">Of each.</param>
/// <param name="Minor">Of each, in minor units.</param>
internal readonly record struct MoneyLot(long Count, long Conversions, double Minor);
