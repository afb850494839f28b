namespace RevOps.Core.Attribution.Models;

/// <summary>
/// All that a chain of some order has to know of the journeys, in whole numbers: how often each window of so many touches was followed by which
/// touch, and how the journeys ended whose last window it was. Counts add up, so one journey more or less changes a handful of them in place.
/// <para>
/// Journeys are read as one stream: each touch is the number of its channel plus 1, and a 0 ends each journey. Every place in the stream is
/// counted by the touch there and those before it, as the digits of one number; what begins before the journey tells nothing and is left out
/// when a chain is made. The counts of a lower order are sums over those of a higher one.
/// </para>
/// </summary>
public sealed partial class WindowCounts
{
    private readonly ulong width;
    private readonly ulong windows;
    private readonly Tally places;
    private readonly Tally conversions;
    private readonly Tally value;

    public WindowCounts(int channels, int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 7);
        (Channels, Order, width, windows) = (channels, order, (ulong)channels + 1, 1);
        for (var touch = 0; touch < order; touch++)
            windows *= width;
        (places, conversions, value) = (new(windows * width), new(windows), new(windows));
    }

    public int Channels { get; }

    /// <summary>Touches of a window.</summary>
    public int Order { get; }

    public static WindowCounts Of(PathTable paths, int order)
    {
        var counts = new WindowCounts(paths.Channels, order);
        for (var at = 0; at < paths.Count; at++)
            counts.Add(paths.PathOf(at), paths.Outcomes[at]);
        return counts;
    }

    /// <summary>A journey without touches is no part of a chain.</summary>
    public void Add(ReadOnlySpan<byte> path, PathOutcome outcome)
    {
        if (path.IsEmpty)
            return;
        AddPlaces(path, outcome.Journeys);
        AddEnd(path, outcome);
    }

    /// <summary>Takes back what was added.</summary>
    public void Remove(ReadOnlySpan<byte> path, PathOutcome outcome) => Add(path, -outcome);

    /// <summary>Counts the places of many journeys, each once; how they ended is for <see cref="AddEnd"/> to say.</summary>
    /// <param name="stream">Begins with a 0.</param>
    public void AddStream(ReadOnlySpan<byte> stream)
    {
        if (Order == 2 && places.IsFlat)
        {
            AddPairs(stream, (uint)width, places.Flat);
            return;
        }

        var code = 0ul;
        for (var at = 1; at < stream.Length; at++)
            places[code = After(code, at > Order ? stream[at - Order - 1] : 0u, stream[at])]++;
    }

    /// <summary>Places of journeys that <see cref="AddStream"/> counted once, and that there are more of.</summary>
    public void AddPlaces(ReadOnlySpan<byte> path, long journeys)
    {
        var code = 0ul;
        for (var at = 0; at <= path.Length; at++)
            places[code = Next(code, path, at)] += journeys;
    }

    /// <summary>How journeys ended whose places are counted.</summary>
    public void AddEnd(ReadOnlySpan<byte> path, PathOutcome outcome)
    {
        if (outcome is { Conversions: 0, ValueMinor: 0 })
            return;
        var window = 0ul;
        foreach (var channel in path[Math.Max(0, path.Length - Order)..])
            window = (window * width) + channel + 1;
        conversions[window] += outcome.Conversions;
        value[window] += outcome.ValueMinor;
    }

    /// <summary>The counts of a lower order: what was before its window is forgotten.</summary>
    public WindowCounts Reduce(int order)
    {
        var lower = new WindowCounts(Channels, order);
        return CopyTo(lower, code => code % (lower.windows * width), code => code % lower.windows);
    }

    /// <summary>The same counts under other numbers.</summary>
    /// <param name="channels">How many there are now.</param>
    /// <param name="numbers">The new number of each.</param>
    public WindowCounts Renumber(int channels, IReadOnlyList<byte> numbers)
    {
        var renumbered = new WindowCounts(channels, Order);
        ulong Recode(ulong code)
        {
            var (recoded, place) = (0ul, 1ul);
            for (; code > 0; code /= width, place *= renumbered.width)
                recoded += code % width == 0 ? 0 : (numbers[(int)(code % width) - 1] + 1ul) * place;
            return recoded;
        }

        return CopyTo(renumbered, Recode, Recode);
    }

    public void Clear()
    {
        places.Clear();
        conversions.Clear();
        value.Clear();
    }

    internal ChainStates ToStates() => ChainStates.Of(new(Channels, Order, places, conversions, value));

    private WindowCounts CopyTo(WindowCounts into, Func<ulong, ulong> place, Func<ulong, ulong> window)
    {
        foreach (var (code, count) in places.Entries())
            into.places[place(code)] += count;
        foreach (var (code, count) in conversions.Entries())
            into.conversions[window(code)] += count;
        foreach (var (code, count) in value.Entries())
            into.value[window(code)] += count;
        return into;
    }

    /// <summary>The code of a place of a path, from the code of the place before it.</summary>
    private ulong Next(ulong code, ReadOnlySpan<byte> path, int at) =>
        After(code, at > Order ? path[at - Order - 1] + 1u : 0, at < path.Length ? path[at] + 1u : 0);

    /// <summary>The code one place further on: its oldest digit goes, a new one comes.</summary>
    private ulong After(ulong code, ulong oldest, ulong sign) => ((code - (oldest * windows)) * width) + sign;

    /// <summary>The case that is measured: no place waits for the one before it.</summary>
    private static void AddPairs(ReadOnlySpan<byte> stream, uint width, long[] counts)
    {
        counts[stream[1]]++;
        for (var at = 2; at < stream.Length; at++)
            counts[(((stream[at - 2] * width) + stream[at - 1]) * width) + stream[at]]++;
    }
}
