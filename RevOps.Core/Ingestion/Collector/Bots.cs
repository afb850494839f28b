using System.Buffers;

namespace RevOps.Core.Ingestion.Collector;

/// <summary>Knows programs by the list that is kept in bots.txt.</summary>
public static class Bots
{
    private const string NoAgent = "no user agent";

    private static readonly string[] Pieces = Read();
    private static readonly SearchValues<string> AnyPiece = SearchValues.Create(Pieces, StringComparison.OrdinalIgnoreCase);

    /// <summary>By what it was known; null for a person's browser.</summary>
    public static string? Known(string userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
            return NoAgent;
        return userAgent.AsSpan().ContainsAny(AnyPiece) ? Array.Find(Pieces, piece => userAgent.Contains(piece, StringComparison.OrdinalIgnoreCase)) : null;
    }

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(Bots).Assembly.GetManifestResourceStream("RevOps.Core.Ingestion.Collector.bots.txt")!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Where(line => !line.StartsWith('#'))];
    }
}
