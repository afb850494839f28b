using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace RevOps.Core.Ingestion.Connectors.HubSpot;

/// <summary>
/// Reads deals with what belongs to them over HubSpot's CRM API (v3). One attempt a call: trying again is the outbox's job, and 429 says when.
/// </summary>
public sealed class HubSpotClient(IHttpClientFactory http, HubSpotAccount account)
{
    public const string HttpName = "hubspot";

    /// <summary>HubSpot's search gives no more than these, however it is paged.</summary>
    public const int MostFound = 10_000;

    private const int BatchSize = 100;
    private const int SearchSize = 200;
    private const int MostLines = 250;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    private static readonly string[] DealProperties = ["dealname", "amount", "deal_currency_code", "dealstage", "pipeline", "closedate", "hs_is_closed_won"];
    private static readonly string[] CompanyProperties = ["name", "domain", "phone", "address", "address2", "city", "zip", "country"];
    private static readonly string[] ContactProperties = ["email", "firstname", "lastname", "phone", "mobilephone", "address", "city", "zip", "country", "company"];
    private static readonly string[] LineProperties = ["name", "description", "quantity", "price", "discount", "hs_total_discount", "hs_discount_percentage", "hs_product_id", "hs_sku", "hs_line_item_currency_code"];

    /// <summary>A deal with its company, contact and lines; null when HubSpot has it no more.</summary>
    /// <param name="id">HubSpot's.</param>
    /// <param name="asked">Further properties that the mapping names, as "company.siren".</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<HubSpotDeal?> FindDealAsync(string id, IReadOnlyCollection<string> asked, CancellationToken cancel)
    {
        var properties = string.Join(',', With(DealProperties, asked, "deal."));
        using var deal = await AskAsync(HttpMethod.Get, $"/crm/v3/objects/deals/{Uri.EscapeDataString(id)}?properties={Uri.EscapeDataString(properties)}&associations=companies,contacts,line_items", null, cancel);
        if (deal is null)
            return null;
        var root = deal.RootElement;
        var (companies, contacts) = (IdsOf(root, "companies"), IdsOf(root, "contacts"));
        var lines = root.At("associations", "line items", "paging", "next", "after") is null ? IdsOf(root, "line items") : await LineIdsAsync(id, cancel);
        return new(id, HubSpotObject.PropertiesOf(root))
        {
            Company = (await BatchAsync("companies", [.. companies.Take(1)], With(CompanyProperties, asked, "company."), cancel)).FirstOrDefault(),
            Contact = (await BatchAsync("contacts", [.. contacts.Take(1)], With(ContactProperties, asked, "contact."), cancel)).FirstOrDefault(),
            Lines = await BatchAsync("line_items", [.. lines.Take(MostLines)], LineProperties, cancel),
        };
    }

    /// <summary>Pipelines of deals with their stages.</summary>
    public async Task<IReadOnlyList<HubSpotStage>> StagesAsync(CancellationToken cancel)
    {
        using var answer = await AskAsync(HttpMethod.Get, "/crm/v3/pipelines/deals", null, cancel);
        return [.. answer!.RootElement.At("results").Items().SelectMany(pipeline => pipeline.At("stages").Items()
            .Select(stage => new HubSpotStage(stage.Text("id") ?? "", stage.Text("label") ?? "", pipeline.Text("label") ?? "", stage.Text("metadata", "probability"), stage.Text("metadata", "isClosed") == "true")))];
    }

