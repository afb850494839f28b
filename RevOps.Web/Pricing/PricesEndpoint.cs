using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using RevOps.Core.Ingestion.Prices;
using RevOps.Web.Identity;

namespace RevOps.Web.Pricing;

/// <summary>GET /api/v1/prices: what a booking site has to ask, of services and of slots.</summary>
public static class PricesEndpoint
{
    private const int LongestPeriod = 366;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void MapPrices(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/prices", GetAsync)
        .RequireAuthorization(Policies.PricesRead)
        .Produces<PriceFeed>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .WithName("GetPrices")
        .WithSummary("Prices in force now: of every service, and of the slots that are still to come.")
        .WithDescription("service is a code; all services when left out. from and to are days of slots (YYYY-MM-DD) in the company's time zone, both included; the next 90 days when left out. taxInclusive says whether a price holds the tax. A slot with isOwn has a price of its own since validFrom; the others cost what the service costs on their day. lowestBefore stands beside a price that was lowered: the lowest of the 30 days before, which consumers have to be told. The answer is the same for everybody: it follows no visitor. Send its ETag back as If-None-Match: 304 says that nothing has changed.");

    private static async Task<IResult> GetAsync(HttpContext context, PriceFeedQueries queries, PricingQueries pricing, string? service, string? from, string? to, [FromHeader(Name = "If-None-Match")] string? known, CancellationToken cancel)
    {
        if (!Read(from, out var first))
            return Wrong("from");
        if (!Read(to, out var last))
            return Wrong("to");
        var start = first ?? await queries.TodayAsync(cancel);
        var end = last ?? start.AddDays(PriceFeedQueries.UsualDays);
        if (start > end || end.DayNumber - start.DayNumber > LongestPeriod)
            return Results.Problem("to: a day from 'from' on, and at most a year after it, is expected.", statusCode: StatusCodes.Status400BadRequest);
        if (await queries.OfAsync(string.IsNullOrWhiteSpace(service) ? null : service.Trim(), start, end, pricing.Mode, cancel) is not { } feed)
            return Results.Problem("service: no service of the catalogue has this code.", statusCode: StatusCodes.Status404NotFound);

        var body = JsonSerializer.SerializeToUtf8Bytes(feed, Json);
        var tag = PriceFeedQueries.TagOf(body);
        context.Response.Headers.ETag = tag;

        // Prices may change at any moment: whoever keeps them asks each time, and is told in a few bytes that nothing has.
        context.Response.Headers.CacheControl = "private, no-cache";
        return IsKnown(known, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(body, "application/json; charset=utf-8");
    }

    private static bool IsKnown(string? known, string tag) => known is not null && known.Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || one == tag || one == "W/" + tag);

    private static bool Read(string? text, out DateOnly? day)
    {
        day = null;
        if (string.IsNullOrEmpty(text))
            return true;
        var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var parsed);
        day = parsed;
        return read && parsed.Year is > 1 and < 9_999;
    }

    private static IResult Wrong(string name) => Results.Problem($"{name}: a date as YYYY-MM-DD is expected.", statusCode: StatusCodes.Status400BadRequest);
}
