using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>
/// Opens a channel's figure down to what its touches have of their own journeys: the parts of one sale add up to that sale, whichever channel is
/// opened. A model that looks at all journeys at once shares out by rates, and so may give the channel more or less than this: that is the rest.
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

    /// <summary>What the channel's journeys have, by whatever they have in common.</summary>
    public IReadOnlyList<Part<TKey>> By<TKey>(Func<Share, TKey> key)
        where TKey : notnull => Grouped(shares, key);

    /// <summary>A part of it, by what its own parts have in common.</summary>
    public IReadOnlyList<Part<TKey>> Within<TKey>(Func<Share, bool> within, Func<Share, TKey> key)
        where TKey : notnull => Grouped(shares.Where(within), key);

    /// <summary>By campaign, of one of its touches.</summary>
    public Dictionary<string, TouchSource> Sources() => shares.GroupBy(share => share.Campaign, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Source, StringComparer.Ordinal);

    /// <summary>The figure less all its parts; null under a rule, which shares each journey by itself.</summary>
    public AcrossJourneys? Across(Asked asked) => totals.Model.IsRule ? null
        : new(Conversions - shares.Sum(share => share.Weight * share.Journey.Conversions), asked.Minor(Minor - shares.Sum(share => share.Minor)));

    private static IReadOnlyList<Part<TKey>> Grouped<TKey>(IEnumerable<Share> shares, Func<Share, TKey> key)
        where TKey : notnull => [.. shares.GroupBy(key).Select(group => new Part<TKey>(group.Key, group.Sum(share => share.Weight * share.Journey.Conversions), group.Sum(share => share.Minor), Journeys(group)))];

    private static int Journeys(IEnumerable<Share> shares) => shares.Select(share => share.Journey).Distinct().Sum(journey => journey.Conversions);

    /// <summary>What the channel's touches have of one journey.</summary>
    internal static List<Share> SharesOf(Journey journey, ModelTotals totals, byte channel)
    {
        var (weights, cents) = (new double[journey.Length], new long[journey.Length]);
        JourneySplit.Weigh(journey, totals.Model, totals.Weights, weights);
        JourneySplit.Money(journey, totals.Model, weights, cents);
        var found = new List<Share>();
        var path = journey.Path;
        for (var touch = 0; touch < path.Length; touch++)
        {
            if (path[touch] == channel)
                found.Add(new(journey, journey.Book!.SourceOf(journey.From + touch), journey.Book.TouchedAt(journey.From + touch), weights[touch], cents[touch]));
        }

        return found;
    }
}

/// <summary>What one touch of a converting journey has of its journey.</summary>
/// <param name="Journey">Which.</param>
/// <param name="Source">Of the touch.</param>
/// <param name="At">Ticks of the touch.</param>
/// <param name="Weight">Of its conversion.</param>
/// <param name="Minor">Of its money, by the journey's own split.</param>
internal readonly record struct Share(Journey Journey, TouchSource Source, long At, double Weight, long Minor)
{
    /// <summary>Empty where the touch names none.</summary>
    public string Campaign => (Source.CampaignId ?? Source.Campaign) is { } named ? $"{Source.Platform}/{named}" : "";
}

/// <param name="Key">What its parts have in common.</param>
/// <param name="Conversions">Credited.</param>
/// <param name="Minor">Money credited.</param>
/// <param name="Influenced">Converting journeys in it.</param>
internal sealed record Part<TKey>(TKey Key, double Conversions, long Minor, int Influenced);
