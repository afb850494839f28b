namespace RevOps.Web.Platform;

/// <summary>Reads a body that may lie about its length.</summary>
internal static class BodyReader
{
    /// <summary>The whole body; null when it is longer than allowed.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int most, CancellationToken cancel)
    {
        if (request.ContentLength > most)
            return null;

        using var buffer = new MemoryStream(request.ContentLength is { } length ? (int)length : 4_096);
        while (true)
        {
            var part = await request.BodyReader.ReadAsync(cancel);
            foreach (var segment in part.Buffer)
                buffer.Write(segment.Span);
            request.BodyReader.AdvanceTo(part.Buffer.End);
            if (buffer.Length > most)
                return null;
            if (part.IsCompleted)
                return buffer.ToArray();
        }
    }
}
