using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RevOps.Core.Conversions;

/// <summary>
/// The body of a request: an envelope, whose one empty list is filled with events. It is written to the wire event by event, so that a
/// thousand of them are never one text in memory.
/// </summary>
internal sealed class RequestBody : HttpContent
{
    private const string Empty = "[]";
    private static readonly byte[] Comma = [(byte)','];

    private readonly byte[] head;
    private readonly byte[] tail;
    private readonly IReadOnlyList<byte[]> events;

    /// <exception cref="ArgumentException">The envelope has no empty list.</exception>
    public RequestBody(string envelope, IReadOnlyList<byte[]> events)
    {
        var (before, after) = Split(envelope);
        (head, tail, this.events) = (Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after), events);
        Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
    }

    /// <summary>As a text, for one event.</summary>
    public static string Of(string envelope, ReadOnlySpan<byte> one)
    {
        var (before, after) = Split(envelope);
        return before + Encoding.UTF8.GetString(one) + after;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(head);
        for (var index = 0; index < events.Count; index++)
        {
            if (index > 0)
                await stream.WriteAsync(Comma);
            await stream.WriteAsync(events[index]);
        }

        await stream.WriteAsync(tail);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = head.Length + tail.Length + Math.Max(0, events.Count - 1) + events.Sum(one => (long)one.Length);
        return true;
    }

    private static (string Before, string After) Split(string envelope)
    {
        var at = envelope.IndexOf(Empty, StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException("An envelope has an empty list for the events.", nameof(envelope)) : (envelope[..(at + 1)], envelope[(at + 1)..]);
    }
}
