using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.HubSpot;

/// <summary>HubSpot's CRM: deals with companies, contacts and line items, pipelines, search, and signed notices of what changes.</summary>
internal sealed class HubSpotServer : IAsyncDisposable
{
    public const long Portal = 424_242;

    /// <summary>The search gives no more than these, however it is paged.</summary>
    private const int MostFound = 10_000;

    private static readonly string[] Told = ["dealstage", "amount", "closedate"];

    private readonly SandboxOptions options;
    private readonly Store store;
    private readonly HubSpotNotices notices;

    public HubSpotServer(SandboxOptions options)
    {
        this.options = options;
        store = new Store(Path.Combine(options.Folder, "hubspot.db"), Wire.Camel);
        notices = new HubSpotNotices(store, options.HubSpotSecret);
    }

    public void SendTo(Uri url) => notices.Url = url;

    public void Withhold() => notices.Url = null;

    public void Start() => notices.Start();

    public void Clear() => store.Clear();

    public void Map(WebApplication app, Faults faults)
    {
        var endpoint = new FaultyEndpoint(faults, kind => (kind == FaultKind.TooManyRequests ? HubSpotError.Throttled : HubSpotError.Broken).ToAnswer());
        app.MapGet("/crm/v3/pipelines/deals", endpoint.For(http => With(http, _ => Task.FromResult(Ok(Pipelines.Render())))));
        app.MapGet("/account-info/v3/details", endpoint.For(http => With(http, _ => Task.FromResult(Ok(new() { ["portalId"] = Portal, ["accountType"] = "DEVELOPER_TEST", ["timeZone"] = "Europe/Paris", ["companyCurrency"] = "EUR" })))));
        app.MapPost("/crm/v3/objects/deals/search", endpoint.For(http => With(http, SearchAsync)));
        app.MapPost("/crm/v3/objects/{type}/batch/read", endpoint.For(http => With(http, BatchAsync)));
        app.MapPost("/crm/v3/objects/{type}", endpoint.For(http => With(http, CreateAsync)));
        app.MapGet("/crm/v3/objects/{type}/{id}", endpoint.For(http => With(http, ShowAsync)));
        app.MapPatch("/crm/v3/objects/{type}/{id}", endpoint.For(http => With(http, ChangeAsync)));
        app.MapDelete("/crm/v3/objects/{type}/{id}", endpoint.For(http => With(http, ArchiveAsync)));
        app.MapPut("/crm/v4/objects/{type}/{id}/associations/default/{toType}/{toId}", endpoint.For(http => With(http, AssociateAsync)));
        app.MapGet("/crm/v4/objects/{type}/{id}/associations/{toType}", endpoint.For(http => With(http, AssociatedAsync)));
        app.MapGet("/_sandbox/hubspot", PageAsync);
        app.MapPost("/_sandbox/deals/{id}/win", http => MoveByHandAsync(http, "closedwon"));
        app.MapPost("/_sandbox/deals/{id}/lose", http => MoveByHandAsync(http, "closedlost"));
        ControlEndpoints.Map(app, faults, Effects);
        app.MapFallback("{*path}", http => HubSpotError.Missing.ToAnswer().WriteAsync(http));
    }

    public JsonObject Effects() => store.Write(documents => new JsonObject
    {
        ["deals"] = new JsonArray([.. documents.All<CrmObject>("deals").Select(deal => deal.Render(["dealname", "amount", "dealstage", "closedate"]))]),
        ["undelivered"] = documents.All<Notice>().Count,
    });

    /// <summary>A company, its contact and a deal with lines, as somebody would enter them; the deal's number.</summary>
    public string Sell(HubSpotSale sale) => store.Write(documents =>
    {
        // A company that is there already is taken, not entered twice.
        var company = documents.All<CrmObject>("companies").Find(known => sale.Company is not null && known.Properties.GetValueOrDefault("name") == sale.Company) ?? Add(documents, "companies", new() { ["name"] = sale.Company, ["address"] = sale.Address, ["zip"] = sale.Zip, ["city"] = sale.City, ["country"] = sale.Country, ["siren"] = sale.Siren });
        var contact = Add(documents, "contacts", new() { ["email"] = sale.Email, ["firstname"] = sale.FirstName, ["lastname"] = sale.LastName });
        var deal = Add(documents, "deals", new() { ["dealname"] = sale.Name, ["amount"] = Text(sale.Lines.Sum(line => line.Quantity * line.Price)), ["deal_currency_code"] = sale.Currency, ["dealstage"] = sale.Stage, ["pipeline"] = "default" });
        Join(documents, deal, company);
        Join(documents, deal, contact);
        foreach (var line in sale.Lines)
            Join(documents, deal, Add(documents, "line_items", new() { ["name"] = line.Name, ["quantity"] = Text(line.Quantity), ["price"] = Text(line.Price), ["hs_sku"] = line.Sku, ["hs_product_id"] = line.Product, ["discount"] = line.Discount is { } discount ? Text(discount) : null }));
        Tell(documents, "deal.creation", deal, null, null);
        return deal.Number;
    });

