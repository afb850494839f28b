using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RevOps.Core.Platform;

namespace RevOps.Core.Spend;

/// <summary>What a column of a file of spend says.</summary>
public enum SpendField
{
    Day = 0,
    CampaignId = 1,
    CampaignName = 2,
    Cost = 3,

    /// <summary>Null: that of the heading of the cost, else the company's.</summary>
    Currency = 4,

    Impressions = 5,
    Clicks = 6,
    AdsetId = 7,
    AdId = 8,

    /// <summary>Null: as chosen for the whole file, as the account.</summary>
    Platform = 9,

    Account = 10,
}

/// <summary>Which column says what, and what holds for every row of the file.</summary>
/// <param name="Platform">Of rows that do not say it.</param>
/// <param name="Account">Of rows that do not say it.</param>
public sealed partial record SpendMapping(IReadOnlyDictionary<SpendField, string> Columns, string Platform, string Account)
{
    // Headings of the exports of Ads Manager, Google Ads, LinkedIn and Microsoft, in English and French, without accents and brackets.
    private static readonly (SpendField Field, string[] Words)[] Known =
    [
        (SpendField.Day, ["day", "date", "reporting starts", "start date", "jour", "debut des rapports", "date de debut", "gregorian date"]),
        (SpendField.CampaignId, ["campaign id", "id de la campagne", "id campagne", "identifiant de la campagne", "numero de campagne"]),
        (SpendField.CampaignName, ["campaign name", "campaign", "nom de la campagne", "campagne"]),
        (SpendField.Cost, ["amount spent", "cost", "spend", "total spent", "montant depense", "cout", "depense", "depenses"]),
        (SpendField.Currency, ["currency", "currency code", "devise", "code devise", "code de devise", "account currency"]),
        (SpendField.Impressions, ["impressions", "impr.", "impr"]),
        (SpendField.Clicks, ["clicks", "link clicks", "clics", "clics sur un lien"]),
        (SpendField.AdsetId, ["ad set id", "ad group id", "id de l'ensemble de publicites", "id du groupe d'annonces"]),
        (SpendField.AdId, ["ad id", "id de la publicite", "id de l'annonce"]),
        (SpendField.Platform, ["platform", "plateforme"]),
        (SpendField.Account, ["account id", "customer id", "account", "id du compte", "compte"]),
    ];

    // Days under these are written as in France.
    private static readonly string[] FrenchDays = ["jour", "debut des rapports", "date de debut"];

    /// <summary>Null: as the days themselves show it.</summary>
    public DayOrder? DayOrder { get; init; }

    public bool IsFrench => this[SpendField.Day] is { } heading && FrenchDays.Contains(Plain(heading), StringComparer.Ordinal);

    public string? this[SpendField field] => Columns.GetValueOrDefault(field);

    public bool IsComplete => this[SpendField.Day] is not null && this[SpendField.Cost] is not null && (this[SpendField.CampaignId] ?? this[SpendField.CampaignName]) is not null;

    /// <summary>The currency that the heading of the cost names in brackets, as Ads Manager writes it.</summary>
    public string? CurrencyOfHeading => this[SpendField.Cost] is { } heading && InBrackets().Match(heading) is { Success: true } found && Currency.IsKnown(found.Groups["code"].Value) ? found.Groups["code"].Value : null;

    public static SpendMapping Guess(CsvTable table)
    {
        var (columns, left) = (new Dictionary<SpendField, string>(), table.Heading.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList());
        foreach (var (field, words) in Known)
        {
            if (words.Select(word => left.Find(name => Plain(name) == word)).FirstOrDefault(name => name is not null) is not { } found)
                continue;
            columns[field] = found;
            left.Remove(found);
        }

        var platform = columns.GetValueOrDefault(SpendField.Cost) is { } cost && Plain(cost) is "amount spent" or "montant depense" ? SpendPlatform.Meta
            : table.Heading.Any(name => Plain(name) is "impr.") ? SpendPlatform.Google : SpendPlatform.Other;
        return new(columns, platform, "file");
    }

    private static string Plain(string name) => string.Concat(InBrackets().Replace(name, "").Normalize(NormalizationForm.FormD).Where(sign => CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark))
        .Replace('’', '\'').Replace('_', ' ').Trim().ToLowerInvariant();

