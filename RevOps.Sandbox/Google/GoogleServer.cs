using System.Text.Json.Nodes;
using RevOps.Sandbox.Ads;

namespace RevOps.Sandbox.Google;

/// <summary>The Data Manager API, the search of the Google Ads API, and the token endpoint before both.</summary>
internal sealed class GoogleServer : IDisposable
{
    private readonly SandboxOptions options;
    private readonly Store store;
    private ServiceAccount? account;

    public GoogleServer(SandboxOptions options)
    {
        (this.options, store) = (options, new(Path.Combine(options.Folder, "google.db"), Wire.Camel));
        Ads = new(store, AdBook.Google, options);
    }

    /// <summary>What the account's ads cost.</summary>
    public AdLedger Ads { get; }

    public string KeyFile => account!.KeyFile;

    private Uri TokenAddress { get; set; } = null!;

    private DateTimeOffset Now => options.Clock.GetUtcNow();

    private long RealSeconds => options.SystemClock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The key file names the token endpoint, so it is written once the address is known.</summary>
    public void OpenAt(Uri address)
    {
        TokenAddress = new Uri(address, "/token");
        account = ServiceAccount.Open(options.Folder, TokenAddress);
    }

    public void Map(WebApplication app, Faults faults)
    {
        var endpoint = new FaultyEndpoint(faults, kind => (kind == FaultKind.TooManyRequests ? GoogleError.Exhausted : GoogleError.Broken).ToAnswer());
        app.MapPost("/token", endpoint.For(IssueTokenAsync));
        app.MapPost("/v1/events:ingest", endpoint.For(IngestAsync));
        app.MapGet("/v1/requestStatus:retrieve", endpoint.For(http => Task.FromResult(Retrieve(http.Request))));
        var ads = new FaultyEndpoint(faults, kind => (kind == FaultKind.TooManyRequests ? AdsError.Exhausted : AdsError.Broken).ToAnswer());
        app.MapPost("/v{version}/customers/{customer}/googleAds:searchStream", ads.For(SearchAsync));
        ControlEndpoints.Map(app, faults, Effects);
        ControlEndpoints.MapReceived(app, () => store.Write(documents => documents.Lengths<Conversion>("receivedAt")));
        app.MapFallback("{*path}", http => GoogleError.NotFound(http.Request).ToAnswer().WriteAsync(http));
    }

    public JsonObject Effects() => store.Write(documents =>
    {
        var requests = documents.Counters("requests:");
        return new JsonObject
        {
            ["requestsAccepted"] = requests.GetValueOrDefault("accepted"),
            ["requestsRefused"] = requests.GetValueOrDefault("refused"),
            ["conversions"] = new JsonArray([.. documents.All<Conversion>().Select(Show)]),
        };
    });

    public void Clear() => store.Clear();

    public void Dispose()
    {
        store.Dispose();
        account?.Dispose();
    }

    private async Task<Answer> IssueTokenAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return new Answer(400, """{"error":"invalid_request","error_description":"Send a form."}""");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return Tokens.Issue(store, form, account!, TokenAddress, RealSeconds);
    }

    private async Task<Answer> IngestAsync(HttpContext http)
    {
        if (!IsKnown(http.Request))
            return GoogleError.Unauthenticated.ToAnswer();
        using var reader = new StreamReader(http.Request.Body);
        var body = Json.TryParse(await reader.ReadToEndAsync(http.RequestAborted));
        var now = Now;
        var refused = body is null
            ? new GoogleError(400, "INVALID_ARGUMENT", "Invalid JSON payload received.")
            : IngestRules.Check(body, options, now);
        if (refused is not null)
        {
            store.Write(documents => documents.Next("requests:refused"));
            return refused.ToAnswer();
        }
        // A rehearsal has no effect and no request to ask about.
        var answer = body!["validateOnly"]?.ToString() == "true" ? [] : new JsonObject { ["requestId"] = Take(body, now) };
        return new Answer(200, answer.ToJsonString(Wire.Camel));
    }

    private async Task<Answer> SearchAsync(HttpContext http)
    {
        if (!Tokens.IsGood(store, http.Request.Headers.Authorization.ToString(), Tokens.Ads, RealSeconds))
            return AdsError.Unauthenticated.ToAnswer();
        using var reader = new StreamReader(http.Request.Body);
        return AdsSearch.Run(http.Request, Json.TryParse(await reader.ReadToEndAsync(http.RequestAborted)), Ads, options);
    }

    private string Take(JsonObject body, DateTimeOffset now) => store.Write(documents =>
    {
        var outcomes = body["destinations"]!.AsArray().Select(d => d!.AsObject())
            .Select(d => new DestinationOutcome(d, Conversions.Apply(documents, d, body, options, now))).ToList();
        var request = new IngestRequest(
            Wire.NewId("", 22), now.ToUnixTimeSeconds(), (now + options.GoogleResultDelay).ToUnixTimeMilliseconds(), outcomes);
        documents.Put(request);
        documents.Next("requests:accepted");
        return request.Id;
    });

    private Answer Retrieve(HttpRequest request)
    {
        if (!IsKnown(request))
            return GoogleError.Unauthenticated.ToAnswer();
        var id = request.Query["requestId"].ToString();
        return store.Write(documents => documents.Find<IngestRequest>(id)) is { } found
            ? new Answer(200, RequestStatus.Show(found, Now.ToUnixTimeMilliseconds()).ToJsonString(Wire.Camel))
            : GoogleError.Invalid("INVALID_REQUEST_ID", "requestId", $"There is no request '{id}'.").ToAnswer();
    }

    private bool IsKnown(HttpRequest request) => Tokens.IsGood(store, request.Headers.Authorization.ToString(), Tokens.DataManager, RealSeconds);

    private static JsonNode Show(Conversion c) => new JsonObject
    {
        ["transactionId"] = c.TransactionId,
        ["accountId"] = c.AccountId,
        ["productDestinationId"] = c.ProductDestinationId,
        ["value"] = c.Value,
        ["currency"] = c.Currency,
        ["adjustments"] = c.Adjustments,
        ["received"] = c.ReceivedAt.Count,
        ["receivedAt"] = new JsonArray([.. c.ReceivedAt.Select(t => (JsonNode)t)]),
        ["event"] = c.Event.DeepClone(),
    };
}
