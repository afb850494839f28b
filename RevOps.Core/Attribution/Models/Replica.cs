namespace RevOps.Core.Attribution.Models;

/// <summary>A model computed over the same paths with counts drawn anew. One for each thread: it keeps what it counts in.</summary>
internal sealed class Replica(PathTable paths, PathCodes codes, MoneyLot[][] money, AttributionModel model, int direct, PathCredit? credits)
{
    private readonly PathTable drawn = paths.Copy();
    private readonly WindowCounts windows = new(paths.Channels, Math.Max(1, model.Order));

    /// <summary>Of one replicate; its lots are its own, whichever thread draws them.</summary>
    public ReplicaShares Draw(int seed, int replicate)
    {
        var lots = new PoissonLots(seed, replicate);
        for (var at = 0; at < paths.Count; at++)
        {
            var (conversions, minor) = (0L, 0.0);
            foreach (var sales in money[at])
            {
                var lot = lots.Next(sales.Count);
                (conversions, minor) = (conversions + (lot * sales.Conversions), minor + (lot * sales.Minor));
            }

            drawn.Outcomes[at] = new(conversions, lots.Next(paths.Outcomes[at].Nulls), (long)Math.Round(minor));
        }

        return Shares(drawn);
    }

    public ReplicaShares Shares(PathTable table)
    {
        if (model.Order > 0)
        {
            windows.Clear();
            windows.Add(codes, table);
            var chain = MarkovChain.Of(windows, walks: false);
            return new([.. chain.Shares], [.. chain.ValueShares], [.. chain.RemovalEffects]);
        }

        var (credit, total) = (credits is null ? ChannelCredit.Of(table, model, direct) : credits.Of(table, paths), table.Attributed);
        return new(ChannelCredit.Shares(credit.Conversions, total.Conversions), ChannelCredit.Shares(credit.ValueMinor, total.ValueMinor), null);
    }
}

/// <summary>What one drawing came to, by channel.</summary>
/// <param name="Conversions">Share of conversions.</param>
/// <param name="Value">Share of value.</param>
/// <param name="Removal">Removal effect; null of a model that has none.</param>
internal sealed record ReplicaShares(double[] Conversions, double[] Value, double[]? Removal);