    /// <summary>Deals that were won within these instants, as HubSpot itself lists them.</summary>
    /// <returns>What was found, and how many there are: past 10,000 the search gives no more.</returns>
    public async Task<(IReadOnlyList<HubSpotObject> Deals, int Total)> SearchWonAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var (found, after, total) = (new List<HubSpotObject>(), "0", 0);
        while (true)
        {
            var query = new
            {
                filterGroups = new[]
                {
                    new
                    {
                        filters = new object[]
                        {
                            new { propertyName = "hs_is_closed_won", @operator = "EQ", value = "true" },
                            new { propertyName = "closedate", @operator = "BETWEEN", value = Milliseconds(from), highValue = Milliseconds(until.AddMilliseconds(-1)) },
                        },
                    },
                },
                sorts = new[] { new { propertyName = "closedate", direction = "ASCENDING" } },
                properties = DealProperties,
                limit = SearchSize,
                after,
            };
            using var answer = await AskAsync(HttpMethod.Post, "/crm/v3/objects/deals/search", query, cancel);
            var root = answer!.RootElement;
            total = root.At("total") is { ValueKind: JsonValueKind.Number } count ? count.GetInt32() : total;
            found.AddRange(root.At("results").Items().Select(HubSpotObject.Of));
            if (root.Text("paging", "next", "after") is not { } next || found.Count >= MostFound)
                return (found, total);
            after = next;
        }
    }

    /// <summary>For the live check: the id of the account.</summary>
    public async Task<string?> PortalAsync(CancellationToken cancel)
    {
        using var answer = await AskAsync(HttpMethod.Get, "/account-info/v3/details", null, cancel);
        return answer?.RootElement.Text("portalId");
    }

    private async Task<List<string>> LineIdsAsync(string deal, CancellationToken cancel)
    {
        var (ids, after) = (new List<string>(), "");
        while (true)
        {
            using var answer = await AskAsync(HttpMethod.Get, $"/crm/v4/objects/deals/{Uri.EscapeDataString(deal)}/associations/line_items?limit=500{(after.Length > 0 ? "&after=" + Uri.EscapeDataString(after) : "")}", null, cancel);
            ids.AddRange(answer!.RootElement.At("results").Items().Select(item => item.Text("toObjectId")).OfType<string>());
            if (answer.RootElement.Text("paging", "next", "after") is not { } next || ids.Count >= MostLines)
                return ids;
            after = next;
        }
    }

    private async Task<IReadOnlyList<HubSpotObject>> BatchAsync(string type, IReadOnlyList<string> ids, IEnumerable<string> properties, CancellationToken cancel)
    {
        var found = new Dictionary<string, HubSpotObject>(StringComparer.Ordinal);
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(BatchSize))
        {
            using var answer = await AskAsync(HttpMethod.Post, $"/crm/v3/objects/{type}/batch/read", new { properties, inputs = some.Select(id => new { id }) }, cancel);
            foreach (var one in answer!.RootElement.At("results").Items().Select(HubSpotObject.Of))
                found[one.Id] = one;
        }

        // In the order in which the deal names them.
        return [.. ids.Distinct(StringComparer.Ordinal).Where(found.ContainsKey).Select(id => found[id])];
    }

    private async Task<JsonDocument?> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        var connection = account.Connection ?? throw new HubSpotNotConnectedException();
        using var request = new HttpRequestMessage(method, new Uri(connection.ApiBase, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.AccessToken);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var client = http.CreateClient(HttpName);
        client.Timeout = Patience;
        try
        {
            using var answer = await client.SendAsync(request, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            return (int)answer.StatusCode switch
            {
                >= 200 and < 300 => JsonDocument.Parse(text),
                404 when method == HttpMethod.Get => null,
                429 => throw new HubSpotBusyException(TimeProvider.System.GetUtcNow() + (answer.Headers.RetryAfter?.Delta ?? UsualWait)),
                var status => throw new HubSpotException(status, CategoryOf(text)),
            };
        }
        catch (HttpRequestException)
        {
            throw new HubSpotException(null, null);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new HubSpotException(null, null);
        }
        catch (JsonException)
        {
            throw new HubSpotException(200, "NO_JSON");
        }
    }

    // HubSpot's sentence may quote what was asked for; its category does not.
    private static string? CategoryOf(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Text("category") is { Length: <= 100 } category && category.All(sign => char.IsAsciiLetter(sign) || sign == '_') ? category : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string> IdsOf(JsonElement root, string name) => [.. root.At("associations", name, "results").Items().Select(item => item.Text("id")).OfType<string>()];

    private static IReadOnlyList<string> With(string[] usual, IReadOnlyCollection<string> asked, string prefix) =>
        [.. usual.Concat(asked.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(name => name[prefix.Length..])).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

/// <param name="Probability">"1.0" of a won one, "0.0" of a lost one.</param>
public sealed record HubSpotStage(string Id, string Name, string Pipeline, string? Probability, bool IsClosed)
{
    /// <summary>What it means where nobody mapped it; null: not known.</summary>
    public string? Usual => this switch
    {
        { IsClosed: true, Probability: { } text } when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var chance) => chance == 1 ? "won" : chance == 0 ? "lost" : null,
        _ => UsualOf(Id),
    };

    /// <summary>HubSpot's own stages, as every account begins with.</summary>
    public static string? UsualOf(string id) => id switch
    {
        "appointmentscheduled" => "meeting",
        "qualifiedtobuy" => "qualified",
        "presentationscheduled" or "decisionmakerboughtin" or "contractsent" => "proposal",
        "closedwon" => "won",
        "closedlost" => "lost",
        _ => null,
    };
}

/// <summary>An object of the CRM: HubSpot says every value as a text.</summary>
public record HubSpotObject(string Id, IReadOnlyDictionary<string, string> Properties)
{
    public string? this[string name] => Properties.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    internal static HubSpotObject Of(JsonElement element) => new(element.Text("id") ?? "", PropertiesOf(element));

    internal static Dictionary<string, string> PropertiesOf(JsonElement element) =>
        element.At("properties").Properties().Where(property => property.Value.ValueKind == JsonValueKind.String).DistinctBy(property => property.Name, StringComparer.Ordinal)
            .ToDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal);
}

public sealed record HubSpotDeal(string Id, IReadOnlyDictionary<string, string> Properties) : HubSpotObject(Id, Properties)
{
    public HubSpotObject? Company { get; init; }
    public HubSpotObject? Contact { get; init; }
    public IReadOnlyList<HubSpotObject> Lines { get; init; } = [];
}
