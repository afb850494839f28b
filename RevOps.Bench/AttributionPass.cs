using RevOps.Core.Attribution.Models;

namespace RevOps.Bench;

/// <summary>One pass over journeys: everything that the models need is counted in whole numbers, and nothing is kept of the journeys.</summary>
/// <param name="order">The highest order of chain; lower ones are sums over its counts.</param>
/// <param name="withSets">Whether Shapley values are wanted too.</param>
internal sealed class AttributionPass(ChannelNames names, int order, bool withSets)
{
    // The number that names keep for the direct channel.
    private const int Direct = 0;

    private WindowCounts windows = new(1, order);
    private PlaceCounts places = new(1, Direct);
    private ChannelSets sets = new(1);

    public long Journeys { get; private set; }

    public void Add(JourneyBlock block)
    {
        Widen();
        windows.AddStream(block.Stream);
        foreach (var row in block.Rows)
        {
            var path = block.PathAt(row.Start, row.Touches);
            places.Add(path, row.Outcome);
            windows.AddEnd(path, row.Outcome);

            // The stream holds each row once, of however many journeys it is.
            if (row.Outcome.Journeys != 1)
                windows.AddPlaces(path, row.Outcome.Journeys - 1);
        }

        Journeys += block.Journeys;
        if (withSets)
            block.Each(sets.Add);
    }

    public PassResult Solve()
    {
        // By name: in what order channels came shows nowhere.
        var sorted = names.Names.Order(StringComparer.Ordinal).ToList();
        byte[] numbers = [.. names.Names.Select(name => (byte)sorted.IndexOf(name))];
        var chains = new List<MarkovChain>();
        for (var counts = windows.Renumber(sorted.Count, numbers); ; counts = counts.Reduce(counts.Order - 1))
        {
            chains.Insert(0, MarkovChain.Of(counts));
            if (counts.Order == 1)
                break;
        }

        var rules = places.Renumber(new(sorted.Count, numbers[Direct]), numbers);
        return new(sorted, names.HasDirect ? null : numbers[Direct], chains, rules, withSets ? ShapleyValue.Of(sets.Renumber(sorted.Count, numbers)) : null);
    }

    private void Widen()
    {
        var count = names.Names.Count;
        if (count == windows.Channels)
            return;
        byte[] same = [.. Enumerable.Range(0, windows.Channels).Select(channel => (byte)channel)];
        windows = windows.Renumber(count, same);
        places = places.Renumber(new(count, Direct), same);
        sets = sets.Renumber(count, same);
    }
}

/// <summary>What all models say of the journeys, channels by name.</summary>
/// <param name="Absent">The channel that has a number and no touch.</param>
internal sealed record PassResult(IReadOnlyList<string> Channels, int? Absent, IReadOnlyList<MarkovChain> Chains, PlaceCounts Rules, ShapleyValue? Shapley)
{
    /// <summary>Rules first, then chains, then Shapley.</summary>
    public IEnumerable<(AttributionModel Model, ChannelCredit Credit, MarkovChain? Chain)> Models()
    {
        foreach (var model in AttributionModels.All.Where(model => model.IsRule && model.IsAdditive))
            yield return (model, Rules.Credit(model), null);
        foreach (var chain in Chains)
            yield return (AttributionModel.Markov1 + chain.Order - 1, chain.Credit, chain);
        if (Shapley is not null)
            yield return (AttributionModel.Shapley, Shapley.Credit, null);
    }
}
