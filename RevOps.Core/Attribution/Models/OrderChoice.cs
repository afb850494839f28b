namespace RevOps.Core.Attribution.Models;

/// <summary>
/// Which order of chain tells best what the journeys that it has not seen do next: counts are cut in parts, and each part is told by a chain of
/// the others. In-sample every higher order seems better.
/// </summary>
/// <param name="Order">The one whose held-out likelihood is highest; of equal ones the lowest.</param>
/// <param name="Figures">Of orders 1 to 4.</param>
public sealed record OrderChoice(int Order, IReadOnlyList<OrderFigure> Figures)
{
    public const int Highest = 4;

    public static OrderChoice Of(PathCounts counts, int folds = 5, int seed = 1) => Of(counts.ToTable(), folds, seed);

    /// <param name="paths">With their counts.</param>
    /// <param name="folds">How many parts.</param>
    /// <param name="seed">Which journey falls into which part; the same seed, the same parts.</param>
    /// <param name="most">Of more journeys about so many are drawn by lot.</param>
    public static OrderChoice Of(PathTable paths, int folds = 5, int seed = 1, int most = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var parts = PartsOf(paths, folds, seed, Math.Min(1, most / Math.Max(1.0, paths.Total.Journeys)));
        var sums = new NextTouch(paths.Channels, Highest, parts).LogLikelihoods();
        var journeys = parts.Sum(part => part.Total.Journeys);
        var figures = Enumerable.Range(1, Highest).Select(order => new OrderFigure(order, journeys == 0 ? 0 : sums[order] / journeys)).ToList();
        return new(figures.MaxBy(figure => figure.LogLikelihood)!.Order, figures);
    }

    /// <summary>Each journey by a lot of its own. Dealt out evenly, the parts would be alike, and held-out journeys no news.</summary>
    private static PathTable[] PartsOf(PathTable paths, int folds, int seed, double drawn)
    {
        var (random, parts) = (new Random(seed), Enumerable.Range(0, folds).Select(_ => paths.Copy()).ToArray());
        for (var at = 0; at < paths.Count; at++)
        {
            var (conversions, nulls) = (Dealt(random, paths.OutcomeOf(at).Conversions, folds, drawn), Dealt(random, paths.OutcomeOf(at).Nulls, folds, drawn));
            for (var part = 0; part < folds; part++)
                parts[part].Outcomes[at] = new(conversions[part], nulls[part], 0);
        }

        return parts;
    }

    private static long[] Dealt(Random random, long count, int folds, double drawn)
    {
        var dealt = new long[folds];
        for (; count > 0; count--)
        {
            if (drawn >= 1 || random.NextDouble() < drawn)
                dealt[random.Next(folds)]++;
        }

        return dealt;
    }
}

/// <param name="LogLikelihood">Mean over the held-out journeys of the logarithm of how likely all their touches and their end were; higher is better.</param>
public sealed record OrderFigure(int Order, double LogLikelihood);
