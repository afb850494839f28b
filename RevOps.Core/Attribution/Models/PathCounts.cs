namespace RevOps.Core.Attribution.Models;

/// <summary>
/// How often each distinct path of channels was walked and how it ended. One journey more or less changes one line in place;
/// in what order journeys came never shows.
/// </summary>
public sealed class PathCounts(int channels)
{
    private readonly Dictionary<byte[], PathOutcome> outcomes = new(PathComparer.Instance);
    private PathTable? table;

    /// <summary>Channels are the numbers below this.</summary>
    public int Channels { get; } = channels is > 0 and <= byte.MaxValue ? channels : throw new ArgumentOutOfRangeException(nameof(channels), channels, "1 to 255 channels.");

    /// <summary>Distinct paths.</summary>
    public int Count => outcomes.Count;

    /// <summary>None where no journey took the path.</summary>
    public PathOutcome this[ReadOnlySpan<byte> path] => outcomes.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(path, out var outcome) ? outcome : default;

    /// <param name="path">Channels of the touches, oldest first; empty where nobody saw how the client came.</param>
    /// <param name="outcome">Of one journey or of many.</param>
    public void Add(ReadOnlySpan<byte> path, PathOutcome outcome)
    {
        if (path.ContainsAnyExceptInRange((byte)0, (byte)(Channels - 1)))
            throw new ArgumentException($"A channel that is none of the {Channels}.", nameof(path));

        var sum = this[path] + outcome;
        if (sum is { Conversions: < 0 } or { Nulls: < 0 })
            throw new InvalidOperationException("More journeys of a path are taken back than were counted.");
        var lookup = outcomes.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (sum.IsNone)
            lookup.Remove(path);
        else
            lookup[path] = sum;
        table = null;
    }

    /// <summary>Takes back what was added.</summary>
    /// <exception cref="InvalidOperationException">More than was counted.</exception>
    public void Remove(ReadOnlySpan<byte> path, PathOutcome outcome) => Add(path, -outcome);

    /// <summary>As columns, sorted by path.</summary>
    public PathTable ToTable() => table ??= new(Channels, outcomes.OrderBy(line => line.Key, PathComparer.Instance).Select(line => (line.Key, line.Value)));
}
