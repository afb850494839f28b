using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.Platform;
using RevOps.Web.Platform;

namespace RevOps.Web.Collector;

/// <summary>
/// POST /collect: what the script in a visitor's browser tells, from the origins that its site's key lists. It becomes an event like any
/// other, once per id; 204 is said after the commit.
/// </summary>
public static class CollectEndpoint
{
    private const int MostBytes = 16 * 1024;

    public static void MapCollector(this IEndpointRouteBuilder routes)
    {
        CollectorScript.Map(routes);
        routes.MapPost("/collect", ReceiveAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Collect).DisableAntiforgery()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .Produces(StatusCodes.Status204NoContent)
            .WithName("Collect")
            .WithSummary("What the collector's script tells of a visit; for browsers, with a site key.");
        routes.MapMethods("/collect", [HttpMethods.Options], AskFirstAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Collect).ExcludeFromDescription();
    }

    /// <summary>A browser's question before it sends JSON by its name; a beacon asks nothing.</summary>
    private static async Task<IResult> AskFirstAsync(HttpContext context, SiteKeys sites, CancellationToken cancel)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !await sites.AdmitAsync(origin, cancel))
            return Results.Problem("Origin: one that a site key lists is expected.", statusCode: StatusCodes.Status403Forbidden);
        Admit(context.Response, origin);
        context.Response.Headers.AccessControlAllowMethods = HttpMethods.Post;
        context.Response.Headers.AccessControlAllowHeaders = HeaderNames.ContentType;
        context.Response.Headers.AccessControlMaxAge = "3600";
        return Results.NoContent();
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, SiteKeys sites, Collect collect, CancellationToken cancel)
    {
        var media = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        if (media is not ("text/plain" or "application/json"))
            return Results.Problem("Content-Type: text/plain or application/json is expected.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        if (await BodyReader.ReadAsync(context.Request, MostBytes, cancel) is not { } body)
            return Results.Problem("The body: at most 16 KiB are taken.", statusCode: StatusCodes.Status413PayloadTooLarge);
        if (CollectCall.Read(body) is not { } call)
            return Results.Problem("The body: a JSON object is expected.", statusCode: StatusCodes.Status400BadRequest);

        var origin = context.Request.Headers.Origin.ToString();
        var site = await sites.KnownAsync(call.Key, cancel);
        if (site is null || !site.Admits(origin))
        {
            await collect.RefusedAsync(site, origin, cancel);
            return Results.Problem(site is null ? "key: a site key is expected." : "Origin: one that the site key lists is expected.", statusCode: StatusCodes.Status403Forbidden);
        }

        Admit(context.Response, origin);
        return await collect.TakeAsync(new(context, site, new Uri(origin)), call, cancel) is { } problem ? Results.Problem(problem, statusCode: StatusCodes.Status400BadRequest) : Results.NoContent();
    }

    private static void Admit(HttpResponse response, string origin)
    {
        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.AccessControlAllowCredentials = "true";
        response.Headers.Vary = HeaderNames.Origin;
    }
}

/// <summary>Who called: a browser on a page of a site.</summary>
/// <param name="Context">The request; its address and host are the visitor's where a proxy that is believed says so.</param>
/// <param name="Site">Whose key it brought.</param>
/// <param name="Origin">Of the page.</param>
internal sealed record Visit(HttpContext Context, SiteKey Site, Uri Origin)
{
    public string UserAgent => Context.Request.Headers.UserAgent.ToString() is var said && said.Length > 1_000 ? said[..1_000] : said;

    /// <summary>The program that called, or a browser that loads a page before anybody asked for it, by what it was known; null for a person's visit.</summary>
    public string? Program => IsAhead ? "prefetch" : Bots.Known(Context.Request.Headers.UserAgent.ToString());

    private bool IsAhead => new[] { "Sec-Purpose", "Purpose", "X-Moz" }.Any(name => Context.Request.Headers[name].ToString() is { Length: > 0 } purpose
        && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase)));

    public string? Address => Context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;
}

/// <summary>Makes events and counts of a browser's calls.</summary>
internal sealed class Collect(EventReceiver receiver, CollectorLog counts, ChannelBook channels, CompanyProfile company, TimeProvider clock)
{
    private const string NoOrigin = "null";
    private const string Rejected = "rejected";
    private const string Duplicate = "duplicate";

    /// <summary>A call that may not come in is a number, and the origin that somebody may have forgotten to list.</summary>
    public async Task RefusedAsync(SiteKey? site, string origin, CancellationToken cancel)
    {
        var detail = site is null ? "" : SiteOrigin.Read(origin, out _) ?? NoOrigin;
        await CountAsync(site?.Id ?? CollectorCount.NoSite, CollectorFact.Refused, detail, cancel);
    }

