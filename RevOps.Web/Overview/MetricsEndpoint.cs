using RevOps.Core.Scorecard;
using RevOps.Web.Identity;

namespace RevOps.Web.Overview;

/// <summary>GET /api/v1/metrics: the figures of the Overview for other systems.</summary>
public static class MetricsEndpoint
{
    private const int LongestPeriod = 3_700;

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/metrics", GetAsync)
        .RequireAuthorization(Policies.MetricsRead)
        .Produces<Metrics>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .WithName("GetMetrics")
        .WithSummary("DSO, receivables, invoices, ROAS, conversions, scores and the outbox, in one document.")
        .WithDescription("from and to are days (YYYY-MM-DD) in the company's time zone, both included; the last 30 days when left out. A figure that cannot be known is null.");

    private static async Task<IResult> GetAsync(MetricsQueries queries, string? from, string? to, CancellationToken cancel)
    {
        var (usualFrom, usualTo) = await queries.UsualPeriodAsync(cancel);
        if (!Read(from, out var first))
            return Wrong("from");
        if (!Read(to, out var last))
            return Wrong("to");

        var end = last ?? usualTo;
        var start = first ?? (last is null ? usualFrom : end.AddDays(-29));
        if (start > end)
            return Results.Problem("from: a day not after 'to' is expected.", statusCode: StatusCodes.Status400BadRequest);
        if (end.DayNumber - start.DayNumber > LongestPeriod)
            return Results.Problem("from: a period of at most ten years is expected.", statusCode: StatusCodes.Status400BadRequest);
        return Results.Json(await queries.OfAsync(start, end, cancel));
    }

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
