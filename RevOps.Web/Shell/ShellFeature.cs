using Microsoft.AspNetCore.Diagnostics;
using Radzen;
using RevOps.Web.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Shell;

/// <summary>The frame around every page.</summary>
public static class ShellFeature
{
    private const string StatusPath = "/status";

    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        builder.Services.AddLocalization();
        builder.Services.AddScoped<PageKeys>();
        builder.Services.AddScoped<PaletteSearch>();
    }

    /// <summary>What goes wrong is a page for people and problem details for programs. Also starts routing, so that the page is found.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseWhen(context => context.Request.IsForPrograms(), programs => programs.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(context => !context.Request.IsForPrograms(), people =>
        {
            // In Development the framework shows the exception itself.
            if (!app.Environment.IsDevelopment())
                people.UseExceptionHandler(StatusPath + "/500", createScopeForErrors: true);
            people.UseStatusCodePagesWithReExecute(StatusPath + "/{0}", createScopeForStatusCodePages: true);
            people.Use(ReadErrorPageAsync);
        });
        app.UseRouting();
    }

    public static void MapPages(this WebApplication app) =>
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);

    /// <summary>
    /// Where a form is refused, the page that says why is read: posted once more, it would be refused like the form. And the refusal of a token
    /// is called a page already, without a word in it: nobody would put ours there.
    /// </summary>
    private static async Task ReadErrorPageAsync(HttpContext context, RequestDelegate next)
    {
        var (method, features) = (context.Request.Method, context.Features);
        if (HttpMethods.IsPost(method) && (features.Get<IStatusCodeReExecuteFeature>() is not null || features.Get<IExceptionHandlerFeature>() is not null))
            context.Request.Method = HttpMethods.Get;
        await next(context);
        context.Request.Method = method;
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false })
            context.Response.ContentType = null;
    }
}
