using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>Lays all models side by side.</summary>
internal static class ComparisonTable
{
    public static ComparisonReport Of(Asked asked, SpendOfChannels spend, bool pending)
    {
        var (set, question) = (asked.Set, asked.Question);
        var totals = AttributionModels.All.ToDictionary(model => model, asked.Figures.Of);
        var platforms = asked.Figures.Platforms;
        var rows = Enumerable.Range(0, ChannelNumber.Count).Select(number => (byte)number)
            .Where(channel => platforms[channel] is not null || totals.Values.Any(total => total.Conversions[channel] != 0 || total.Minor[channel] != 0) || spend.Of(channel) is > 0)
            .Select(channel => RowOf(asked, spend, totals, channel, platforms[channel] ?? []))
            .OrderByDescending(row => row.Models[question.Model].Minor ?? 0).ThenByDescending(row => row.Models[question.Model].Conversions).ThenBy(row => row.Channel, StringComparer.Ordinal).ToList();
        bool IsShown(ChannelRow row) => (question.Channel is null || row.Channel == question.Channel) && (question.Platform is null || row.Platforms.Contains(question.Platform));
        return new()
        {
            Basis = asked.Basis,
            Models = AttributionModels.All,
            Rows = rows.FindAll(IsShown),
            Hidden = rows.FindAll(row => !IsShown(row)),
            Unattributed = UnattributedOf(asked),
            Conversions = set.Conversions + set.Unattributed.Sum(journey => journey.Conversions),
            Minor = asked.Minor(set.ValueMinor + set.Unattributed.Sum(journey => journey.ValueMinor)),
            NullPaths = set.Nulls.Count,
            OpenPaths = set.Open,
            DistinctPaths = set.Paths.Count,
            IntervalsPending = pending,
            SpendMinor = spend.TotalMinor,
        };
    }

    internal static UnattributedLine UnattributedOf(Asked asked)
    {
        var parts = asked.Set.Unattributed.GroupBy(journey => journey.Reason!.Value).OrderBy(group => group.Key)
            .Select(group => new UnattributedPart(group.Key, group.Sum(journey => journey.Conversions), asked.Minor(group.Sum(journey => journey.ValueMinor)))).ToList();
        return new(parts.Sum(part => part.Conversions), asked.Minor(parts.Sum(part => part.Minor ?? 0)), parts);
    }

    private static ChannelRow RowOf(Asked asked, SpendOfChannels spend, Dictionary<AttributionModel, ModelTotals> totals, byte channel, IReadOnlyList<string> platforms)
    {
        var cost = spend.Of(channel);
        var cells = totals.ToDictionary(pair => pair.Key, pair => CellOf(asked, pair.Value, channel, cost));
        var shares = cells.Where(cell => cell.Key.IsAdditive).Select(cell => cell.Value.Share).ToList();
        var influenced = (int)Math.Round(totals[AttributionModel.Influenced].Conversions[channel]);
        return new()
        {
            Channel = ChannelNumber.NameOf(channel),
            Platforms = platforms,
            Models = cells,
            LowestShare = shares.Min(),
            HighestShare = shares.Max(),
            Influenced = influenced,
            InfluencedMinor = asked.Minor(totals[AttributionModel.Influenced].Minor[channel]),
            IsThin = influenced < ChannelRow.Thin,
            OnlyByChain = influenced == 0 && shares.Exists(share => share != 0),
            SpendMinor = cost,
        };
    }

    private static ModelCell CellOf(Asked asked, ModelTotals totals, byte channel, long? cost)
    {
        var (conversions, minor, all, interval) = (totals.Conversions[channel], totals.Minor[channel], asked.Set.Conversions, IntervalOf(asked, totals.Model, channel));
        var cell = new ModelCell(conversions, asked.Minor(minor), all == 0 ? 0 : conversions / all, interval?.Conversions.Low * all, interval?.Conversions.High * all)
        {
            RemovalEffect = totals.Chain?.RemovalEffects[channel],
            RemovalEnds = asked.Intervals.Of(totals.Model)?.Removal?[channel] is { } removal ? (removal.Low, removal.High) : null,
            LowMinor = Cents(asked, interval?.Value.Low),
            HighMinor = Cents(asked, interval?.Value.High),
        };
        if (cost is not > 0)
            return cell;
        var click = asked.Figures.ByClick(totals.Model);
        return cell with
        {
            RoasByPayment = asked.Figures.HasMoney ? minor / (double)cost : null,
            RoasByClick = asked.Figures.HasMoney ? click.Minor[channel] / (double)cost : null,
            CpaByPaymentMinor = PerConversion(cost.Value, conversions),
            CpaByClickMinor = PerConversion(cost.Value, click.Conversions[channel]),
            ByClickMinor = asked.Minor(click.Minor[channel]),
            ByClickConversions = click.Conversions[channel],
        };
    }

    private static (ShareInterval Conversions, ShareInterval Value)? IntervalOf(Asked asked, AttributionModel model, byte channel) =>
        asked.Intervals.Of(model) is { } known ? (known.Conversions[channel], known.Value[channel]) : null;

    private static long? Cents(Asked asked, double? share) => share is { } known && asked.Figures.HasMoney ? (long)Math.Round(known * asked.Set.ValueMinor) : null;

    private static long? PerConversion(long cost, double conversions) => conversions > 0 ? (long)Math.Round(cost / conversions) : null;
}
