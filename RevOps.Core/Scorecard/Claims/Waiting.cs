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

    /// <param name="change">What is compared, of the median before and after.</param>
    /// <returns>Null where one of the cohorts has no median.</returns>
    public static (double Value, double Low, double High)? Of(IReadOnlyList<Waiting> before, IReadOnlyList<Waiting> after, Func<int, int, double> change)
    {
        if (KaplanMeier.Median(before) is not { } was || KaplanMeier.Median(after) is not { } now)
            return null;
        var (random, drawn) = (new Random(Seed), new List<double>(Replicates));
        var (earlier, later) = (ByClient(before), ByClient(after));
        for (var i = 0; i < Replicates; i++)
        {
            if (KaplanMeier.Median(Draw(earlier, random)) is { } one && KaplanMeier.Median(Draw(later, random)) is { } other)
                drawn.Add(change(one, other));
        }

        drawn.Sort();
        return drawn.Count == 0 ? null : (change(was, now), drawn[(int)(0.025 * (drawn.Count - 1))], drawn[(int)Math.Ceiling(0.975 * (drawn.Count - 1))]);
    }

    private static Waiting[][] ByClient(IEnumerable<Waiting> waits) => [.. waits.GroupBy(wait => wait.Client).OrderBy(group => group.Key).Select(group => group.ToArray())];

    private static IEnumerable<Waiting> Draw(Waiting[][] clients, Random random) => Enumerable.Range(0, clients.Length).SelectMany(_ => clients[random.Next(clients.Length)]).ToList();
}
