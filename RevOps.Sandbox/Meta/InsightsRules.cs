using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Sandbox.Ads;

namespace RevOps.Sandbox.Meta;

/// <summary>An ad account and its insights: what may be asked, and the pages of the answer.</summary>
internal static class InsightsRules
{
    private const int UsualPage = 25;
    private const int LargestPage = 500;
    private const int OldestMonths = 37;

    private static readonly HashSet<string> AccountFields = ["id", "account_id", "name", "currency", "timezone_name", "account_status"];
    private static readonly HashSet<string> Parameters = ["level", "time_increment", "time_range", "fields", "limit", "after", "access_token", "appsecret_proof"];
    private static readonly HashSet<string> Levels = ["account", "campaign", "adset", "ad"];

    private static readonly HashSet<string> Fields =
    [
        "account_id", "account_currency", "campaign_id", "campaign_name", "adset_id", "adset_name", "ad_id", "ad_name", "spend", "impressions", "clicks", "inline_link_clicks", "date_start", "date_stop",
    ];

    public static Answer Account(HttpRequest request, string account, AdLedger ledger)
    {
        var all = new Dictionary<string, JsonNode>
        {
            ["id"] = $"act_{account}", ["account_id"] = account, ["name"] = "RevOps Sandbox", ["currency"] = AdLedger.Currency, ["timezone_name"] = AdLedger.TimeZone, ["account_status"] = 1,
        };
        var fields = request.Query["fields"].ToString() is { Length: > 0 } asked ? asked.Split(',') : ["id"];
        return fields.FirstOrDefault(field => !AccountFields.Contains(field)) is { } unknown
            ? MetaError.NoField(unknown).ToAnswer()
            : new(200, new JsonObject([.. fields.Prepend("id").Distinct(StringComparer.Ordinal).Select(field => KeyValuePair.Create(field, (JsonNode?)all[field].DeepClone()))]).ToJsonString(Wire.Snake));
    }

    /// <param name="query">What is asked for.</param>
    /// <param name="account">Whose.</param>
    /// <param name="ledger">Its costs.</param>
    /// <param name="most">Rows that are given at once; more is too much. Null: a report, which may have any number.</param>
    public static Answer Insights(IQueryCollection query, string account, AdLedger ledger, int? most)
    {
        if (query.Keys.FirstOrDefault(name => !Parameters.Contains(name)) is { } parameter)
            return Wrong($"{parameter} is not a parameter of this call");
        var (level, increment, fields) = (query["level"].ToString() is { Length: > 0 } given ? given : "account", query["time_increment"].ToString(), query["fields"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries));
        if (!Levels.Contains(level))
            return Wrong($"level must be one of {string.Join(", ", Levels)}");
        if (increment is not ("" or "1" or "monthly" or "all_days"))
            return Wrong("time_increment must be 1 to 90, monthly or all_days");
        if (fields.FirstOrDefault(field => !Fields.Contains(field)) is { } unknown)
            return MetaError.NoField(unknown).ToAnswer();
        if (Json.TryParse(query["time_range"].ToString()) is not { } range || !Day(range, "since", out var since) || !Day(range, "until", out var until) || until < since)
            return Wrong("time_range must be {\"since\":\"YYYY-MM-DD\",\"until\":\"YYYY-MM-DD\"}");
        if (since < ledger.Today.AddMonths(-OldestMonths))
            return MetaError.TooLongAgo.ToAnswer();
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, LargestPage) : UsualPage;
        _ = int.TryParse(FromCursor(query["after"].ToString()), CultureInfo.InvariantCulture, out var start);

        // The account's total knows the ads that are gone.
        var rows = Group(ledger.Rows(since, until, withDeleted: level == "account"), level, increment, since, until);
        if (rows.Count > most)
            return MetaError.TooMuch.ToAnswer();
        return new Answer(200, Page(rows, fields, account, start, limit).ToJsonString(Wire.Snake)) { Headers = { ["x-fb-ads-insights-throttle"] = "{\"app_id_util_pct\":1.2,\"acc_id_util_pct\":0.4,\"ads_api_access_tier\":\"standard_access\"}" } };
    }

    private static JsonObject Page(List<Row> rows, string[] fields, string account, int start, int limit)
    {
        var page = rows.Skip(start).Take(limit).ToList();
        var answer = new JsonObject { ["data"] = new JsonArray([.. page.Select(row => Show(row, fields, account))]) };
        if (page.Count == 0)
            return answer;
        var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(start), ["after"] = Cursor(start + page.Count) } };
        if (start + page.Count < rows.Count)
            paging["next"] = $"https://graph.facebook.com/act_{account}/insights?after={Cursor(start + page.Count)}";
        answer["paging"] = paging;
        return answer;
    }

    private static List<Row> Group(IReadOnlyList<AdRow> rows, string level, string increment, DateOnly since, DateOnly until) =>
    [
        .. rows.GroupBy(row => (
                From: increment switch { "1" => row.Day, "monthly" => Later(since, new(row.Day.Year, row.Day.Month, 1)), _ => since },
                Campaign: level == "account" ? null : row.Campaign,
                Group: level is "adset" or "ad" ? row.Group : null,
                Ad: level == "ad" ? row.Ad : null))
            .Select(group => new Row(
                group.Key.From,
                increment switch { "1" => group.Key.From, "monthly" => Earlier(until, new DateOnly(group.Key.From.Year, group.Key.From.Month, 1).AddMonths(1).AddDays(-1)), _ => until },
                group.Key.Campaign, group.Key.Group, group.Key.Ad,
                new(group.Sum(row => row.Cost.CostMinor), group.Sum(row => row.Cost.Impressions), group.Sum(row => row.Cost.Clicks)))),
    ];

    private static JsonNode Show(Row row, string[] fields, string account)
    {
        var all = new Dictionary<string, string?>
        {
            ["account_id"] = account, ["account_currency"] = AdLedger.Currency,
            ["campaign_id"] = row.Campaign?.Id, ["campaign_name"] = row.Campaign?.Name, ["adset_id"] = row.Group?.Id, ["adset_name"] = row.Group?.Name, ["ad_id"] = row.Ad?.Id, ["ad_name"] = row.Ad?.Name,

            // Numbers stand in quotation marks, as at Meta.
            ["spend"] = (row.Cost.CostMinor / 100m).ToString("0.00", CultureInfo.InvariantCulture),
            ["impressions"] = row.Cost.Impressions.ToString(CultureInfo.InvariantCulture),
            ["clicks"] = row.Cost.Clicks.ToString(CultureInfo.InvariantCulture),
            ["inline_link_clicks"] = (row.Cost.Clicks * 9 / 10).ToString(CultureInfo.InvariantCulture),
        };
        var shown = new JsonObject();
        foreach (var field in fields.Where(field => all.GetValueOrDefault(field) is not null))
            shown[field] = all[field];
        (shown["date_start"], shown["date_stop"]) = (row.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return shown;
    }

    private static bool Day(JsonObject range, string name, out DateOnly day) => DateOnly.TryParseExact(range.Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static string Cursor(int at) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(at.ToString(CultureInfo.InvariantCulture)));

    private static string FromCursor(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) ? System.Text.Encoding.ASCII.GetString(bytes, 0, length) : "";
    }

    private static Answer Wrong(string what) => new MetaError(400, "OAuthException", 100, null, $"(#100) {what}").ToAnswer();

    private sealed record Row(DateOnly From, DateOnly To, AdCampaign? Campaign, AdGroup? Group, Ad? Ad, AdDay Cost);
}