    /// <returns>False: there is no such deal.</returns>
    public bool Move(string deal, string stage) => store.Write(documents => documents.Find<CrmObject>(CrmObject.IdOf("deals", deal)) is { } found && Change(documents, found, new() { ["dealstage"] = stage }));

    /// <returns>False: there is no such deal.</returns>
    public bool Delete(string deal) => store.Write(documents => documents.Find<CrmObject>(CrmObject.IdOf("deals", deal)) is { } found && Archive(documents, found));

    public async ValueTask DisposeAsync()
    {
        await notices.DisposeAsync();
        store.Dispose();
    }

    private long Now => options.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private CrmObject Add(Documents documents, string type, Dictionary<string, string?> properties)
    {
        var id = CrmObject.IdOf(type, (documents.Next($"objects:{type}") + 9_000).ToString(CultureInfo.InvariantCulture));
        var added = new CrmObject(id, Now, type, Now, Reckoned(type, properties));
        documents.Put(added);
        return added;
    }

    private bool Change(Documents documents, CrmObject known, Dictionary<string, string?> changes)
    {
        var properties = new Dictionary<string, string?>(known.Properties, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
            properties[name] = value;
        if (known.Type == "deals" && Pipelines.IsWon(changes.GetValueOrDefault("dealstage")) && !changes.ContainsKey("closedate"))
            properties["closedate"] = CrmObject.Text(Now);
        documents.Put(known with { Updated = Now, Properties = Reckoned(known.Type, properties) });
        if (known.Type == "deals")
        {
            foreach (var (name, value) in changes.Where(change => Told.Contains(change.Key, StringComparer.Ordinal) && known.Properties.GetValueOrDefault(change.Key) != change.Value))
                Tell(documents, "deal.propertyChange", known, name, value);
        }

        return true;
    }

    private bool Archive(Documents documents, CrmObject known)
    {
        documents.Remove<CrmObject>(known.Id);
        if (known.Type == "deals")
            Tell(documents, "deal.deletion", known, null, null);
        return true;
    }

    private static Dictionary<string, string?> Reckoned(string type, Dictionary<string, string?> properties)
    {
        if (type == "deals")
            properties["hs_is_closed_won"] = Pipelines.IsWon(properties.GetValueOrDefault("dealstage")) ? "true" : "false";
        return properties;
    }

    private void Tell(Documents documents, string trigger, CrmObject deal, string? property, string? value) => documents.Put(new Notice(
        (documents.Next("notices") + 1_000).ToString(CultureInfo.InvariantCulture), Now, trigger, long.Parse(deal.Number, CultureInfo.InvariantCulture), property, value, 0));

    private void Join(Documents documents, CrmObject from, CrmObject to) => documents.Put(new Association($"{from.Id}>{to.Id}", Now, from.Id, to.Id));

    private async Task<Answer> With(HttpContext http, Func<HttpContext, Task<Answer>> act)
    {
        const string bearer = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(bearer, StringComparison.Ordinal) || options.RefusedHubSpotTokens.Contains(header[bearer.Length..]))
            return HubSpotError.NoToken.ToAnswer();
        if (options.PowerlessHubSpotTokens.Contains(header[bearer.Length..]))
            return HubSpotError.NoScope.ToAnswer();
        if (http.Request.RouteValues["type"] is string type && !CrmObject.Types.Contains(type))
            return HubSpotError.Bad($"Unable to infer object type from: {type}").ToAnswer();
        return await act(http);
    }

    private static Answer Ok(JsonObject body, int status = 200) => new(status, body.ToJsonString(Wire.Camel));

    private static CrmObject? Find(Documents documents, HttpContext http, string type = "type", string id = "id") =>
        documents.Find<CrmObject>(CrmObject.IdOf((string)http.Request.RouteValues[type]!, (string)http.Request.RouteValues[id]!));

