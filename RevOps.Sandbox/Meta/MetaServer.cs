using System.Text.Json.Nodes;
using RevOps.Sandbox.Ads;

namespace RevOps.Sandbox.Meta;

/// <summary>The Conversions API, up to a thousand events at a time, all or none; and the insights of an ad account.</summary>
internal sealed class MetaServer : IDisposable
{
    private const int MostEvents = 1000;

    private static readonly HashSet<string> DatasetFields = ["id", "name"];

    private static readonly HashSet<string> BodyFields = ["data", "access_token", "test_event_code", "partner_agent", "appsecret_proof"];

    private readonly SandboxOptions options;
    private readonly Store store;

    public MetaServer(SandboxOptions options)
    {
        (this.options, store) = (options, new(Path.Combine(options.Folder, "meta.db"), Wire.Snake));
        Ads = new(store, AdBook.Meta, options);
    }

    /// <summary>What the account's ads cost.</summary>
    public AdLedger Ads { get; }

    public void Map(WebApplication app, Faults faults)
    {
        var endpoint = new FaultyEndpoint(faults, kind => (kind == FaultKind.TooManyRequests ? MetaError.Throttled : MetaError.Broken).ToAnswer());
        app.MapPost("/v{version}/{dataset}/events", endpoint.For(ReceiveAsync));
        app.MapGet("/v{version}/debug_token", endpoint.For(http => Task.FromResult(About(http.Request))));
        app.MapGet("/v{version}/act_{account}", endpoint.For(http => Task.FromResult(ReadAds(http.Request, InsightsRules.Account))));
        app.MapGet("/v{version}/act_{account}/insights", endpoint.For(http => Task.FromResult(ReadAds(http.Request, (request, account, ads) => InsightsRules.Insights(request.Query, account, ads, options.MostMetaInsights)))));
        app.MapPost("/v{version}/act_{account}/insights", endpoint.For(http => Task.FromResult(ReadAds(http.Request, (request, account, ads) => InsightsReports.Begin(request, account, ads, store, options.Clock.GetUtcNow().ToUnixTimeSeconds())))));
        app.MapGet("/v{version}/{report}/insights", endpoint.For(http => Task.FromResult(ReadReport(http.Request))));
        app.MapGet("/v{version}/{dataset}", endpoint.For(http => Task.FromResult(Show(http.Request))));
        ControlEndpoints.Map(app, faults, Effects);
        ControlEndpoints.MapReceived(app, () => store.Write(documents => documents.Lengths<MetaEvent>("received_at")));
        app.MapFallback("{*path}", http => MetaError.Unroutable(http.Request.Path).ToAnswer().WriteAsync(http));
    }

    public JsonObject Effects() => store.Write(MetaEvents.Effects);

    public void Clear() => store.Clear();

    public void Dispose() => store.Dispose();

