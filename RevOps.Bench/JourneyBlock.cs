using RevOps.Core.Attribution.Models;

namespace RevOps.Bench;

/// <summary>Some thousand journeys in a compact form: one byte a touch, and only those spelt out that did more than once end in nothing.</summary>
internal sealed class JourneyBlock(int capacity)
{
    private byte[] path = new byte[64];

    /// <summary>A 0, then each journey: for each touch its channel plus 1, then a 0.</summary>
    public byte[] Signs { get; private init; } = new byte[capacity];

    /// <summary>Signs that are used.</summary>
    public int Length { get; set; } = 1;

    /// <summary>Rows that are not of one journey that ended in nothing, in their order.</summary>
    public List<Row> Rows { get; private init; } = [];

    public long Journeys { get; set; }

    public ReadOnlySpan<byte> Stream => Signs.AsSpan(0, Length);

    public void Clear()
    {
        (Length, Journeys) = (1, 0);
        Rows.Clear();
    }

    /// <summary>Its journeys one by one, a row of many journeys once.</summary>
    /// <param name="take">Is given the path, good until the next, and how the row ended.</param>
    public void Each(Action<ReadOnlySpan<byte>, PathOutcome> take)
    {
        for (var (start, row) = (1, 0); start < Length;)
        {
            var touches = Stream[start..].IndexOf((byte)0);
            take(PathAt(start, touches), row < Rows.Count && Rows[row].Start == start ? Rows[row++].Outcome : PathOutcome.Null);
            start += touches + 1;
        }
    }

    /// <summary>Channels of a journey, good until the next is asked for.</summary>
    public ReadOnlySpan<byte> PathAt(int start, int touches)
    {
        if (path.Length < touches)
            path = new byte[2 * touches];
        for (var at = 0; at < touches; at++)
            path[at] = (byte)(Signs[start + at] - 1);
        return path.AsSpan(0, touches);
    }

    /// <summary>A copy no larger than it has to be.</summary>
    public JourneyBlock Trimmed() => new(0) { Signs = Stream.ToArray(), Length = Length, Rows = [.. Rows], Journeys = Journeys };

    /// <param name="Start">Where its first touch stands.</param>
    /// <param name="Value">In units of <see cref="JourneyText.Unit"/>.</param>
    public readonly record struct Row(int Start, int Touches, int Conversions, int Nulls, long Value)
    {
        public PathOutcome Outcome => new(Conversions, Nulls, Value);
    }
}
