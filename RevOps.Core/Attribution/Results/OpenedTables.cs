using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>What opens under a figure: campaigns, journeys, one journey, and the reason of a credit.</summary>
internal static class OpenedTables
{
    private const int MostReasonPaths = 20;

    public static CampaignReport Campaigns(Asked asked, SpendOfChannels spend, string channel)
    {
        var (number, platform) = (ChannelNumber.Of(channel), asked.Question.Platform);
        var opened = Opened.Of(asked, asked.Question.Model, number);
        var (parts, clicks) = (opened.By(share => share.Campaign).ToDictionary(part => part.Key, StringComparer.Ordinal), asked.Figures.ByClickOf(asked.Question.Model, number));
        var sources = opened.Sources();
        var costs = spend.CampaignsOf(number).ToDictionary(campaign => $"{campaign.Platform}/{campaign.CampaignId}", StringComparer.Ordinal);

        // What cost money and brought nothing is shown as well.
        var rows = parts.Keys.Union(clicks.Keys, StringComparer.Ordinal).Union(costs.Values.Where(cost => cost.Minor != 0).Select(cost => $"{cost.Platform}/{cost.CampaignId}"), StringComparer.Ordinal).Select(key =>
        {
            var (part, cost, click) = (parts.GetValueOrDefault(key), costs.GetValueOrDefault(key), clicks.GetValueOrDefault(key));
            var source = sources.GetValueOrDefault(key) ?? click.Source;
            return new CampaignRow(key, source?.Platform ?? cost?.Platform, source?.CampaignId ?? cost?.CampaignId, cost?.Name ?? source?.Campaign, part?.Conversions ?? 0, asked.Minor(part?.Minor ?? 0), part?.Influenced ?? 0, cost?.Minor)
            {
                ByClickConversions = click.Conversions,
                ByClickMinor = asked.Minor(click.Minor),
            };
        }).ToList();
        bool IsShown(CampaignRow row) => platform is null || row.Platform == platform;
        return new()
        {
            Basis = asked.Basis,
            Channel = channel,
            Conversions = opened.Conversions,
            Minor = asked.Minor(opened.Minor),
            Rows = [.. rows.Where(IsShown).OrderByDescending(row => row.Minor ?? 0).ThenByDescending(row => row.Conversions).ThenByDescending(row => row.SpendMinor ?? 0).ThenBy(row => row.Key, StringComparer.Ordinal)],
            Hidden = rows.FindAll(row => !IsShown(row)),
            Across = opened.Across(asked),
            OnlyByChain = opened.OnlyByChain,
        };
    }

    public static JourneyPage Journeys(Asked asked, JourneyPlaceFilter place)
    {
        var (parts, across, onlyByChain) = PartsOf(asked, place);
        var platform = asked.Question.Platform;
        var shown = parts.Where(part => platform is null || Touches(part.Key).Any(source => source.Platform == platform))
            .OrderByDescending(part => part.Minor).ThenByDescending(part => part.Conversions).ThenByDescending(part => part.Key.End).ThenBy(part => part.Key.SubjectId).ToList();
        var rows = shown.Skip((place.Page - 1) * place.Size).Take(place.Size).Select(part => LineOf(asked, place, part)).ToList();
        var (conversions, minor) = (shown.Sum(part => part.Conversions), shown.Sum(part => part.Minor));
        return new(asked.Basis, conversions, asked.Minor(minor), rows, shown.Count, onlyByChain)
        {
            Hidden = parts.Count - shown.Count,
            HiddenConversions = parts.Sum(part => part.Conversions) - conversions,
            HiddenMinor = asked.Minor(parts.Sum(part => part.Minor) - minor),
            Across = across,
        };
    }

