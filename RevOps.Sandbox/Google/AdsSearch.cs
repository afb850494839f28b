using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RevOps.Sandbox.Ads;

namespace RevOps.Sandbox.Google;

/// <summary>googleAds:searchStream, for the few queries that ask what ads cost.</summary>
internal static partial class AdsSearch
{
    private const string Version = "26";

    // Google streams up to 10,000 rows at a time; fewer make a reader prove that it takes more than one batch.
    private const int BatchRows = 200;
    private const int ClickDays = 90;

    private static readonly Dictionary<string, HashSet<string>> Resources = new(StringComparer.Ordinal)
    {
        ["customer"] = ["customer.id", "customer.descriptive_name", "customer.currency_code", "customer.time_zone", "metrics.cost_micros", "metrics.impressions", "metrics.clicks", "segments.date", "segments.month"],
        ["campaign"] = ["customer.currency_code", "campaign.id", "campaign.name", "metrics.cost_micros", "metrics.impressions", "metrics.clicks", "segments.date"],
        ["ad_group_ad"] = ["campaign.id", "campaign.name", "ad_group.id", "ad_group.name", "ad_group_ad.ad.id", "ad_group_ad.ad.name", "metrics.cost_micros", "metrics.impressions", "metrics.clicks", "segments.date"],
    };

    public static Answer Run(HttpRequest request, JsonObject? body, AdLedger ledger, SandboxOptions options)
    {
        if ((string)request.RouteValues["version"]! != Version)
            return new AdsError(404, "NOT_FOUND", "This version of the Google Ads API is not served.", "requestError", "UNSUPPORTED_VERSION").ToAnswer();
        var customer = (string)request.RouteValues["customer"]!;
        if (customer.Length != 10 || !customer.All(char.IsAsciiDigit))
            return new AdsError(400, "INVALID_ARGUMENT", "The customer id must be ten digits without hyphens.", "requestError", "INVALID_CUSTOMER_ID").ToAnswer();
        if (options.RefusedGoogleAccounts.Contains(customer) || (options.ManagedGoogleAccounts.TryGetValue(customer, out var manager) && request.Headers["login-customer-id"].ToString() != manager))
            return AdsError.NoRights.ToAnswer();
        if (Query().Match(body?.Text("query")?.Trim() ?? "") is not { Success: true } query)
            return AdsError.Query("Expected SELECT … FROM … [WHERE segments.date BETWEEN '…' AND '…'].").ToAnswer();
        var (fields, resource) = (query.Groups["fields"].Value.Split(',', StringSplitOptions.TrimEntries), query.Groups["resource"].Value);
        if (resource == "conversion_action")
            return Actions(fields, options);
        if (resource == "click_view")
            return Clicks(ledger, fields, query.Groups["day"].Value);
        if (query.Groups["day"].Success)
            return AdsError.Query("Expected BETWEEN … AND ….").ToAnswer();
        if (!Resources.TryGetValue(resource, out var known))
            return AdsError.Query($"'{resource}' is not a resource that is served here.").ToAnswer();
        if (fields.FirstOrDefault(field => !known.Contains(field)) is { } unknown)
            return AdsError.Query($"Unrecognized field in the query: '{unknown}'.").ToAnswer();
        var rows = query.Groups["from"].Success ? Found(ledger, resource, Day(query.Groups["from"].Value), Day(query.Groups["to"].Value), fields) : [new JsonObject()];
        foreach (var row in rows.Where(_ => fields.Any(field => field.StartsWith("customer.", StringComparison.Ordinal))))
            row["customer"] = new JsonObject { ["resourceName"] = $"customers/{customer}", ["id"] = customer, ["descriptiveName"] = "RevOps Sandbox", ["currencyCode"] = AdLedger.Currency, ["timeZone"] = AdLedger.TimeZone };
        return Stream(rows, fields);
    }

    /// <summary>What the account counts; two of them are fed by a tag.</summary>
    private static Answer Actions(string[] fields, SandboxOptions options)
    {
        if (fields.FirstOrDefault(field => field is not ("conversion_action.id" or "conversion_action.name" or "conversion_action.type" or "conversion_action.status")) is { } unknown)
            return AdsError.Query($"Unrecognized field in the query: '{unknown}'.").ToAnswer();
        (string Id, string Name)[] uploads = [("1001", "Prospect – appel"), ("1002", "Prospect qualifié"), ("1003", "Réservation"), ("1004", "Rendez-vous")];
        return Stream(
        [
            .. uploads.Select(action => Action(action.Id, action.Name, "UPLOAD_CLICKS")),
            .. options.OtherGoogleActions.Select(id => Action(id, $"Formulaire du site {id}", "WEBPAGE")),
        ], fields);

        static JsonObject Action(string id, string name, string type) => new() { ["conversionAction"] = new JsonObject { ["resourceName"] = $"customers/0/conversionActions/{id}", ["id"] = id, ["name"] = name, ["type"] = type, ["status"] = "ENABLED" } };
    }

