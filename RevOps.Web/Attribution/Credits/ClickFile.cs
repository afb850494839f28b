using System.Globalization;
using CsvHelper;
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
    private static readonly string[] Titles = ["click_id_kind", "click_id", "clicked_at", "channel", "platform", "campaign_id", "ads_allowed", "model", "conversions", "value", "currency"];

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
        return Results.File(Write(report, model), "text/csv", $"clicks-{FromUrl.Text(choice.Days.Period.From)}-{FromUrl.Text(choice.Days.Period.To)}.csv");
    }

    /// <summary>UTF-8. Click ids, platforms and campaigns are whatever an address said: what a spreadsheet would take for a formula is made harmless.</summary>
    public static byte[] Write(ClickCreditReport report, AttributionModel model)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new() { Separator = ';', FormatProvider = CultureInfo.InvariantCulture, Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            foreach (var title in Titles)
                csv.WriteField(title);
            csv.EndRecord();
            foreach (var row in report.Rows)
                Write(csv, row, model, report.Basis.Currency);
        }

        return file.ToArray();
    }

    private static void Write(CsvWriter csv, ClickCredit row, AttributionModel model, string currency)
    {
        foreach (var said in new[] { row.Kind, row.ClickId, row.ClickedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), row.Channel, row.Platform, row.CampaignId, row.MayBeUsedForAds ? "yes" : "no", model.WireName })
            csv.WriteField(said ?? "");
        csv.WriteField((decimal)row.Conversions, "0.######");
        if (row.Minor is { } minor)
            csv.WriteField(new Money(minor, currency).Amount, "");
        else
            csv.WriteField("");
        csv.WriteField(row.Minor is null ? "" : currency);
        csv.EndRecord();
    }
}
