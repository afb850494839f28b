namespace RevOps.Core.Scorecard.Claims;

/// <summary>How long an invoice took to be paid, or how long it has been waited for so far.</summary>
/// <param name="Client">Clients are drawn whole: what one owes is not independent of what else they owe.</param>
/// <param name="Days">Since issue.</param>
/// <param name="IsPaid">False: it is still waited for, and took at least so long.</param>
public readonly record struct Waiting(Guid Client, int Days, bool IsPaid);

/// <summary>The estimator of Kaplan and Meier (1958).</summary>
public static class KaplanMeier
{
    /// <summary>The day by which half are paid; null while fewer than half are.</summary>
    public static int? Median(IEnumerable<Waiting> waits)
    {
        var sorted = waits.OrderBy(wait => wait.Days).ThenByDescending(wait => wait.IsPaid).ToList();
        var (left, survives) = (sorted.Count, 1.0);
        foreach (var wait in sorted)
        {
            if (wait.IsPaid && (survives *= 1 - (1.0 / left)) <= 0.5 + 1e-12)
                return wait.Days;
            left--;
        }

        return null;
    }
}

/// <summary>Two cohorts beside each other, with an interval by drawing clients again and again (Efron 1979, by cluster).</summary>
public static class CohortChange
{
    public const int Replicates = 1_000;
    private const int Seed = 177;

    // Ten years: where fewer than half are paid, half are paid after any day that was seen.
    private const int Never = 3_650;

    /// <param name="change">What is compared, of the median before and after: more of it where the first is longer, and less where the second is.</param>
    /// <returns>Null where one of the cohorts has no median.</returns>
    public static (double Value, double Low, double High)? Of(IReadOnlyList<Waiting> before, IReadOnlyList<Waiting> after, Func<int, int, double> change)
    {
        if (KaplanMeier.Median(before) is not { } was || KaplanMeier.Median(after) is not { } now)
            return null;
        var (random, lows, highs) = (new Random(Seed), new List<double>(Replicates), new List<double>(Replicates));
        var (earlier, later) = (ByClient(before), ByClient(after));
        for (var i = 0; i < Replicates; i++)
        {
            // A draw without a median is no draw to forget: it is the slow side of what may be. Where neither has one it may be either way.
            var (one, other) = (KaplanMeier.Median(Draw(earlier, random)), KaplanMeier.Median(Draw(later, random)));
            var isLost = one is null && other is null;
            lows.Add(isLost ? change(0, Never) : change(one ?? Never, other ?? Never));
            highs.Add(isLost ? change(Never, 0) : change(one ?? Never, other ?? Never));
        }

        lows.Sort();
        highs.Sort();
        return (change(was, now), lows[(int)(0.025 * (Replicates - 1))], highs[(int)Math.Ceiling(0.975 * (Replicates - 1))]);
    }

    private static Waiting[][] ByClient(IEnumerable<Waiting> waits) => [.. waits.GroupBy(wait => wait.Client).OrderBy(group => group.Key).Select(group => group.ToArray())];

    private static IEnumerable<Waiting> Draw(Waiting[][] clients, Random random) => Enumerable.Range(0, clients.Length).SelectMany(_ => clients[random.Next(clients.Length)]).ToList();
}
