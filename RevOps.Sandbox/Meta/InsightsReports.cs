using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RevOps.Sandbox.Ads;

namespace RevOps.Sandbox.Meta;

/// <summary>An asynchronous report of an account's insights: begun, asked about until it is complete, and read in pages.</summary>
internal sealed record InsightsReport(string Id, long Created, string Account, string Asked, int Questions) : IDocument;

internal static class InsightsReports
{
    public static Answer Begin(HttpRequest request, string account, AdLedger ledger, Store store, long now)
    {
        // What would be refused at once is refused before the work begins.
        if (InsightsRules.Insights(request.Query, account, ledger, most: null) is { Status: not 200 } refused)
            return refused;
        var id = store.Write(documents =>
        {
            var report = new InsightsReport($"6{now}{documents.Next("reports"):D6}", now, account, request.QueryString.Value ?? "", 0);
            documents.Put(report);
            return report.Id;
        });
        return new Answer(200, new JsonObject { ["report_run_id"] = id }.ToJsonString(Wire.Snake));
    }

    /// <summary>Null where it is no report.</summary>
    public static Answer? State(string id, Store store) => store.Write(documents =>
    {
        if (documents.Find<InsightsReport>(id) is not { } report)
            return null;
        documents.Put(report with { Questions = report.Questions + 1 });
        var isDone = report.Questions > 0;
        return new Answer(200, new JsonObject { ["id"] = id, ["async_status"] = isDone ? "Job Completed" : "Job Running", ["async_percent_completion"] = isDone ? 100 : 40 }.ToJsonString(Wire.Snake));
    });

    public static Answer Rows(HttpRequest request, string id, AdLedger ledger, Store store)
    {
        if (store.Write(documents => documents.Find<InsightsReport>(id)) is not { Questions: > 1 } report)
            return MetaError.Unknown("get", id).ToAnswer();
        var query = QueryHelpers.ParseQuery(report.Asked);
        foreach (var name in (string[])["limit", "after"])
        {
            query.Remove(name);
            if (request.Query.TryGetValue(name, out var value))
                query[name] = value;
        }

        return InsightsRules.Insights(new QueryCollection(query), report.Account, ledger, most: null);
    }
}
