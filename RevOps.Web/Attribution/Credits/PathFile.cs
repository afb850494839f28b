using System.Text;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Credits;

/// <summary>GET /attribution/paths/file: all paths in the format that other tools read, so that anyone can compute the same with theirs.</summary>
public static class PathFile
{
    private const int UsualDays = 90;

    public static void MapPathFile(this IEndpointRouteBuilder routes) => routes.MapGet("/attribution/paths/file", GetAsync)
        .RequireAuthorization(Policies.Marketing)
        .WithName("DownloadPaths")
        .ExcludeFromDescription();

    private static async Task<IResult> GetAsync(HttpContext context, AttributionQueries queries, CompanyProfile company, TimeProvider clock, CancellationToken cancel)
    {
        var query = context.Request.Query;
        string? Said(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        var days = PeriodChoice.Read(Said(PeriodChoice.FromName), Said(PeriodChoice.ToName), null, Period.Ending((await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow()), UsualDays));
        var choice = CreditChoice.Read(days, Said(CreditChoice.KindName), Said(CreditChoice.LookBackName), null, Said(CreditChoice.CurrencyName), null, Said(CreditChoice.OpenName), direct: Said(CreditChoice.DirectName));
        if (await queries.PathFileAsync(choice.Question, cancel) is not { } lines)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), "text/csv", $"paths-{FromUrl.Text(days.Period.From)}-{FromUrl.Text(days.Period.To)}.csv");
    }
}