    /// <summary>Of one day only, and of the last ninety.</summary>
    private static Answer Clicks(AdLedger ledger, string[] fields, string text)
    {
        if (fields.FirstOrDefault(field => field is not ("click_view.gclid" or "click_view.ad_group_ad" or "campaign.id" or "segments.date")) is { } unknown)
            return AdsError.Query($"Unrecognized field in the query: '{unknown}'.").ToAnswer();
        if (text.Length == 0)
            return new AdsError(400, "INVALID_ARGUMENT", "A filter on segments.date for one day is required.", "queryError", "EXPECTED_FILTERS_ON_SINGLE_DAY").ToAnswer();
        var day = Day(text);
        if (day < ledger.Today.AddDays(-ClickDays))
            return new AdsError(400, "INVALID_ARGUMENT", "Click view can be asked for the last 90 days.", "queryError", "INVALID_DATE_RANGE").ToAnswer();
        return Stream(ledger.Clicks(day).ConvertAll(click => new JsonObject
        {
            ["clickView"] = new JsonObject { ["gclid"] = click.Id, ["adGroupAd"] = $"customers/0/adGroupAds/{click.Group}~{click.Ad}" },
            ["campaign"] = new JsonObject { ["id"] = click.Campaign },
            ["segments"] = new JsonObject { ["date"] = text },
        }), fields);
    }

    private static Answer Stream(List<JsonObject> rows, string[] fields)
    {
        var batches = rows.Chunk(BatchRows).Select(batch => (JsonNode)new JsonObject
        {
            ["results"] = new JsonArray([.. batch]),
            ["fieldMask"] = string.Join(',', fields),
            ["requestId"] = Wire.NewId("", 22),
        });

        // Nothing found is a stream without a batch.
        return new Answer(200, new JsonArray([.. batches]).ToJsonString(Wire.Camel));
    }

    private static List<JsonObject> Found(AdLedger ledger, string resource, DateOnly from, DateOnly to, string[] fields)
    {
        var monthly = fields.Contains("segments.month", StringComparer.Ordinal);
        var rows = ledger.Rows(from, to, withDeleted: true).Where(row => resource != "ad_group_ad" || row.Ad is not null);
        return
        [
            .. rows.GroupBy(row => (
                    Day: monthly ? new DateOnly(row.Day.Year, row.Day.Month, 1) : row.Day,
                    Campaign: resource == "customer" ? null : row.Campaign,
                    Group: resource == "ad_group_ad" ? row.Group : null,
                    Ad: resource == "ad_group_ad" ? row.Ad : null))
                .Select(group => Show(group.Key.Day, monthly, group.Key.Campaign, group.Key.Group, group.Key.Ad, [.. group])),
        ];
    }

    private static JsonObject Show(DateOnly day, bool monthly, AdCampaign? campaign, AdGroup? group, Ad? ad, List<AdRow> rows)
    {
        var shown = new JsonObject
        {
            // 64-bit numbers come as text.
            ["metrics"] = new JsonObject
            {
                ["costMicros"] = Text(rows.Sum(row => row.Cost.CostMinor) * 10_000),
                ["impressions"] = Text(rows.Sum(row => row.Cost.Impressions)),
                ["clicks"] = Text(rows.Sum(row => row.Cost.Clicks)),
            },
            ["segments"] = new JsonObject { [monthly ? "month" : "date"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        };
        if (campaign is not null)
            shown["campaign"] = new JsonObject { ["resourceName"] = $"customers/0/campaigns/{campaign.Id}", ["id"] = campaign.Id, ["name"] = campaign.Name };
        if (group is not null)
            shown["adGroup"] = new JsonObject { ["id"] = group.Id, ["name"] = group.Name };
        if (ad is not null)
            shown["adGroupAd"] = new JsonObject { ["ad"] = new JsonObject { ["id"] = ad.Id, ["name"] = ad.Name } };
        return shown;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^SELECT\s+(?<fields>[\w.,\s]+?)\s+FROM\s+(?<resource>\w+)(\s+WHERE\s+segments\.date\s+BETWEEN\s+'(?<from>\d{4}-\d\d-\d\d)'\s+AND\s+'(?<to>\d{4}-\d\d-\d\d)'|\s+WHERE\s+segments\.date\s+=\s+'(?<day>\d{4}-\d\d-\d\d)')?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Query();
}
