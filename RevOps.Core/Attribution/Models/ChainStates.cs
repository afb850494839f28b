namespace RevOps.Core.Attribution.Models;

/// <summary>
/// The states of a chain, sorted, and how many journeys came to each from which. A journey of fewer touches than the order is one short state.
/// A state that follows itself is one state: A, A, A in windows of two.
/// </summary>
internal sealed class ChainStates
{
    private readonly byte[] windows;
    private readonly int order;
    private readonly int[] rows;
    private readonly int[] from;
    private readonly double[] moves;

    private ChainStates(PlaceReader places, IReadOnlyList<ulong> codes, Tally index)
    {
        (Channels, order, Count) = (places.Channels, places.Order, codes.Count);
        (Starts, Visits, Conversions, Value) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        (windows, rows) = (new byte[Count * order], new int[Count + 1]);
        for (var state = 0; state < Count; state++)
        {
            (Conversions[state], Value[state]) = places.EndOf(codes[state]);
            places.Window(codes[state], windows.AsSpan(state * order, order));
        }

        foreach (var (before, window, _) in places.Moves())
        {
            if (before is not null)
                rows[index[window]]++;
        }

        // Where each state's row ends; filling it from its end leaves where it begins.
        for (var state = 1; state <= Count; state++)
            rows[state] += rows[state - 1];
        (from, moves) = (new int[rows[Count]], new double[rows[Count]]);
        foreach (var (before, window, journeys) in places.Moves())
        {
            var state = (int)index[window] - 1;
            Visits[state] += journeys;
            if (before is not { } code)
                Starts[state] += journeys;
            else
                (from[--rows[state + 1]], moves[rows[state + 1]]) = ((int)index[code] - 1, journeys);
        }

        rows.AsSpan(1).CopyTo(rows);
        rows[Count] = from.Length;
    }

    public int Channels { get; }

    public int Count { get; }

    /// <summary>Journeys that began in each.</summary>
    public double[] Starts { get; }

    /// <summary>How often each was come to, and so how often it was left.</summary>
    public double[] Visits { get; }

    /// <summary>Conversions that came right after each.</summary>
    public double[] Conversions { get; }

    /// <summary>Their value in minor units.</summary>
    public double[] Value { get; }

    public static ChainStates Of(PlaceReader places)
    {
        var index = new Tally(places.Windows);
        foreach (var (_, window, _) in places.Moves())
            index[window] = 1;
        ulong[] codes = [.. index.Entries().Select(entry => entry.Code)];
        for (var state = 0; state < codes.Length; state++)
            index[codes[state]] = state + 1;
        return new(places, codes, index);
    }

    /// <summary>Channels of a state, oldest first.</summary>
    public ReadOnlySpan<byte> WindowOf(int state)
    {
        var window = windows.AsSpan(state * order, order);
        return window[window.IndexOfAnyExcept(PlaceReader.NoChannel)..];
    }

    /// <summary>The states that journeys came from.</summary>
    public ReadOnlySpan<int> From(int state) => from.AsSpan(rows[state]..rows[state + 1]);

    /// <summary>How many, in the order of <see cref="From"/>.</summary>
    public ReadOnlySpan<double> Moves(int state) => moves.AsSpan(rows[state]..rows[state + 1]);
}
