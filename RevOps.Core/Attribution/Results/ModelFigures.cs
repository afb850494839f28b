using System.Collections.Concurrent;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>What each model credits each channel with, worked out once for a set of journeys.</summary>
/// <param name="set">Of the period, by the day of payment or conversion.</param>
/// <param name="byClick">Journeys that ended since the period began, valued as of now: those of its clicks are among them.</param>
/// <param name="cut">What was asked.</param>
internal sealed class ModelFigures(JourneySet set, IReadOnlyList<Journey> byClick, JourneyCut cut)
{
    /// <summary>What tells orders apart at a glance is told by so many journeys.</summary>
    private const int MostHeldOut = 30_000;

    private readonly ConcurrentDictionary<AttributionModel, Lazy<ModelTotals>> totals = [];
    private readonly ConcurrentDictionary<AttributionModel, Lazy<ModelTotals>> clicks = [];
    private readonly Lazy<IReadOnlyList<string>?[]> platforms = new(() => PlatformsOf(set));
    private readonly Lazy<OrderChoice> orders = new(() => OrderChoice.Of(set.Paths, most: MostHeldOut));

    public JourneySet Set => set;

    public JourneyCut Cut => cut;

    /// <summary>Whether conversions of the kind have a value.</summary>
    public bool HasMoney => cut.Kind is ConversionKind.Paid or ConversionKind.Booking;

    /// <summary>By channel: platforms of its touches in converting journeys and in those that came to nothing; null where it has no touch.</summary>
    public IReadOnlyList<IReadOnlyList<string>?> Platforms => platforms.Value;

    /// <summary>Which order fits held-out journeys best: chosen of what is there now, so that nobody can tell what was there first.</summary>
    public OrderChoice Orders => orders.Value;

    public ModelTotals Of(AttributionModel model) => totals.GetOrAdd(model, key => new(() => Make(key))).Value;

    /// <summary>Credited so far to touches of the period, by the journeys' own splits.</summary>
    public ModelTotals ByClick(AttributionModel model) => clicks.GetOrAdd(model, key => new(() => Sum(byClick, Of(key), touch => touch >= cut.First && touch < cut.End))).Value;

    /// <summary>A channel's part of <see cref="ByClick"/> by campaign, as <see cref="Share.Campaign"/> names it.</summary>
    public Dictionary<string, (TouchSource Source, double Conversions, long Minor)> ByClickOf(AttributionModel model, byte channel)
    {
        var found = new Dictionary<string, (TouchSource Source, double Conversions, long Minor)>(StringComparer.Ordinal);
        foreach (var share in byClick.Where(journey => journey.Path.Contains(channel)).SelectMany(journey => Opened.SharesOf(journey, Of(model), channel)).Where(share => share.At >= cut.First && share.At < cut.End))
        {
            var known = found.GetValueOrDefault(share.Campaign);
            found[share.Campaign] = (share.Source, known.Conversions + (share.Weight * share.Journey.Conversions), known.Minor + share.Minor);
        }

        return found;
    }

    /// <summary>With everything that a comparison shows, before anybody asks for it.</summary>
    public ModelFigures WorkedOut()
    {
        foreach (var model in AttributionModels.All)
            ByClick(model);
        _ = (Platforms, Orders);
        return this;
    }

    /// <summary>The same question after payments came or went back.</summary>
    public ModelFigures Follow(JourneyWorld now) => new(set.Follow(now), [.. JourneySet.Since(now, cut)], cut);

    private static IReadOnlyList<string>?[] PlatformsOf(JourneySet set)
    {
        var seen = new HashSet<(JourneyBook Book, int Source)>();
        foreach (var (book, from, to) in set.Credited.Select(journey => (journey.Book!, journey.From, journey.To)).Concat(set.Nulls.Select(journey => (journey.Book, journey.From, journey.To))))
        {
            for (var touch = from; touch < to; touch++)
                seen.Add((book, book.SourceNumberOf(touch)));
        }

        var found = new IReadOnlyList<string>?[ChannelNumber.Count];
        foreach (var channel in seen.Select(one => one.Book.Sources[one.Source]).GroupBy(source => ChannelNumber.Of(source.Channel)))
            found[channel.Key] = [.. channel.Select(source => source.Platform).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return found;
    }

    private ModelTotals Make(AttributionModel model)
    {
        if (model.IsRule)
            return Sum(set.Credited, new(model, [], [], [], null), null);
        var chain = model.Order > 0 ? MarkovChain.Of(set.Paths, model.Order) : null;
        var shapley = chain is null ? ShapleyValue.Of(set.Paths) : null;
        var (credit, valueShares) = chain is not null ? (chain.Credit, chain.ValueShares) : (shapley!.Credit, shapley.ValueShares);
        double[] weights = [.. chain?.RemovalEffects ?? shapley!.Credit.Conversions];
        var (converted, others) = (set.Credited.Where(journey => journey.Conversions > 0), set.Credited.Where(journey => journey.Conversions == 0));
        var basis = new ModelTotals(model, [.. credit.Conversions], [], weights, chain);

        // Values that cancel each other are no share to go by, and so each journey's own split counts, as it does for money that is no conversion.
        var minor = valueShares.Any(share => share != 0) ? LargestRemainder.Split(converted.Sum(journey => journey.ValueMinor), valueShares) : Sum(converted, basis, null).Minor;
        var later = Sum(others, basis, null).Minor;
        return basis with { Minor = [.. minor.Select((own, channel) => own + later[channel])] };
    }

    /// <summary>Adds up what the journeys' own splits give each channel.</summary>
    private static ModelTotals Sum(IEnumerable<Journey> journeys, ModelTotals basis, Func<long, bool>? counts)
    {
        var (conversions, minor) = (new double[ChannelNumber.Count], new long[ChannelNumber.Count]);
        var (weights, parts) = (new double[16], new long[16]);
        foreach (var journey in journeys)
        {
            if (weights.Length < journey.Length)
                (weights, parts) = (new double[journey.Length * 2], new long[journey.Length * 2]);
            var own = weights.AsSpan(0, journey.Length);
            var money = parts.AsSpan(0, journey.Length);
            var path = journey.Path;
            JourneySplit.Weigh(journey, basis.Model, basis.Weights, own);
            JourneySplit.Money(journey, basis.Model, own, money);
            for (var touch = 0; touch < path.Length; touch++)
            {
                if (counts is not null && !counts(journey.Book!.TouchedAt(journey.From + touch)))
                    continue;
                conversions[path[touch]] += own[touch] * journey.Conversions;
                minor[path[touch]] += money[touch];
            }
        }

        return basis with { Conversions = conversions, Minor = minor };
    }
}

/// <param name="Model">Which.</param>
/// <param name="Conversions">By channel.</param>
/// <param name="Minor">By channel; with the unattributed they add up to all money, to the cent, but for Influenced.</param>
/// <param name="Weights">What splits a journey among its channels: removal effects, Shapley values; none for rules.</param>
/// <param name="Chain">Of a Markov model.</param>
internal sealed record ModelTotals(AttributionModel Model, double[] Conversions, long[] Minor, double[] Weights, MarkovChain? Chain);
