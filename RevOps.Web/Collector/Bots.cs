using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace RevOps.Web.Collector;

/// <summary>Knows programs by the list that is kept in bots.txt, and pages that a browser loads before anybody asked for them.</summary>
public static class Bots
{
    private const string NoAgent = "no user agent";

    private static readonly string[] Pieces = Read();
    private static readonly SearchValues<string> AnyPiece = SearchValues.Create(Pieces, StringComparison.OrdinalIgnoreCase);

    /// <summary>By what it was known; null for a person's browser.</summary>
    public static string? Known(HttpRequest request)
    {
        foreach (var name in new[] { "Sec-Purpose", "Purpose", "X-Moz" })
        {
            if (request.Headers[name].ToString() is { Length: > 0 } purpose && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase)))
                return "prefetch";
        }

        return Known(request.Headers.UserAgent.ToString());
    }

    public static string? Known(string userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
            return NoAgent;
        return userAgent.AsSpan().ContainsAny(AnyPiece) ? Array.Find(Pieces, piece => userAgent.Contains(piece, StringComparison.OrdinalIgnoreCase)) : null;
    }

    private static string[] Read()
    {
        var lines = CollectorFiles.Read("bots.txt").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Where(line => !line.StartsWith('#'))];
    }
}

/// <summary>Files of this folder that travel inside the product.</summary>
internal static class CollectorFiles
{
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(CollectorFiles).Assembly.GetManifestResourceStream($"RevOps.Web.Collector.{name}")!);
        return reader.ReadToEnd();
    }
}
