using System.Text;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Credits;

/// <summary>GET /attribution/paths/file: all paths in the format that other tools read, so that anyone can compute the same with theirs.</summary>
public static class PathFile
{
    public static void MapPathFile(this IEndpointRouteBuilder routes) => routes.MapGet("/attribution/paths/file", GetAsync)
        .RequireAuthorization(Policies.Marketing)
        .WithName("DownloadPaths")
        .ExcludeFromDescription();

    private static async Task<IResult> GetAsync(HttpContext context, AttributionQueries queries, CompanyProfile company, TimeProvider clock, CancellationToken cancel)
    {
        var choice = CreditChoice.Read(context.Request.Query, (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow()));
        if (await queries.PathFileAsync(choice.Question, cancel) is not { } lines)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), "text/csv", $"paths-{FromUrl.Text(choice.Days.Period.From)}-{FromUrl.Text(choice.Days.Period.To)}.csv");
    }
}