    /// <summary>Null when it was taken; else what is wrong with it.</summary>
    public async Task<string?> TakeAsync(Visit visit, CollectCall call, CancellationToken cancel)
    {
        if (visit.Program is { } bot)
        {
            await CountAsync(visit.Site.Id, CollectorFact.Bot, bot, cancel);
            return null;
        }

        if (call.Kind == CollectCall.Ping)
        {
            var (source, medium, click, referrer) = call.Anonymous;
            var now = clock.GetUtcNow();
            var placed = (await channels.CurrentAsync(cancel)).Of(new(source, medium, click, TouchFacts.HostOf(referrer)), now);
            await CountAsync(visit.Site.Id, CollectorFact.Anonymous, placed.Channel, cancel);
            return null;
        }

        return call.Id is not { } id ? "id: a UUID is expected." : call.Kind switch
        {
            CollectCall.Touch when call.VisitorId is { } visitor => await TouchAsync(visit, call, id, visitor, cancel),
            CollectCall.Consent when call.VisitorId is { } visitor => await ConsentAsync(visit, call, id, visitor, cancel),
            CollectCall.Touch or CollectCall.Consent => "visitorId: a UUID is expected.",
            CollectCall.Pixel when call.TouchId is { } touch => Pixel(visit, call, touch),
            CollectCall.Pixel => "touch: a UUID is expected.",
            _ => $"kind: {CollectCall.Touch}, {CollectCall.Consent}, {CollectCall.Pixel} or {CollectCall.Ping} is expected.",
        };
    }

    private async Task<string?> TouchAsync(Visit visit, CollectCall call, string id, string visitor, CancellationToken cancel)
    {
        var (cookie, caps) = (VisitorCookie.For(visit.Context.Request, visit.Origin, call.Domain), BrowserKind.CapsScriptCookies(visit.UserAgent));
        var data = call.TouchData(call.Ads ? visit.Address : null, call.Ads ? visit.UserAgent : null, caps, cookie is not null);
        var result = await ReceiveAsync(visit, id, TouchReceived.Type, call.TimeAt(clock.GetUtcNow()), data, cancel);
        if (result.Status == Rejected)
            return string.Join(' ', result.Errors.Select(error => $"{error.Path}: {error.Message}"));
        cookie?.Keep(visit.Context, visitor, TimeProvider.System.GetUtcNow());
        if (result.Status == Duplicate)
            return null;

        await CountAsync(visit.Site.Id, CollectorFact.Visit, "", cancel);
        if (caps && cookie is null)
            await CountAsync(visit.Site.Id, CollectorFact.Forgetful, "", cancel);
        if (cookie is not null)
            await CountAsync(visit.Site.Id, CollectorFact.FirstParty, "", cancel);
        return null;
    }

    private async Task<string?> ConsentAsync(Visit visit, CollectCall call, string id, string visitor, CancellationToken cancel)
    {
        var at = call.TimeAt(clock.GetUtcNow());
        var result = await ReceiveAsync(visit, id, ConsentAnswered.Type, at, call.ConsentData(at), cancel);
        if (result.Status == Rejected)
            return string.Join(' ', result.Errors.Select(error => $"{error.Path}: {error.Message}"));
        var cookie = VisitorCookie.For(visit.Context.Request, visit.Origin, call.Domain);
        if (call.Measurement is true)
            cookie?.Keep(visit.Context, visitor, TimeProvider.System.GetUtcNow());
        else if (call.Measurement is false)
            cookie?.Forget(visit.Context);
        if (result.Status != Duplicate)
            await CountAsync(visit.Site.Id, CollectorFact.Consent, "", cancel);
        return null;
    }

    private string? Pixel(Visit visit, CollectCall call, string touch)
    {
        counts.Note(new(visit.Site.Id, touch, call.TimeAt(clock.GetUtcNow()), call.IsLoaded("meta"), call.IsLoaded("google"), call.EventIds));
        return null;
    }

    private async Task<EventResult> ReceiveAsync(Visit visit, string id, string type, DateTimeOffset at, JsonObject data, CancellationToken cancel)
    {
        var envelope = new JsonObject { ["specversion"] = "1.0", ["id"] = id, ["source"] = CollectorLog.SourceOf(visit.Site.Name), ["type"] = type, ["time"] = at.ToString("O"), ["data"] = data };
        return (await receiver.ReceiveAsync([JsonSerializer.SerializeToElement(envelope)], dryRun: false, cancel))[0];
    }

    private async Task CountAsync(Guid site, CollectorFact fact, string detail, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        counts.Count(site, (await company.CurrentAsync(cancel)).DayOf(now), fact, now, detail);
    }
}

public static class CollectorFeature
{
    public static void AddCollector(this WebApplicationBuilder builder) => builder.Services.AddSingleton<Collect>();
}