    private async Task<Answer> ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = Json.TryParse(await reader.ReadToEndAsync(http.RequestAborted));
        if (CheckToken(http.Request, body) is { } noToken)
            return noToken.ToAnswer();
        if (!IsVersion((string)http.Request.RouteValues["version"]!))
            return MetaError.Unroutable(http.Request.Path).ToAnswer();
        var dataset = (string)http.Request.RouteValues["dataset"]!;
        var now = options.Clock.GetUtcNow().ToUnixTimeSeconds();
        if (!dataset.All(char.IsAsciiDigit))
            return MetaError.Unknown("post", dataset).ToAnswer();
        var refused = body is null ? MetaError.Bad("the body must be a JSON object") : Check(body, now);
        if (refused is not null)
        {
            store.Write(documents => documents.Next("batches:refused"));
            return refused.ToAnswer();
        }
        var events = body!["data"]!.AsArray();
        store.Write(documents =>
        {
            foreach (var e in events)
                MetaEvents.Receive(documents, dataset, e!.AsObject(), body.Text("test_event_code"), now);
            return documents.Next("batches:accepted");
        });
        return new Answer(200, new JsonObject
        {
            ["events_received"] = events.Count,
            ["messages"] = new JsonArray(),
            ["fbtrace_id"] = Wire.NewId("A", 22),
        }.ToJsonString(Wire.Snake));
    }

    /// <summary>The dataset itself. A token made only for sending does not see it.</summary>
    private Answer Show(HttpRequest request)
    {
        if (CheckToken(request, null) is { } noToken)
            return noToken.ToAnswer();
        if (!IsVersion((string)request.RouteValues["version"]!))
            return MetaError.Unroutable(request.Path).ToAnswer();
        var dataset = (string)request.RouteValues["dataset"]!;
        if (options.SendOnlyMetaTokens.Contains(TokenOf(request, null)!))
            return MetaError.NoPermission.ToAnswer();
        if (InsightsReports.State(dataset, store) is { } report)
            return report;
        if (!dataset.All(char.IsAsciiDigit) || options.UnknownMetaDatasets.Contains(dataset))
            return MetaError.Unknown("get", dataset).ToAnswer();
        if (request.Query.Keys.FirstOrDefault(name => name is not ("fields" or "access_token" or "appsecret_proof")) is { } parameter)
            return MetaError.Bad($"{parameter} is not a parameter of this call").ToAnswer();
        var fields = request.Query["fields"].ToString() is { Length: > 0 } asked ? asked.Split(',') : ["id"];
        if (fields.FirstOrDefault(field => !DatasetFields.Contains(field)) is { } unknown)
            return MetaError.NoField(unknown).ToAnswer();
        return new Answer(200, Dataset(dataset, fields).ToJsonString(Wire.Snake));
    }

    /// <summary>What a token is good for. 0 for one that never ends, as a system user's may be.</summary>
    private Answer About(HttpRequest request)
    {
        if (CheckToken(request, null) is { } noToken)
            return noToken.ToAnswer();
        var token = request.Query["input_token"].ToString();
        if (token.Length == 0)
            return MetaError.Missing("input_token").ToAnswer();
        var ends = options.EndingMetaTokens.TryGetValue(token, out var life) ? (options.Clock.GetUtcNow() + life).ToUnixTimeSeconds() : 0;
        return new Answer(200, new JsonObject
        {
            ["data"] = new JsonObject { ["is_valid"] = !options.RefusedMetaTokens.Contains(token), ["expires_at"] = ends, ["scopes"] = new JsonArray("ads_read", "ads_management") },
        }.ToJsonString(Wire.Snake));
    }

    /// <summary>What belongs to an ad account. A token made only for sending does not see it.</summary>
    private Answer ReadAds(HttpRequest request, Func<HttpRequest, string, AdLedger, Answer> read)
    {
        if (CheckToken(request, null) is { } noToken)
            return noToken.ToAnswer();
        if (!IsVersion((string)request.RouteValues["version"]!))
            return MetaError.Unroutable(request.Path).ToAnswer();
        if (options.SendOnlyMetaTokens.Contains(TokenOf(request, null)!))
            return MetaError.NoAdsRead.ToAnswer();
        var account = (string)request.RouteValues["account"]!;
        return !account.All(char.IsAsciiDigit) || options.UnknownMetaDatasets.Contains(account) ? MetaError.Unknown("get", $"act_{account}").ToAnswer() : read(request, account, Ads);
    }

    private Answer ReadReport(HttpRequest request)
    {
        if (CheckToken(request, null) is { } noToken)
            return noToken.ToAnswer();
        return !IsVersion((string)request.RouteValues["version"]!) ? MetaError.Unroutable(request.Path).ToAnswer() : InsightsReports.Rows(request, (string)request.RouteValues["report"]!, Ads, store);
    }

    private static JsonObject Dataset(string dataset, string[] fields)
    {
        // The id comes whether it was asked for or not.
        var shown = new JsonObject { ["id"] = dataset };
        if (fields.Contains("name", StringComparer.Ordinal))
            shown["name"] = "RevOps Sandbox";
        return shown;
    }

    /// <summary>"26.0"; the v before it stands in the route.</summary>
    private static bool IsVersion(string text) => text.EndsWith(".0", StringComparison.Ordinal) && text[..^2] is { Length: > 0 } number && number.All(char.IsAsciiDigit);

    private static MetaError? Check(JsonObject body, long now)
    {
        if (body.FirstOrDefault(f => !BodyFields.Contains(f.Key)).Key is { } unknown)
            return MetaError.Bad($"{unknown} is not a parameter of this call");
        if (body["data"] is not JsonArray { Count: > 0 } data)
            return MetaError.Missing("data");
        if (data.Count > MostEvents)
            return MetaError.Bad($"data holds {data.Count} events; at most {MostEvents} may be sent at a time");
        return data.Select((e, i) => EventRules.Check(e, $"data[{i}]", now)).FirstOrDefault(e => e is not null);
    }

    private MetaError? CheckToken(HttpRequest request, JsonObject? body)
    {
        var token = TokenOf(request, body);
        if (string.IsNullOrWhiteSpace(token))
            return MetaError.NoToken;
        if (options.ExpiredMetaTokens.Contains(token))
            return MetaError.ExpiredToken;
        return options.RefusedMetaTokens.Contains(token) ? MetaError.BadToken : null;
    }

    private static string? TokenOf(HttpRequest request, JsonObject? body)
    {
        const string bearer = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return body?.Text("access_token") ?? request.Query["access_token"].FirstOrDefault()
            ?? (header.StartsWith(bearer, StringComparison.Ordinal) ? header[bearer.Length..] : null);
    }
}
