namespace RevOps.Core.Pricing.Advising;

/// <summary>By what clients are told apart. Prices never are: this looks whether it came out so.</summary>
public enum ClientGroup
{
    /// <summary>"first" or "returning".</summary>
    History = 0,

    Country = 1,

    /// <summary>By which they came.</summary>
    Channel = 2,
}

/// <summary>One sale beside others like it.</summary>
/// <param name="Like">Service and lead time: only the same are compared.</param>
/// <param name="Price">Paid for one, any unit.</param>
/// <param name="Client">Who paid: told apart, and shown to nobody.</param>
/// <param name="Groups">The client's.</param>
public sealed record PaidPrice(string Like, double Price, Guid Client, IReadOnlyDictionary<ClientGroup, string> Groups);

/// <summary>What a group paid for like slots.</summary>
/// <param name="Name">Of the group; null: those of too few clients to be named.</param>
/// <param name="Sales">How many.</param>
/// <param name="Share">Mean price paid, as a share of what all paid for like slots.</param>
/// <param name="Low">Of its 95 % interval; null under two sales.</param>
public sealed record FairnessRow(ClientGroup Group, string? Name, int Sales, double Share, double? Low, double? High)
{
    /// <summary>The interval holds what all paid: no difference is shown.</summary>
    public bool IsLevel => Low is null || (Low <= 1 && High >= 1);
}

/// <summary>Prices paid by client group, like beside like. Pure.</summary>
public static class Fairness
{
    /// <summary>A smaller group would show what single people paid, however often they bought.</summary>
    public const int LeastClients = 5;

    private const double Normal95 = 1.959964;

    /// <returns>Largest groups first within each kind; those under <see cref="LeastClients"/> together, without a name.</returns>
    public static IReadOnlyList<FairnessRow> Of(IReadOnlyList<PaidPrice> paid)
    {
        var means = paid.GroupBy(one => one.Like, StringComparer.Ordinal).ToDictionary(like => like.Key, like => like.Average(one => one.Price), StringComparer.Ordinal);
        var shares = paid.Where(one => means[one.Like] > 0).Select(one => (one.Groups, one.Client, Share: one.Price / means[one.Like])).ToList();
        return [.. Enum.GetValues<ClientGroup>().SelectMany(kind => OfKind(kind, [.. shares.Where(one => one.Groups.ContainsKey(kind)).Select(one => (one.Groups[kind], one.Client, one.Share))]))];
    }

    private static IEnumerable<FairnessRow> OfKind(ClientGroup kind, List<(string Name, Guid Client, double Share)> shares)
    {
        var groups = shares.GroupBy(one => one.Name, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        foreach (var group in groups.Where(IsLarge))
            yield return Row(kind, group.Key, [.. group.Select(one => one.Share)]);
        var few = groups.Where(group => !IsLarge(group)).SelectMany(group => group).ToList();
        if (IsLarge(few))
            yield return Row(kind, null, [.. few.Select(one => one.Share)]);
    }

    private static bool IsLarge(IEnumerable<(string Name, Guid Client, double Share)> group) => group.Select(one => one.Client).Distinct().Count() >= LeastClients;

    private static FairnessRow Row(ClientGroup kind, string? name, double[] shares)
    {
        var (mean, n) = (shares.Average(), shares.Length);
        if (n < 2)
            return new(kind, name, n, mean, null, null);
        var error = Normal95 * Math.Sqrt(Forecasting.Statistics.Variance(shares) / n);
        return new(kind, name, n, mean, mean - error, mean + error);
    }
}
