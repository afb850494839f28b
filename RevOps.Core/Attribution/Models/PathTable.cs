namespace RevOps.Core.Attribution.Models;

/// <summary>Distinct paths and how they ended, as columns: what the models read. Sorted, so that equal counts are equal tables.</summary>
public sealed class PathTable
{
    private readonly byte[] touches;
    private readonly int[] ends;

    internal PathTable(int channels, IEnumerable<(byte[] Path, PathOutcome Outcome)> lines)
    {
        var (path, end, outcomes) = (new List<byte>(), new List<int>(), new List<PathOutcome>());
        foreach (var line in lines)
        {
            path.AddRange(line.Path);
            end.Add(path.Count);
            outcomes.Add(line.Outcome);
        }

        (Channels, touches, ends, Outcomes) = (channels, [.. path], [.. end], [.. outcomes]);
    }

    private PathTable(PathTable other)
    {
        (Channels, touches, ends) = (other.Channels, other.touches, other.ends);
        Outcomes = [.. other.Outcomes];
    }

    public int Channels { get; }

    /// <summary>Distinct paths.</summary>
    public int Count => ends.Length;

    public PathOutcome OutcomeOf(int at) => Outcomes[at];

    internal PathOutcome[] Outcomes { get; }

    /// <summary>Channels of the touches, oldest first.</summary>
    public ReadOnlySpan<byte> PathOf(int at) => touches.AsSpan((at == 0 ? 0 : ends[at - 1])..ends[at]);

    /// <summary>Of all journeys, those without a touch too.</summary>
    public PathOutcome Total => Outcomes.Aggregate(default(PathOutcome), (sum, outcome) => sum + outcome);

    /// <summary>Of the journeys without a touch: no model can credit them.</summary>
    public PathOutcome Unattributed => Count > 0 && ends[0] == 0 ? Outcomes[0] : default;

    /// <summary>What models share out: all but <see cref="Unattributed"/>.</summary>
    public PathOutcome Attributed => Total + -Unattributed;

    /// <summary>With these paths as well, which nobody took.</summary>
    internal PathTable With(IEnumerable<byte[]> paths)
    {
        var lines = Enumerable.Range(0, Count).ToDictionary(at => PathOf(at).ToArray(), OutcomeOf, PathComparer.Instance);
        foreach (var path in paths)
            lines.TryAdd(path, default);
        return lines.Count == Count ? this : new(Channels, lines.OrderBy(line => line.Key, PathComparer.Instance).Select(line => (line.Key, line.Value)));
    }

    /// <summary>The same paths with outcomes of its own, to draw again.</summary>
    internal PathTable Copy() => new(this);
}
