namespace RevOps.Core.Attribution.Models;

/// <summary>
/// A model computed over the same paths with counts drawn anew. One for each thread: it keeps what it counts in. Money that is no conversion is shared
/// within its own path, by whatever weighs the channels there.
/// </summary>
internal sealed class Replica(PathTable paths, PathCodes codes, MoneyLot[][] money, AttributionModel model, int direct, PathCredit? credits)
{
    private readonly PathTable drawn = paths.Copy();
    private readonly double[] later = new double[paths.Count];
    private readonly WindowCounts windows = new(paths.Channels, Math.Max(1, model.Order));

    /// <summary>Of one replicate; its lots are its own, whichever thread draws them.</summary>
    public ReplicaShares Draw(int seed, int replicate)
    {
        var lots = new PoissonLots(seed, replicate);
        return Shares(lots.Next);
    }

    /// <summary>As counted.</summary>
    public ReplicaShares Plain() => Shares(count => count);

    private ReplicaShares Shares(Func<long, long> next)
    {
        for (var at = 0; at < paths.Count; at++)
        {
            var (conversions, minor) = (0L, 0.0);
            later[at] = 0;
            foreach (var sales in money[at])
            {
                var lot = next(sales.Count);
                conversions += lot * sales.Conversions;
                if (sales.Conversions > 0)
                    minor += lot * sales.Minor;
                else
                    later[at] += lot * sales.Minor;
            }

            // A rule shares all money alike.
            if (model.IsRule)
                minor += later[at];
            drawn.Outcomes[at] = new(conversions, next(paths.Outcomes[at].Nulls), (long)Math.Round(minor));
        }

        if (model.Order > 0)
        {
            windows.Clear();
            windows.Add(codes, drawn);
            var chain = MarkovChain.Of(windows, walks: false);
            return new([.. chain.Shares], WithLater([.. chain.Credit.ValueMinor], [.. chain.RemovalEffects]), [.. chain.RemovalEffects]);
        }

        var (credit, total) = (credits is null ? ChannelCredit.Of(drawn, model, direct) : credits.Of(drawn, paths), drawn.Attributed);
        return new(ChannelCredit.Shares(credit.Conversions, total.Conversions), model.IsRule ? ChannelCredit.Shares(credit.ValueMinor, total.ValueMinor) : WithLater([.. credit.ValueMinor], [.. credit.Conversions]), null);
    }

    /// <summary>Shares of all money: what the journeys converted with, and what came or went back of older sales.</summary>
    private double[] WithLater(double[] value, double[] channelWeights)
    {
        Span<double> weights = [];
        for (var at = 0; at < paths.Count; at++)
        {
            var path = paths.PathOf(at);
            if (later[at] == 0 || path.IsEmpty)
                continue;
            if (weights.Length < path.Length)
                weights = new double[path.Length * 2];
            TouchWeights.Of(model, path, [], direct, channelWeights, weights[..path.Length]);
            for (var touch = 0; touch < path.Length; touch++)
                value[path[touch]] += weights[touch] * later[at];
        }

        return ChannelCredit.Shares(value, value.Sum());
    }
}

/// <summary>What one drawing came to, by channel.</summary>
/// <param name="Conversions">Share of conversions.</param>
/// <param name="Value">Share of value.</param>
/// <param name="Removal">Removal effect; null of a model that has none.</param>
internal sealed record ReplicaShares(double[] Conversions, double[] Value, double[]? Removal);
