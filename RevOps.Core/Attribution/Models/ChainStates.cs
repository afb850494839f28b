namespace RevOps.Core.Attribution.Models;

/// <summary>
/// The states of a chain and the journeys that went from each to each, sorted by state. A journey of fewer touches than the order is one short
/// state. A state that follows itself is one state: A, A, A in windows of two.
/// </summary>
internal sealed class ChainStates
{
    private readonly List<byte[]> windows = [];
    private readonly List<int> rows = [0];
    private readonly List<int> to = [];
    private readonly List<double> moves = [];

    private ChainStates(int channels) => Channels = channels;

    public int Channels { get; }

    public int Count => windows.Count;

    /// <summary>Journeys that began in each.</summary>
    public required double[] Starts { get; init; }

    /// <summary>How often each was come to: as often as it was left.</summary>
    public required double[] Visits { get; init; }

    /// <summary>Conversions that came right after each.</summary>
    public required double[] Conversions { get; init; }

    /// <summary>Their value in minor units.</summary>
    public required double[] Value { get; init; }

    /// <summary>Channels of a state, oldest first.</summary>
    public ReadOnlySpan<byte> WindowOf(int state) => windows[state];

    public ReadOnlySpan<int> To(int state) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(to)[rows[state]..rows[state + 1]];

    /// <summary>Journeys, in the order of <see cref="To"/>.</summary>
    public ReadOnlySpan<double> Moves(int state) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(moves)[rows[state]..rows[state + 1]];

    public static ChainStates Of(WindowCounts counts, IEnumerable<(ulong Code, long Count)> places, Tally conversions, Tally value, ulong width, ulong codes)
    {
        var (starts, links) = (new SortedDictionary<ulong, long>(), new List<(ulong From, ulong To, long Count)>());
        foreach (var (code, count) in places)
        {
            var (before, last) = (code / width, code % width);
            if (last == 0)
            {
                // The end of a journey, whose other touches are all here only if it was shorter than a window.
                if (ShortOf(before, width, counts.Order) is { } whole)
                    starts[whole] = starts.GetValueOrDefault(whole) + count;
            }
            else if (IsWhole(code % codes, width, counts.Order))
            {
                if (before / (codes / width) == 0)
                    starts[code % codes] = starts.GetValueOrDefault(code % codes) + count;
                else if (before != code % codes)
                    links.Add((before, code % codes, count));
            }
        }

        var states = starts.Keys.Concat(links.Select(link => link.To)).Distinct().Order().ToArray();
        var index = new Dictionary<ulong, int>(states.Select((code, at) => KeyValuePair.Create(code, at)));
        var visits = Array.ConvertAll(states, code => (double)starts.GetValueOrDefault(code));
        foreach (var link in links)
            visits[index[link.To]] += link.Count;
        var made = new ChainStates(counts.Channels)
        {
            Starts = Array.ConvertAll(states, code => (double)starts.GetValueOrDefault(code)),
            Visits = visits,
            Conversions = Array.ConvertAll(states, code => (double)conversions[code]),
            Value = Array.ConvertAll(states, code => (double)value[code]),
        };
        made.windows.AddRange(states.Select(code => ChannelsOf(code, width)));

        // Links are sorted by code, and so by the state they leave.
        var next = 0;
        for (var state = 0; state < states.Length; state++)
        {
            for (; next < links.Count && links[next].From == states[state]; next++)
            {
                made.to.Add(index[links[next].To]);
                made.moves.Add(links[next].Count);
            }

            made.rows.Add(made.to.Count);
        }

        return made;
    }

    /// <summary>The touches after the last edge, where there is one; null where the window is full and so says nothing of the journey's beginning.</summary>
    private static ulong? ShortOf(ulong window, ulong width, int order)
    {
        var (touches, place) = (0ul, 1ul);
        for (var at = 0; at < order; at++, window /= width, place *= width)
        {
            if (window % width == 0)
                return touches > 0 ? touches : null;
            touches += window % width * place;
        }

        return null;
    }

    private static bool IsWhole(ulong window, ulong width, int order)
    {
        for (var at = 0; at < order; at++, window /= width)
        {
            if (window % width == 0)
                return false;
        }

        return true;
    }

    private static byte[] ChannelsOf(ulong code, ulong width)
    {
        var channels = new Stack<byte>();
        for (; code > 0; code /= width)
            channels.Push((byte)((code % width) - 1));
        return [.. channels];
    }
}
