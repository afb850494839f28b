using System.Runtime.InteropServices;

namespace RevOps.Core.Attribution.Models;

/// <summary>How journeys ended by which channels they touched, in whatever order and however often. Counts add up.</summary>
public sealed class ChannelSets(int channels)
{
    private readonly Dictionary<ChannelSet, PathOutcome> outcomes = [];

    public int Channels => channels;

    /// <summary>Of all journeys with a touch.</summary>
    public PathOutcome Total { get; private set; }

    /// <summary>Channels that a journey touched, by number.</summary>
    public IReadOnlyList<int> Present
    {
        get
        {
            var all = outcomes.Keys.Aggregate(default(ChannelSet), (sum, set) => sum | set);
            return [.. Enumerable.Range(0, channels).Where(all.Has)];
        }
    }

    /// <summary>Sorted, so that equal counts read alike.</summary>
    public IReadOnlyList<(ChannelSet Set, PathOutcome Outcome)> Lines => [.. outcomes.Where(line => !line.Value.IsNone).OrderBy(line => line.Key).Select(line => (line.Key, line.Value))];

    /// <summary>The same counts under other numbers.</summary>
    /// <param name="channels">How many there are now.</param>
    /// <param name="numbers">The new number of each.</param>
    public ChannelSets Renumber(int channels, IReadOnlyList<byte> numbers)
    {
        var renumbered = new ChannelSets(channels);
        foreach (var (set, outcome) in outcomes)
            renumbered.Add([.. Enumerable.Range(0, numbers.Count).Where(set.Has).Select(channel => numbers[channel])], outcome);
        return renumbered;
    }

    public void Add(ReadOnlySpan<byte> path, PathOutcome outcome) => Add(ChannelSet.Of(path), outcome);

    public void Add(ChannelSet set, PathOutcome outcome)
    {
        if (set == default)
            return;
        ref var counted = ref CollectionsMarshal.GetValueRefOrAddDefault(outcomes, set, out _);
        counted += outcome;
        Total += outcome;
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
