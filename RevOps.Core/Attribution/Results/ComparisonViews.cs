using RevOps.Core.Attribution.Models;

namespace RevOps.Core.Attribution.Results;

/// <summary>All models side by side, one row per channel. Credit, never cause. No filter moves a total.</summary>
public sealed record ComparisonReport
{
    public required AnswerBasis Basis { get; init; }

    /// <summary>The models in the order in which they are shown.</summary>
    public required IReadOnlyList<AttributionModel> Models { get; init; }

    /// <summary>The most credit under the chosen model first. With no filter, money and conversions of a model add up to the total less <see cref="Unattributed"/>.</summary>
    public required IReadOnlyList<ChannelRow> Rows { get; init; }

    public required UnattributedLine Unattributed { get; init; }

    /// <summary>All conversions of the period, credited and not.</summary>
    public required double Conversions { get; init; }

    /// <summary>Of Paid: all that was paid in the period less what went back, credited and not. Of Booking: the amounts booked. Null where the kind has no money.</summary>
    public long? Minor { get; init; }

    /// <summary>Journeys that ended in nothing: <see cref="OpenPaths"/> among them, unless the question leaves those out.</summary>
    public required int NullPaths { get; init; }

    /// <summary>Journeys that may still convert: their last touch is younger than the look-back.</summary>
    public required int OpenPaths { get; init; }

    /// <summary>Different sequences of channels behind it.</summary>
    public required int DistinctPaths { get; init; }

    /// <summary>Intervals are being worked out; <c>&lt;Live Of="AttributionSnapshot"&gt;</c> tells when they are there.</summary>
    public required bool IntervalsPending { get; init; }

    /// <summary>Spend of the period in the same currency, all channels.</summary>
    public required long SpendMinor { get; init; }

    /// <summary>What a filter leaves out of <see cref="Rows"/>; empty without one.</summary>
    public IReadOnlyList<ChannelRow> Hidden { get; init; } = [];

    /// <summary>Every channel, filtered or not: what is said of the whole goes by them.</summary>
    public IEnumerable<ChannelRow> AllRows => Rows.Concat(Hidden);

    /// <summary>The same with the rows that another report shows: what a platform had in one period says nothing of another, and like is compared with like.</summary>
    public ComparisonReport ShowingAs(ComparisonReport other)
    {
        var hidden = other.Hidden.Select(row => row.Channel).ToHashSet(StringComparer.Ordinal);
        return this with { Rows = [.. AllRows.Where(row => !hidden.Contains(row.Channel))], Hidden = [.. AllRows.Where(row => hidden.Contains(row.Channel))] };
    }

    /// <summary>With a line of nothing for each channel that only the period before had: a change without its line adds up to no change of the total.</summary>
    public ComparisonReport WithGone(ComparisonReport before)
    {
        var known = AllRows.Select(row => row.Channel).ToHashSet(StringComparer.Ordinal);
        IEnumerable<ChannelRow> Gone(IReadOnlyList<ChannelRow> rows) => rows.Where(row => !known.Contains(row.Channel)).Select(row => ChannelRow.Nothing(row.Channel, Models, Minor is not null));
        return this with { Rows = [.. Rows, .. Gone(before.Rows)], Hidden = [.. Hidden, .. Gone(before.Hidden)] };
    }

    /// <summary>Neither conversions nor money: a period in which money only went back has something to show.</summary>
    public bool IsEmpty => Conversions == 0 && Minor is null or 0;

    /// <summary>Spend on the channels that cost money.</summary>
    public long SpentMinor => AllRows.Sum(row => row.SpendMinor ?? 0);

    /// <summary>Money credited to the channels that cost money, for each unit of it; null without spend.</summary>
    public double? RoasOf(AttributionModel model, bool byClick)
    {
        var spent = SpentMinor;
        if (spent <= 0)
            return null;
        var cells = AllRows.Where(row => row.SpendMinor is not null).Select(row => row.Models.GetValueOrDefault(model));
        return cells.Sum(cell => (byClick ? cell?.ByClickMinor : cell?.Minor) ?? 0) / (double)spent;
    }
}

