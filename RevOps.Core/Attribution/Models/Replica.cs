namespace RevOps.Core.Attribution.Models;

/// <summary>A model computed over the same paths with counts drawn anew. One for each thread: it keeps what it counts in.</summary>
internal sealed class Replica(PathTable paths, AttributionModel model, int direct)
{
    private readonly PathTable drawn = paths.Copy();
    private readonly WindowCounts? windows = model.Order > 0 ? new(paths.Channels, model.Order) : null;

    /// <summary>Of one replicate; its lots are its own, whichever thread draws them.</summary>
    public (double[] Conversions, double[] Value) Draw(int seed, int replicate)
    {
        var lots = new PoissonLots(seed, replicate);
        for (var at = 0; at < paths.Count; at++)
        {
            var outcome = paths.Outcomes[at];
            var conversions = lots.Next(outcome.Conversions);
            var value = outcome.Conversions == 0 ? outcome.ValueMinor : (long)Math.Round((double)outcome.ValueMinor / outcome.Conversions * conversions);
            drawn.Outcomes[at] = new(conversions, lots.Next(outcome.Nulls), value);
        }

        return Shares(drawn);
    }

    public (double[] Conversions, double[] Value) Shares(PathTable table)
    {
        if (windows is not null)
        {
            windows.Clear();
            for (var at = 0; at < table.Count; at++)
                windows.Add(table.PathOf(at), table.Outcomes[at]);
            var chain = MarkovChain.Of(windows);
            return ([.. chain.Shares], [.. chain.ValueShares]);
        }

        var (credit, total) = (ChannelCredit.Of(table, model, direct), table.Attributed);
        return (ChannelCredit.Shares(credit.Conversions, total.Conversions), ChannelCredit.Shares(credit.ValueMinor, total.ValueMinor));
    }
}