    private Task<Answer> ShowAsync(HttpContext http) => Task.FromResult(store.Write(documents =>
    {
        if (Find(documents, http) is not { } found)
            return HubSpotError.Missing.ToAnswer();
        var shown = found.Render(List(http.Request.Query["properties"].ToString()));
        var asked = List(http.Request.Query["associations"].ToString());
        if (asked.Count > 0)
        {
            var all = documents.All<Association>(found.Id);

            // HubSpot spells this one with a blank in its answers.
            shown["associations"] = new JsonObject(asked.Where(type => all.Exists(association => association.ToType == type))
                .Select(type => KeyValuePair.Create<string, JsonNode?>(type.Replace('_', ' '), Results(all, type))));
        }

        return Ok(shown);
    }));

    private static JsonObject Results(List<Association> all, string type) => new()
    {
        ["results"] = new JsonArray([.. all.Where(association => association.ToType == type).Select(association => new JsonObject { ["id"] = association.ToNumber, ["type"] = $"deal_to_{type.TrimEnd('s')}" })]),
    };

    private Task<Answer> AssociatedAsync(HttpContext http) => Task.FromResult(store.Write(documents =>
    {
        if (Find(documents, http) is not { } found)
            return HubSpotError.Missing.ToAnswer();
        var type = (string)http.Request.RouteValues["toType"]!;
        return Ok(new() { ["results"] = new JsonArray([.. documents.All<Association>(found.Id).Where(association => association.ToType == type).Select(association => new JsonObject { ["toObjectId"] = long.Parse(association.ToNumber, CultureInfo.InvariantCulture) })]) });
    }));

    private Task<Answer> AssociateAsync(HttpContext http) => Task.FromResult(store.Write(documents =>
    {
        if (Find(documents, http) is not { } from || Find(documents, http, "toType", "toId") is not { } to)
            return HubSpotError.Missing.ToAnswer();
        Join(documents, from, to);
        return Ok(new() { ["status"] = "COMPLETE" });
    }));

    private async Task<Answer> CreateAsync(HttpContext http)
    {
        if (await BodyAsync(http) is not { } body || PropertiesOf(body) is not { } properties)
            return HubSpotError.Bad("properties are required").ToAnswer();
        var type = (string)http.Request.RouteValues["type"]!;
        if (Wrong(type, properties) is { } wrong)
            return wrong.ToAnswer();
        return store.Write(documents =>
        {
            var added = Add(documents, type, properties);
            if (type == "deals")
                Tell(documents, "deal.creation", added, null, null);
            return Ok(added.Render([.. properties.Keys]), 201);
        });
    }

    private async Task<Answer> ChangeAsync(HttpContext http)
    {
        if (await BodyAsync(http) is not { } body || PropertiesOf(body) is not { } properties)
            return HubSpotError.Bad("properties are required").ToAnswer();
        if (Wrong((string)http.Request.RouteValues["type"]!, properties) is { } wrong)
            return wrong.ToAnswer();
        return store.Write(documents =>
        {
            if (Find(documents, http) is not { } found)
                return HubSpotError.Missing.ToAnswer();
            Change(documents, found, properties);
            return Ok(Find(documents, http)!.Render([.. properties.Keys]));
        });
    }

    /// <summary>HubSpot answers alike whether the object was there or not.</summary>
    private Task<Answer> ArchiveAsync(HttpContext http) => Task.FromResult(store.Write(documents =>
    {
        if (Find(documents, http) is { } found)
            Archive(documents, found);
        return new Answer(204, "");
    }));

    private static HubSpotError? Wrong(string type, Dictionary<string, string?> properties) =>
        type == "deals" && properties.TryGetValue("dealstage", out var stage) && !Pipelines.IsKnown(stage) ? HubSpotError.Bad($"{stage} was not one of the allowed options") : null;

    private async Task<Answer> BatchAsync(HttpContext http)
    {
        if (await BodyAsync(http) is not { } body || body["inputs"] is not JsonArray { Count: > 0 and <= 100 } inputs)
            return HubSpotError.Bad("1 to 100 inputs are required").ToAnswer();
        var type = (string)http.Request.RouteValues["type"]!;
        var asked = Json.Texts(body["properties"]) ?? [];
        return store.Write(documents => Ok(new()
        {
            ["status"] = "COMPLETE",
            ["results"] = new JsonArray([.. inputs.OfType<JsonObject>().Select(input => input.Text("id") is { } id ? documents.Find<CrmObject>(CrmObject.IdOf(type, id))?.Render([.. asked]) : null).OfType<JsonNode>()]),
        }));
    }

