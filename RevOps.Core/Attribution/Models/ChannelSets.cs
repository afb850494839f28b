using System.Runtime.InteropServices;

namespace RevOps.Core.Attribution.Models;

/// <summary>How journeys ended by which channels they touched, in whatever order and however often. Counts add up.</summary>
public sealed class ChannelSets(int channels)
{
    // Few channels, one of them perhaps on no journey: all their sets in one array, by their bits.
    private readonly PathOutcome[]? bySet = channels <= ShapleyValue.MostExact + 1 ? new PathOutcome[1 << channels] : null;
    private readonly Dictionary<ChannelSet, PathOutcome> sparse = [];

    public int Channels => channels;

    /// <summary>Of all journeys with a touch.</summary>
    public PathOutcome Total { get; private set; }

    /// <summary>Channels that a journey touched, by number.</summary>
    public IReadOnlyList<int> Present()
    {
        var all = Lines().Aggregate(default(ChannelSet), (sum, line) => sum | line.Set);
        return [.. Enumerable.Range(0, channels).Where(all.Has)];
    }

    /// <summary>Sorted, so that equal counts read alike.</summary>
    public IEnumerable<(ChannelSet Set, PathOutcome Outcome)> Lines()
    {
        if (bySet is null)
            return sparse.Where(line => !line.Value.IsNone).OrderBy(line => line.Key).Select(line => (line.Key, line.Value));
        return bySet.Index().Where(line => !line.Item.IsNone).Select(line => (new ChannelSet(0, (UInt128)line.Index), line.Item));
    }

    public void Add(ReadOnlySpan<byte> path, PathOutcome outcome)
    {
        if (path.IsEmpty)
            return;
        if (bySet is not null)
        {
            var set = 0;
            foreach (var channel in path)
                set |= 1 << channel;
            bySet[set] += outcome;
        }
        else
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sparse, ChannelSet.Of(path), out _) += outcome;
        }

        Total += outcome;
    }

    /// <summary>The same counts under other numbers.</summary>
    /// <param name="channels">How many there are now.</param>
    /// <param name="numbers">The new number of each.</param>
    public ChannelSets Renumber(int channels, IReadOnlyList<byte> numbers)
    {
        var renumbered = new ChannelSets(channels);
        foreach (var (set, outcome) in Lines())
            renumbered.Add([.. Enumerable.Range(0, numbers.Count).Where(set.Has).Select(channel => numbers[channel])], outcome);
        return renumbered;
    }
}

/// <summary>Up to 256 channels as bits.</summary>
public readonly record struct ChannelSet(UInt128 High, UInt128 Low) : IComparable<ChannelSet>
{
    public static ChannelSet Of(ReadOnlySpan<byte> path)
    {
        var (high, low) = (UInt128.Zero, UInt128.Zero);
        foreach (var channel in path)
        {
            if (channel < 128)
                low |= UInt128.One << channel;
            else
                high |= UInt128.One << (channel - 128);
        }

        return new(high, low);
    }

    public static ChannelSet operator |(ChannelSet left, ChannelSet right) => new(left.High | right.High, left.Low | right.Low);

    public bool Has(int channel) => ((channel < 128 ? Low >> channel : High >> (channel - 128)) & 1) != 0;

    public int CompareTo(ChannelSet other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public static bool operator <(ChannelSet left, ChannelSet right) => left.CompareTo(right) < 0;

    public static bool operator >(ChannelSet left, ChannelSet right) => left.CompareTo(right) > 0;

    public static bool operator <=(ChannelSet left, ChannelSet right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ChannelSet left, ChannelSet right) => left.CompareTo(right) >= 0;
}
