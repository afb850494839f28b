namespace RevOps.Core.Receivables.Cash;

/// <summary>
/// How many days after the due date clients have paid. What a client will do is told from its own payments, and as if
/// <see cref="CompanyWeight"/> more of them had gone as those of all clients together: three payments say little, thirty say nearly all.
/// Source: Ferguson (1973), the predictive distribution of a Dirichlet process whose base is the company's own.
/// </summary>
public sealed class DelayHistory
{
    /// <summary>Payments that the company's habits count for beside a client's own.</summary>
    public const int CompanyWeight = 5;

    /// <summary>Days back from the evening within which an invoice must have been settled to count.</summary>
    public const int Days = 730;

    private readonly int[] days;
    private readonly double[] company;
    private readonly Dictionary<Guid, Dictionary<int, int>> clients = [];

    /// <param name="paid">Client, and days from due to settled: negative where it was early. In any order.</param>
    public DelayHistory(IEnumerable<(Guid CustomerId, int Days)> paid)
    {
        var all = new SortedDictionary<int, int>();
        foreach (var (customer, late) in paid)
        {
            Count++;
            all[late] = all.GetValueOrDefault(late) + 1;
            if (!clients.TryGetValue(customer, out var own))
                clients[customer] = own = [];
            own[late] = own.GetValueOrDefault(late) + 1;
        }

        // Where nobody has paid yet the terms are all that is known.
        if (Count == 0)
            all[0] = 1;
        days = [.. all.Keys];
        company = [.. all.Values.Select(count => (double)CompanyWeight * count / Math.Max(1, Count))];
    }

    /// <summary>Payments that are known.</summary>
    public int Count { get; }

    public int CountOf(Guid customer) => clients.GetValueOrDefault(customer)?.Values.Sum() ?? 0;

    /// <summary>
    /// The delay by which a share of what is still possible has been paid: at 0.5 the middle one. Null when nobody ever paid so late.
    /// </summary>
    /// <param name="customer">The client.</param>
    /// <param name="share">Above 0, at most 1.</param>
    /// <param name="atLeast">Days late already: shorter delays are ruled out.</param>
    public int? Quantile(Guid customer, double share, int atLeast)
    {
        var (first, own) = (FirstFrom(atLeast), clients.GetValueOrDefault(customer));
        var whole = 0d;
        for (var at = first; at < days.Length; at++)
            whole += WeightAt(at, own);
        var reached = 0d;
        for (var at = first; at < days.Length; at++)
        {
            reached += WeightAt(at, own);

            // The last one is reached whatever rounding left out.
            if (reached >= share * whole || at == days.Length - 1)
                return days[at];
        }

        return null;
    }

    private int FirstFrom(int atLeast)
    {
        var found = Array.BinarySearch(days, atLeast);
        return found < 0 ? ~found : found;
    }

    private double WeightAt(int at, Dictionary<int, int>? own) => company[at] + (own?.GetValueOrDefault(days[at]) ?? 0);
}
