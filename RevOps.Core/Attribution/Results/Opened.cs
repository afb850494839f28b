using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>
/// Opens a channel's figure. Under a rule it is made of the journeys' own splits; a chain's is allotted to its converting journeys in proportion to
/// these, to the cent. Either way what is opened adds up to the figure.
/// </summary>
internal sealed class Opened
{
    private readonly ModelTotals totals;
    private readonly List<Share> shares;

    private Opened(ModelTotals totals, byte channel, List<Share> shares)
    {
        (this.totals, this.shares) = (totals, shares);
        (Conversions, Minor) = (totals.Conversions[channel], totals.Minor[channel]);
    }

    public double Conversions { get; }
    public long Minor { get; }

    public bool OnlyByChain => shares.Count == 0 && (Conversions != 0 || Minor != 0);

    public static Opened Of(Asked asked, AttributionModel model, byte channel)
    {
        var (totals, shares) = (asked.Figures.Of(model), new List<Share>());
        foreach (var journey in asked.Set.Credited)
        {
            if (journey.Path.Contains(channel))
                shares.AddRange(SharesOf(journey, totals, channel));
        }

        return new(totals, channel, shares);
    }

    /// <summary>The figure by whatever its parts have in common.</summary>
    public IReadOnlyList<Part<TKey>> By<TKey>(Func<Share, TKey> key)
        where TKey : notnull => Allot([.. shares.GroupBy(key)], Conversions, Minor);

    /// <summary>A part of the figure by what its own parts have in common.</summary>
    public IReadOnlyList<Part<TKey>> Within<TOuter, TKey>(Func<Share, TOuter> outer, TOuter at, Func<Share, TKey> key)
        where TOuter : notnull
        where TKey : notnull
    {
        var part = By(outer).FirstOrDefault(one => one.Key.Equals(at));
        return part is null ? [] : Allot([.. shares.Where(share => outer(share).Equals(at)).GroupBy(key)], part.Conversions, part.Minor);
    }

    private IReadOnlyList<Part<TKey>> Allot<TKey>(List<IGrouping<TKey, Share>> groups, double conversions, long minor)
        where TKey : notnull
    {
        if (groups.Count == 0)
            return [];
        if (totals.Model.IsRule)
            return [.. groups.Select(group => new Part<TKey>(group.Key, group.Sum(share => share.Weight * share.Journey.Conversions), group.Sum(share => share.Minor), Journeys(group)))];

        double[] weights = [.. groups.Select(group => group.Sum(share => share.Weight * share.Journey.Conversions))];
        double[] money = [.. groups.Select(group => group.Sum(share => share.Weight * Math.Max(0, share.Journey.ValueMinor)))];
        if (weights.Sum() == 0)
            weights = [.. groups.Select(group => group.Sum(share => share.Weight) + 1e-9)];
        var (sum, cents) = (weights.Sum(), LargestRemainder.Split(minor, money.Sum() > 0 ? money : weights));
        return [.. groups.Select((group, index) => new Part<TKey>(group.Key, conversions * weights[index] / sum, cents[index], Journeys(group)))];
    }

    private static int Journeys(IEnumerable<Share> shares) => shares.Select(share => share.Journey).Distinct().Sum(journey => journey.Conversions);

    private static List<Share> SharesOf(Journey journey, ModelTotals totals, byte channel)
    {
        var (weights, cents) = (new double[journey.Length], new long[journey.Length]);
        JourneySplit.Weigh(journey, totals.Model, totals.Weights, weights);
        if (totals.Model.IsAdditive)
            JourneySplit.Money(journey.ValueMinor, weights, cents);
        else
            cents[journey.Path.IndexOf(channel)] = journey.ValueMinor;
        var found = new List<Share>();
        var path = journey.Path;
        for (var touch = 0; touch < path.Length; touch++)
        {
            if (path[touch] == channel)
                found.Add(new(journey, journey.Book!.SourceOf(journey.From + touch), weights[touch], cents[touch]));
        }

        return found;
    }
}

/// <summary>What one touch of a converting journey has of its journey.</summary>
/// <param name="Weight">Of its conversion.</param>
/// <param name="Minor">Of its money, by the journey's own split.</param>
internal readonly record struct Share(Journey Journey, TouchSource Source, double Weight, long Minor)
{
    /// <summary>Empty where the touch names none.</summary>
    public string Campaign => (Source.CampaignId ?? Source.Campaign) is { } named ? $"{Source.Platform}/{named}" : "";
}

/// <param name="Key">What its parts have in common.</param>
/// <param name="Conversions">Credited.</param>
/// <param name="Minor">Money credited.</param>
/// <param name="Influenced">Converting journeys in it.</param>
internal sealed record Part<TKey>(TKey Key, double Conversions, long Minor, int Influenced);