    [GeneratedRegex(@"\s*\((?<code>[^)]*)\)\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex InBrackets();
}

/// <summary>A row of the file, or what is wrong with it.</summary>
/// <param name="Fact">Null where it cannot be taken.</param>
/// <param name="Problem">A code; null where it can.</param>
/// <param name="Found">What stands there instead.</param>
public sealed record SpendRow(int Line, string Platform, string Account, SpendFact? Fact, string? Problem, string? Found);

/// <summary>Reads a file of spend by its columns.</summary>
public static class SpendFile
{
    private const int LongestId = 100;
    private const int LongestName = 300;

    /// <summary>Every row, read or with what is wrong; of a day of an ad that stands twice the second is.</summary>
    /// <param name="table">The file.</param>
    /// <param name="mapping">Its columns.</param>
    /// <param name="own">The company's currency.</param>
    /// <param name="today">No file knows of days after it.</param>
    public static IReadOnlyList<SpendRow> Read(CsvTable table, SpendMapping mapping, string own, DateOnly today)
    {
        var seen = new Dictionary<(string, string, DateOnly, string, string, string), int>();
        var days = SpendDays.Of(table.Rows.Select(row => row[mapping[SpendField.Day]]), mapping.DayOrder, mapping.IsFrench);
        return [.. table.Rows.Select(row =>
        {
            var read = RowOf(row, mapping, days, own, today);
            return read.Fact is { } fact && !seen.TryAdd((read.Platform, read.Account, fact.Day, fact.CampaignId, fact.AdsetId, fact.AdId), row.Line)
                ? read with { Fact = null, Problem = "twice", Found = seen[(read.Platform, read.Account, fact.Day, fact.CampaignId, fact.AdsetId, fact.AdId)].ToString(CultureInfo.InvariantCulture) }
                : read;
        })];
    }

    private static SpendRow RowOf(CsvRow row, SpendMapping mapping, SpendDays days, string own, DateOnly today)
    {
        var (day, cost, name) = (row[mapping[SpendField.Day]], row[mapping[SpendField.Cost]], row[mapping[SpendField.CampaignName]]);
        var campaign = row[mapping[SpendField.CampaignId]] is { Length: > 0 } id ? id : name;
        var platform = row[mapping[SpendField.Platform]] is { Length: > 0 } said ? said.ToLowerInvariant() : mapping.Platform;
        var account = row[mapping[SpendField.Account]] is { Length: > 0 } given ? given : mapping.Account;
        var currency = row[mapping[SpendField.Currency]] is { Length: > 0 } code ? code.ToUpperInvariant() : mapping.CurrencyOfHeading ?? own;
        if (!SpendPlatform.All.Contains(platform))
            return Wrong("platform", platform);
        if (account.Length is 0 or > LongestId)
            return Wrong("account", account);
        var (on, unread) = days.Read(day);
        if (unread is not null)
            return Wrong(unread, day);
        if (on > today)
            return Wrong("future", day);
        if (campaign.Length is 0 or > LongestId)
            return Wrong("campaign", campaign);
        if (!Currency.IsKnown(currency))
            return Wrong("currency", currency);
        if (AmountText.MinorOf(cost, currency) is not { } minor)
            return Wrong("cost", cost);
        if (!Whole(row[mapping[SpendField.Impressions]], out var impressions) || !Whole(row[mapping[SpendField.Clicks]], out var clicks))
            return Wrong("count", $"{row[mapping[SpendField.Impressions]]} {row[mapping[SpendField.Clicks]]}");
        var (adset, ad) = (row[mapping[SpendField.AdsetId]], row[mapping[SpendField.AdId]]);
        if (adset.Length > LongestId || ad.Length > LongestId)
            return Wrong("ad", ad);
        return new(row.Line, platform, account, new(on, campaign, name.Length > 0 ? name[..Math.Min(name.Length, LongestName)] : campaign, adset, null, ad, null, new(minor, currency), impressions, clicks), null, null);

        SpendRow Wrong(string problem, string found) => new(row.Line, platform, account, null, problem, found);
    }

    /// <summary>Empty, or a whole number with whatever parts its thousands.</summary>
    private static bool Whole(string text, out long? number)
    {
        var digits = string.Concat(text.Where(sign => !char.IsWhiteSpace(sign) && sign is not (',' or '.' or '\u00a0' or '\u202f')));
        number = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        return digits is "" or "-" or "--" || number is not null;
    }
}
