using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace RevOps.Web.Platform;

/// <summary>Pages and JSON travel compressed; files of the build are compressed already.</summary>
public static class PageCompression
{
    public static void AddPageCompression(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IResponseCompressionProvider, AskedByOurselves>();
        builder.Services.AddResponseCompression(options => (options.EnableForHttps, options.MimeTypes) = (true, [MediaTypeNames.Text.Html, MediaTypeNames.Application.Json, MediaTypeNames.Application.ProblemJson]));
    }

    public static void UsePageCompression(this WebApplication app) => app.UseResponseCompression();

    /// <summary>
    /// TLS hides what an answer says and not how long it is. Where a stranger's page makes a browser ask for ours again and again, with
    /// guesses in the address that the answer repeats, a compressed answer is a byte shorter when a guess fits something secret in it, such
    /// as the token of a form (BREACH). So over TLS only what nobody else can ask for is compressed: what the browser says comes from our
    /// own pages or from its address bar, and what carries a key, which no page but ours could add.
    /// </summary>
    private sealed class AskedByOurselves(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            (!context.Request.IsHttps || context.Request.Headers["Sec-Fetch-Site"] is ["same-origin" or "none"] || context.Request.Headers.Authorization.Count > 0)
            && base.ShouldCompressResponse(context);
    }
}
