using System.Text.Encodings.Web;
using System.Text.Json;
using RevOps.Core.Ingestion.Persons;
using RevOps.Core.People;
using RevOps.Web.Identity;

namespace RevOps.Web.Attribution.People;

/// <summary>GET /people/{id}/export: everything that is held of one person, in clear, for the Privacy role. Each download is on record before it begins.</summary>
public static class PersonExport
{
    // What people wrote is to be read by people.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapPersonExport(this IEndpointRouteBuilder routes) => routes.MapGet("/people/{id:guid}/export", GetAsync)
        .RequireAuthorization(Policies.PersonalValues)
        .WithName("ExportPerson")
        .ExcludeFromDescription();

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, ExportPerson person, PersonViews views, TimeProvider clock, CancellationToken cancel)
    {
        await views.RecordAsync(context.User.Actor()!, id, "export", cancel: cancel);
        if (await person.RunAsync(id, clock.GetUtcNow(), cancel) is not { } export)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(System.Text.Encoding.UTF8.GetBytes(export.ToJsonString(Indented)), "application/json", $"person-{id:N}.json");
    }
}
