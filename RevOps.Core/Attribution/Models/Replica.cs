namespace RevOps.Core.Attribution.Models;

/// <summary>A model computed over the same paths with counts drawn anew. One for each thread: it keeps what it counts in.</summary>
internal sealed class Replica(PathTable paths, PathCodes codes, AttributionModel model, int direct)
{
    private readonly PathTable drawn = paths.Copy();
    private readonly double[] worth = [.. paths.Outcomes.Select(outcome => outcome.Conversions == 0 ? 0 : (double)outcome.ValueMinor / outcome.Conversions)];
    private readonly WindowCounts windows = new(paths.Channels, Math.Max(1, model.Order));

    /// <summary>Of one replicate; its lots are its own, whichever thread draws them.</summary>
    public (double[] Conversions, double[] Value) Draw(int seed, int replicate)
    {
        var lots = new PoissonLots(seed, replicate);
        for (var at = 0; at < paths.Count; at++)
        {
            var outcome = paths.Outcomes[at];
            var conversions = lots.Next(outcome.Conversions);
            drawn.Outcomes[at] = new(conversions, lots.Next(outcome.Nulls), (long)Math.Round(worth[at] * conversions));
        }

        return Shares(drawn);
    }

    public (double[] Conversions, double[] Value) Shares(PathTable table)
    {
        if (model.Order > 0)
        {
            windows.Clear();
            windows.Add(codes, table);
            var chain = MarkovChain.Of(windows);
            return ([.. chain.Shares], [.. chain.ValueShares]);
        }

        var (credit, total) = (ChannelCredit.Of(table, model, direct), table.Attributed);
        return (ChannelCredit.Shares(credit.Conversions, total.Conversions), ChannelCredit.Shares(credit.ValueMinor, total.ValueMinor));
    }
}
