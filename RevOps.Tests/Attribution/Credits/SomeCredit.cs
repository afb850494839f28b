using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Platform;
using RevOps.Web.Attribution.Credits;
using RevOps.Web.Shared;

namespace RevOps.Tests.Attribution.Credits;

/// <summary>A comparison of two channels and a rest that no touch explains: 1,000.00 paid, of which 250.01 is unattributed.</summary>
internal static class SomeCredit
{
    public static readonly AnswerBasis Basis = new() { AsOf = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), Currency = "EUR", Mode = Mode.Live };

    public static readonly CreditChoice Choice = new(new PeriodChoice(new(new(2026, 1, 1), new(2026, 3, 1)), Comparison.Previous));

    public static ComparisonReport Report(long search = 50_000, long social = 24_999, params long[] hidden) => new()
    {
        Basis = Basis,
        Models = [.. AttributionModels.All],
        Rows = [Row(Channel.PaidSearch, search, 40), Row(Channel.PaidSocial, social, 12) with { IsThin = true, SpendMinor = 10_000 }],
        Unattributed = new(5, 100_000 - 74_999, [new(UnattributedReason.NoTouch, 3, 20_000), new(UnattributedReason.NoConsent, 2, 5_001)]),
        Conversions = 57,
        Minor = 100_000,
        NullPaths = 900,
        OpenPaths = 100,
        DistinctPaths = 77,
        IntervalsPending = false,
        SpendMinor = 10_000,
        Hidden = [.. hidden.Select(minor => Row(Channel.Email, minor, 0))],
    };

    private static ChannelRow Row(string channel, long minor, int conversions) => new()
    {
        Channel = channel,
        Platforms = [channel == Channel.PaidSearch ? "google" : "meta"],
        Models = AttributionModels.All.ToDictionary(model => model, model => new ModelCell(conversions, minor, (double)minor / 74_999, conversions - 5, conversions + 5)
        {
            LowMinor = minor - 1_000,
            HighMinor = minor + 1_000,
            RemovalEffect = model.Order > 0 ? 0.5 : null,
            RoasByPayment = channel == Channel.PaidSocial ? minor / 10_000d : null,
        }),
        LowestShare = 0.2,
        HighestShare = 0.7,
        Influenced = conversions,
        InfluencedMinor = minor,
        IsThin = false,
    };
}