    private async Task<Answer> SearchAsync(HttpContext http)
    {
        if (await BodyAsync(http) is not { } body)
            return HubSpotError.Bad("a body is required").ToAnswer();
        var (limit, after) = ((int)(body.Integer("limit") ?? 10), int.TryParse(body.Text("after"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 0);
        if (limit > 200)
            return HubSpotError.Bad("limit must be at most 200").ToAnswer();
        if (after >= MostFound)
            return HubSpotError.Bad("The search can page through 10,000 results at most").ToAnswer();
        var filters = body["filterGroups"] is JsonArray { Count: 1 } groups && groups[0] is JsonObject group && group["filters"] is JsonArray list ? list.OfType<JsonObject>().ToList() : [];
        var asked = Json.Texts(body["properties"]) ?? [];
        var found = store.Write(documents => documents.All<CrmObject>("deals")).FindAll(deal => filters.TrueForAll(filter => Fits(deal, filter)))
            .OrderBy(deal => deal.Properties.GetValueOrDefault("closedate"), StringComparer.Ordinal).ToList();
        var answer = new JsonObject { ["total"] = found.Count, ["results"] = new JsonArray([.. found.Skip(after).Take(limit).Select(deal => deal.Render([.. asked]))]) };
        if (after + limit < found.Count)
            answer["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = (after + limit).ToString(CultureInfo.InvariantCulture) } };
        return Ok(answer);
    }

    private static bool Fits(CrmObject deal, JsonObject filter)
    {
        var value = deal.Properties.GetValueOrDefault(filter.Text("propertyName") ?? "");
        return filter.Text("operator") switch
        {
            "EQ" => value == filter.Text("value"),
            "BETWEEN" => MillisecondsOf(value) is { } at && at >= MillisecondsOf(filter.Text("value")) && at <= MillisecondsOf(filter.Text("highValue")),
            _ => false,
        };
    }

    private static long? MillisecondsOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds() : null;

    /// <summary>Somebody wins or loses a deal by hand.</summary>
    private async Task MoveByHandAsync(HttpContext http, string stage)
    {
        if (Move((string)http.Request.RouteValues["id"]!, stage))
            http.Response.Redirect("/_sandbox/hubspot");
        else
            await HubSpotError.Missing.ToAnswer().WriteAsync(http);
    }

    private async Task PageAsync(HttpContext http)
    {
        var rows = new StringBuilder();
        foreach (var deal in store.Write(documents => documents.All<CrmObject>("deals")).AsEnumerable().Reverse().Take(200))
        {
            var won = Pipelines.IsWon(deal.Properties.GetValueOrDefault("dealstage"));
            rows.Append(CultureInfo.InvariantCulture, $"<tr><td>{deal.Number}</td><td>{WebUtility.HtmlEncode(deal.Properties.GetValueOrDefault("dealname"))}</td><td>{WebUtility.HtmlEncode(deal.Properties.GetValueOrDefault("amount"))}</td><td>{WebUtility.HtmlEncode(deal.Properties.GetValueOrDefault("dealstage"))}</td><td><form method=\"post\" action=\"/_sandbox/deals/{deal.Number}/{(won ? "lose" : "win")}\"><button>{(won ? "Lose" : "Win")}</button></form></td></tr>");
        }

        await new Answer(200, $"<!doctype html><html lang=\"en\"><title>HubSpot stand-in</title><h1>Deals of the HubSpot stand-in</h1><table><tr><th>Id</th><th>Deal</th><th>Amount</th><th>Stage</th><th></th></tr>{rows}</table>", "text/html; charset=utf-8").WriteAsync(http);
    }

    private static async Task<JsonObject?> BodyAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        return Json.TryParse(await reader.ReadToEndAsync(http.RequestAborted));
    }

    private static Dictionary<string, string?>? PropertiesOf(JsonObject body) => body.Object("properties")?.ToDictionary(
        property => property.Key, property => property.Value is JsonValue value && value.TryGetValue(out string? text) ? text : property.Value?.ToJsonString(), StringComparer.Ordinal);

    private static List<string> List(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
