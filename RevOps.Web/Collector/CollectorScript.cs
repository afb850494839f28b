using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using RevOps.Web.Platform;

namespace RevOps.Web.Collector;

/// <summary>GET /revops.js: the script that a client's pages embed, from any origin, kept by browsers for an hour.</summary>
public static class CollectorScript
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(Served(CollectorFiles.Read("revops.js")));
    private static readonly byte[] Zipped = Zip(Plain);
    private static readonly string Tag = Convert.ToHexStringLower(SHA256.HashData(Plain))[..16];

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/revops.js", Serve)
        .AllowAnonymous()
        .RequireRateLimiting(RateLimits.Collect)
        .ExcludeFromDescription();

    private static IResult Serve(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=3600";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        var zipped = context.Request.GetTypedHeaders().AcceptEncoding.Any(accepted => accepted.Value == "gzip" && accepted.Quality is not 0);
        if (zipped)
            headers.ContentEncoding = "gzip";
        return Results.Bytes(zipped ? Zipped : Plain, "text/javascript; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Tag}{(zipped ? "-gzip" : "")}\""));
    }

    /// <summary>What a browser needs of the source: no line that is a comment, no indentation. No text of the script spans lines.</summary>
    private static string Served(string source)
    {
        var lines = source.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("//", StringComparison.Ordinal));
        return string.Join('\n', lines);
    }

    private static byte[] Zip(byte[] plain)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize))
            gzip.Write(plain);
        return zipped.ToArray();
    }
}
