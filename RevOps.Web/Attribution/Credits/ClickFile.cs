using System.Globalization;
using System.Text;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Credits;

/// <summary>GET /attribution/clicks/file: each click id with its part of the conversions and the money, in clear, for the Privacy role. Each download is on record before it begins.</summary>
public static class ClickFile
{
    public static void MapClickFile(this IEndpointRouteBuilder routes) => routes.MapGet("/attribution/clicks/file", GetAsync)
        .RequireAuthorization(Policies.PersonalValues)
        .WithName("DownloadClicks")
        .ExcludeFromDescription();

    private static async Task<IResult> GetAsync(HttpContext context, AttributionQueries queries, PersonViews views, CompanyProfile company, TimeProvider clock, CancellationToken cancel)
    {
        var choice = CreditChoice.Read(context.Request.Query, (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow()));
        var model = choice.ByHeldOut ? await queries.BestChainAsync(choice.Question, cancel) : choice.Model;
        if (await queries.ClicksAsync(choice.Question with { Model = model }, cancel) is not { } report)
            return Results.NotFound();
        await views.RecordListAsync(context.User.Actor()!, [.. report.Rows.Select(row => row.PersonId).Distinct()], "click ids", cancel);
        context.Response.Headers.CacheControl = "no-store";
        var lines = report.Rows.Select(row => Line(row, model, report.Basis.Currency)).Prepend("click_id_kind;click_id;clicked_at;channel;platform;campaign_id;ads_allowed;model;conversions;value;currency");
        return Results.File(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), "text/csv", $"clicks-{FromUrl.Text(choice.Days.Period.From)}-{FromUrl.Text(choice.Days.Period.To)}.csv");
    }

    private static string Line(ClickCredit row, AttributionModel model, string currency) => string.Create(CultureInfo.InvariantCulture,
        $"{row.Kind};{row.ClickId};{row.ClickedAt.UtcDateTime:O};{row.Channel};{row.Platform};{row.CampaignId};{(row.MayBeUsedForAds ? "yes" : "no")};{model.WireName};{row.Conversions:0.######};{(row.Minor is { } minor ? new Money(minor, currency).Amount : null)};{(row.Minor is null ? null : currency)}");
}
