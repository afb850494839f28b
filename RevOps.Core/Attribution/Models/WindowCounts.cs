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
public sealed class WindowCounts
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
        var (code, journeys) = (0ul, outcome.Journeys);
        foreach (var channel in path)
        {
            code = (code % windows * width) + channel + 1;
            places[code] += journeys;
        }

        places[code % windows * width] += journeys;
        AddEnd(code % windows, outcome);
    }

    /// <summary>Takes back what was added.</summary>
    public void Remove(ReadOnlySpan<byte> path, PathOutcome outcome) => Add(path, -outcome);

    /// <summary>Counts the places of many journeys, each once; how they ended is for <see cref="AddEnd(ReadOnlySpan{byte}, PathOutcome)"/> to say.</summary>
    /// <param name="stream">Journeys, each touch its channel plus 1, each journey with a 0 before its first touch and after its last; one 0 serves two.</param>
    public void AddStream(ReadOnlySpan<byte> stream)
    {
        var code = 0ul;
        foreach (var sign in stream[1..])
            places[code = (code % windows * width) + sign]++;
    }

    /// <summary>How a journey ended whose places are counted by <see cref="AddStream"/>.</summary>
    /// <param name="path">Signs of its touches: each its channel plus 1.</param>
    public void AddEnd(ReadOnlySpan<byte> path, PathOutcome outcome)
    {
        var code = 0ul;
        foreach (var sign in path[Math.Max(0, path.Length - Order)..])
            code = (code * width) + sign;
        AddEnd(code, outcome);
    }

    /// <summary>The counts of a lower order: what was before its window is forgotten.</summary>
    public WindowCounts Reduce(int order)
    {
        var lower = new WindowCounts(Channels, order);
        foreach (var (code, count) in places.Entries())
            lower.places[code % (lower.windows * width)] += count;
        foreach (var (code, count) in conversions.Entries())
            lower.conversions[code % lower.windows] += count;
        foreach (var (code, count) in value.Entries())
            lower.value[code % lower.windows] += count;
        return lower;
    }

    public void Clear()
    {
        places.Clear();
        conversions.Clear();
        value.Clear();
    }

    internal ChainStates ToStates() => ChainStates.Of(this, places.Entries(), conversions, value, width, windows);

    private void AddEnd(ulong window, PathOutcome outcome)
    {
        if (outcome.Conversions != 0)
            conversions[window] += outcome.Conversions;
        if (outcome.ValueMinor != 0)
            value[window] += outcome.ValueMinor;
    }
}
