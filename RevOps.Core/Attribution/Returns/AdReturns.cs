using RevOps.Core.Platform;

namespace RevOps.Core.Attribution.Returns;

/// <summary>
/// Lays what ads cost beside what they are credited with. Whatever is not an ad's stands on lines of its own, so that the credits of a
/// table always add up to the money that was paid, to the cent.
/// </summary>
public static class AdReturns
{
    /// <summary>The lines of a level, the dearest first, of days the newest; what is no ad's comes last.</summary>
    /// <param name="costs">Of the period.</param>
    /// <param name="credits">Of the period, by the basis.</param>
    /// <param name="unattributedMinor">Paid in the period without a visit.</param>
    /// <param name="place">Where the table is opened.</param>
    /// <param name="maturity">Null by payment.</param>
    /// <param name="today">To tell ages.</param>
    public static IReadOnlyList<ReturnLine> Of(IReadOnlyList<AdCost> costs, IReadOnlyList<AdCredit> credits, long unattributedMinor, ReturnPlace place, ClickMaturity? maturity, DateOnly today)
    {
        var sorted = credits.Select(credit => (Credit: credit, At: place.Of(credit))).Where(pair => pair.At is not null).ToLookup(pair => pair.At!.Value, pair => pair.Credit);
        var spent = costs.Where(place.Holds).ToLookup(cost => place.KeyOf(cost));
        var keys = spent.Select(group => group.Key).Union(sorted.Where(group => group.Key.Kind == ReturnLineKind.Ads).Select(group => group.Key.Key));
        var ads = keys.Select(key => Line(ReturnLineKind.Ads, key, [.. spent[key]], [.. sorted[(ReturnLineKind.Ads, key)]], place, maturity, today));
        var others = new[] { ReturnLineKind.WithoutCampaign, ReturnLineKind.OtherChannels }
            .Select(kind => (Kind: kind, Credits: sorted.Where(group => group.Key.Kind == kind).SelectMany(group => group).ToList())).Where(other => other.Credits.Count > 0)
            .Select(other => Line(other.Kind, "", [], other.Credits, place, null, today));
        var unattributed = place.Platform is null && unattributedMinor != 0 ? [new ReturnLine(ReturnLineKind.Unattributed, "", null, null, unattributedMinor, 0, 0, 0, null, true)] : Array.Empty<ReturnLine>();
        return [.. place.Level == ReturnLevel.Day ? ads.OrderByDescending(line => line.Key, StringComparer.Ordinal) : ads.OrderByDescending(line => line.CostMinor ?? 0).ThenByDescending(line => line.CreditMinor).ThenBy(line => line.Key, StringComparer.Ordinal), .. others, .. unattributed];
    }

    /// <summary>All lines in one. Sales are not added up: one of them may stand on two lines.</summary>
    public static ReturnLine Total(IReadOnlyList<AdCost> costs, IReadOnlyList<AdCredit> credits, ReturnPlace place, ClickMaturity? maturity, DateOnly today) =>
        Line(ReturnLineKind.Ads, "", [.. costs.Where(place.Holds)], [.. credits.Where(place.Holds)], place, maturity, today);

    private static ReturnLine Line(ReturnLineKind kind, string key, IReadOnlyList<AdCost> costs, IReadOnlyList<AdCredit> credits, ReturnPlace place, ClickMaturity? maturity, DateOnly today)
    {
        var sales = credits.GroupBy(credit => credit.InvoiceId).Count(invoice => invoice.Sum(credit => credit.Minor) > 0);
        var days = costs.GroupBy(cost => cost.Day).Select(day => (Day: day.Key, Minor: day.Sum(cost => cost.Minor))).Where(day => day.Minor > 0).ToList();
        double? ripe = maturity is { IsKnown: true } && days.Count > 0 ? days.Sum(day => day.Minor * maturity.At(today.DayNumber - day.Day.DayNumber)!.Value) / days.Sum(day => day.Minor) : null;
        var line = new ReturnLine(
            kind, key, place.NameOf(costs), costs.Count > 0 ? costs.Sum(cost => cost.Minor) : null, credits.Sum(credit => credit.Minor), sales, costs.Sum(cost => cost.Impressions ?? 0), costs.Sum(cost => cost.Clicks ?? 0),
            ripe, maturity is null || days.All(day => maturity.IsMature(today.DayNumber - day.Day.DayNumber)));
        return line with { Day = place.Level == ReturnLevel.Day && kind == ReturnLineKind.Ads ? FromKey(key) : null, Platform = place.Level == ReturnLevel.Platform && kind == ReturnLineKind.Ads ? key : place.Platform };
    }

    private static DateOnly? FromKey(string key) => DateOnly.TryParseExact(key, ReturnPlace.DayFormat, out var day) ? day : null;
}

/// <summary>Where the table is opened: all platforms, the campaigns of one, the days or ads of one campaign.</summary>
public sealed record ReturnPlace(ReturnLevel Level, ReturnBasis Basis)
{
    internal const string DayFormat = "yyyy-MM-dd";

    public string? Platform { get; init; }
    public string? Campaign { get; init; }

    internal bool Holds(AdCost cost) => (Platform is null || cost.Platform == Platform) && (Campaign is null || cost.CampaignId == Campaign);

    /// <summary>A click that cost money, of this place.</summary>
    internal bool Holds(AdCredit credit) => credit.PaidChannel && (Platform is null || credit.Platform == Platform) && (Campaign is null || credit.CampaignId == Campaign);

    internal string KeyOf(AdCost cost) => Level switch
    {
        ReturnLevel.Platform => cost.Platform,
        ReturnLevel.Campaign => cost.CampaignId,
        ReturnLevel.Day => cost.Day.ToString(DayFormat, System.Globalization.CultureInfo.InvariantCulture),
        _ => cost.AdId,
    };

    /// <summary>Which line a credit belongs to; null: to none of this place.</summary>
    internal (ReturnLineKind Kind, string Key)? Of(AdCredit credit)
    {
        if (Platform is null)
            return !credit.PaidChannel ? (ReturnLineKind.OtherChannels, "") : credit.Platform is { } platform ? (ReturnLineKind.Ads, platform) : (ReturnLineKind.WithoutCampaign, "");
        if (!credit.PaidChannel || credit.Platform != Platform || (Campaign is not null && credit.CampaignId != Campaign))
            return null;
        return Level switch
        {
            ReturnLevel.Campaign => credit.CampaignId is { } campaign ? (ReturnLineKind.Ads, campaign) : (ReturnLineKind.WithoutCampaign, ""),
            ReturnLevel.Day => (ReturnLineKind.Ads, credit.DayOn(Basis).ToString(DayFormat, System.Globalization.CultureInfo.InvariantCulture)),
            _ => (ReturnLineKind.Ads, credit.AdId ?? ""),
        };
    }

    internal string? NameOf(IReadOnlyList<AdCost> costs) => Level switch
    {
        ReturnLevel.Campaign => costs.MaxBy(cost => cost.Day)?.CampaignName,
        ReturnLevel.Ad => costs.MaxBy(cost => cost.Day)?.AdName,
        _ => null,
    };
}