public sealed record ChannelRow
{
    /// <summary>Name of <see cref="Attribution.Channel"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>Platforms of its touches in these journeys.</summary>
    public required IReadOnlyList<string> Platforms { get; init; }

    public required IReadOnlyDictionary<AttributionModel, ModelCell> Models { get; init; }

    /// <summary>Lowest and highest share of the channel over the models, Influenced left out: the spread is the message.</summary>
    public required double LowestShare { get; init; }

    public required double HighestShare { get; init; }

    /// <summary>Conversions with at least one touch of the channel.</summary>
    public required int Influenced { get; init; }

    /// <summary>Money of them; no sum over channels means anything.</summary>
    public long? InfluencedMinor { get; init; }

    /// <summary>Too few conversions with a touch of it to say anything: under <see cref="Thin"/>.</summary>
    public required bool IsThin { get; init; }

    /// <summary>The chain credits it though no converting journey has a touch of it.</summary>
    public bool OnlyByChain { get; init; }

    /// <summary>Spend of the period in the same currency on ads of this channel; null where it costs nothing by the click.</summary>
    public long? SpendMinor { get; init; }

    /// <summary>Fewer conversions than this make a thin row.</summary>
    public const int Thin = 30;

    /// <summary>Of a channel that no journey holds.</summary>
    internal static ChannelRow Nothing(string channel, IReadOnlyList<AttributionModel> models, bool hasMoney) => new()
    {
        Channel = channel,
        Platforms = [],
        Models = models.ToDictionary(model => model, _ => new ModelCell(0, hasMoney ? 0 : null, 0, null, null)),
        LowestShare = 0,
        HighestShare = 0,
        Influenced = 0,
        InfluencedMinor = hasMoney ? 0 : null,
        IsThin = true,
    };
}

/// <param name="Conversions">Credited, in fractions.</param>
/// <param name="Minor">Money credited, to the cent; null where the kind has none.</param>
/// <param name="Share">Of all credited conversions, 0 to 1; a Shapley share may be below 0.</param>
/// <param name="Low">Lower end of the 95 % interval of <paramref name="Conversions"/>; null while it is worked out, and for Influenced.</param>
/// <param name="High">Its upper end.</param>
public sealed record ModelCell(double Conversions, long? Minor, double Share, double? Low, double? High)
{
    /// <summary>Of the Markov models: the share of conversions that the chain loses without the channel, 0 to 1.</summary>
    public double? RemovalEffect { get; init; }

    /// <summary>The 95 % interval of <see cref="RemovalEffect"/>; null while it is worked out.</summary>
    public (double Low, double High)? RemovalEnds { get; init; }

    /// <summary>Ends of the 95 % interval of <see cref="Minor"/>.</summary>
    public long? LowMinor { get; init; }

    public long? HighMinor { get; init; }

    /// <summary>Money credited by the day of payment for each unit of spend of the period; null without spend or money.</summary>
    public double? RoasByPayment { get; init; }

    /// <summary>Money credited so far to touches of the period for each unit of spend of the period.</summary>
    public double? RoasByClick { get; init; }

    /// <summary>Spend of the period for each conversion credited by the day of its conversion (of its payment, for Paid).</summary>
    public long? CpaByPaymentMinor { get; init; }

    /// <summary>Spend of the period for each conversion credited so far to touches of the period.</summary>
    public long? CpaByClickMinor { get; init; }

    /// <summary>What <see cref="RoasByClick"/> divides: by the journeys' own splits.</summary>
    public long? ByClickMinor { get; init; }

    public double? ByClickConversions { get; init; }
}

/// <summary>What no touch explains, by reason; the parts add up to it.</summary>
public sealed record UnattributedLine(double Conversions, long? Minor, IReadOnlyList<UnattributedPart> Parts);

public sealed record UnattributedPart(UnattributedReason Reason, int Conversions, long? Minor);

public enum UnattributedReason
{
    /// <summary>Nobody of that name ever came by a link that is measured.</summary>
    NoTouch = 0,

    /// <summary>Touches may not be joined to the person.</summary>
    NoConsent = 1,

    /// <summary>They came, but longer before than the look-back, or only afterwards.</summary>
    OutsideLookBack = 2,

    /// <summary>They came directly alone, and direct touches are left out.</summary>
    OnlyDirect = 3,
}