    public static CreditReason Why(Asked asked, string channel)
    {
        var (number, model) = (ChannelNumber.Of(channel), asked.Question.Model);
        var (opened, order) = (Opened.Of(asked, model, number), Math.Max(1, model.Order));
        var chain = asked.Figures.Of(AttributionModels.ChainOf(order)).Chain!;
        var parts = opened.By(share => Convert.ToHexString(share.Journey.Path)).OrderByDescending(part => part.Minor).ThenByDescending(part => part.Conversions).ThenBy(part => part.Key, StringComparer.Ordinal).ToList();
        var rest = parts.Skip(MostReasonPaths).ToList();
        return new()
        {
            Basis = asked.Basis,
            Channel = channel,
            Conversions = opened.Conversions,
            Minor = asked.Minor(opened.Minor),
            Share = asked.Figures.HasMoney ? PartOf(opened.Minor, asked.Set.ValueMinor) : PartOf(opened.Conversions, asked.Set.Conversions),
            Paths = [.. parts.Take(MostReasonPaths).Select(part => new ReasonPath(NamesOf(Convert.FromHexString(part.Key)), part.Influenced, part.Conversions, asked.Minor(part.Minor)))],
            OtherPaths = rest.Count == 0 ? null : new([], rest.Sum(part => part.Influenced), rest.Sum(part => part.Conversions), asked.Minor(rest.Sum(part => part.Minor))),
            Across = opened.Across(asked),
            RemovalEffect = chain.RemovalEffects[number],
            Total = chain.Total.Conversions,
            Without = chain.Without(number).Conversions,
            ChainOrder = order,
            OnlyByChain = opened.OnlyByChain,
        };
    }

    internal static string IdOf(Asked asked, Journey journey) => $"{asked.Question.Kind.ToString().ToLowerInvariant()}-{journey.SubjectId:N}";

    internal static IReadOnlyList<string> NamesOf(ReadOnlySpan<byte> path)
    {
        var names = new string[path.Length];
        for (var touch = 0; touch < names.Length; touch++)
            names[touch] = StagedPath.NameOf(path[touch]);
        return names;
    }

    private static double PartOf(double part, double all) => all == 0 ? 0 : part / all;

    /// <summary>Everything that was chosen holds at once; what is shared across journeys belongs to a channel as a whole, and to none of its paths or campaigns.</summary>
    private static (IReadOnlyList<Part<Journey>> Parts, AcrossJourneys? Across, bool OnlyByChain) PartsOf(Asked asked, JourneyPlaceFilter place)
    {
        bool Holds(Journey journey) => (place.Reason is null || journey.Reason == place.Reason) && (place.Path is null || PathTables.KeyOf(PathOf(asked, place, journey)) == place.Path);
        if (place.Channel is not { } channel)
            return ([.. asked.Set.Credited.Concat(place.All || place.Reason is not null ? asked.Set.Unattributed : []).Where(Holds).Select(journey => new Part<Journey>(journey, journey.Conversions, journey.ValueMinor, journey.Conversions))], null, false);
        var opened = Opened.Of(asked, asked.Question.Model, ChannelNumber.Of(channel));
        var whole = place is { Campaign: null, Path: null, Reason: null };
        return (opened.Within(share => Holds(share.Journey) && (place.Campaign is null || share.Campaign == place.Campaign), share => share.Journey), whole ? opened.Across(asked) : null, place.Campaign is null && opened.OnlyByChain);
    }

    private static ReadOnlySpan<byte> PathOf(Asked asked, JourneyPlaceFilter place, Journey journey) => place.Stages ? StagedPath.Of(journey, asked.Mode) : journey.Path;

    private static JourneyLine LineOf(Asked asked, JourneyPlaceFilter place, Part<Journey> part) => new(
        IdOf(asked, part.Key), part.Key.PersonId, new(part.Key.End, TimeSpan.Zero), NamesOf(PathOf(asked, place, part.Key)), part.Key.Days, asked.Minor(part.Key.ValueMinor), part.Conversions, asked.Minor(part.Minor));

    private static IEnumerable<TouchSource> Touches(Journey journey)
    {
        for (var touch = journey.From; touch < journey.To; touch++)
            yield return journey.Book!.SourceOf(touch);
    }
}
