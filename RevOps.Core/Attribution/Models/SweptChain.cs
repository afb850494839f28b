using System.Numerics;

namespace RevOps.Core.Attribution.Models;

/// <summary>
/// Solves a chain by sweeps (Gauss and Seidel), for all channels left out at once: each state holds a row of what is still to come, with nothing
/// left out and without each channel. From zero the rows only rise, in floating point too, and so the end is reached when none rises.
/// </summary>
internal static class SweptChain
{
    // Of a probability; what is left below it is lost in the last digit.
    private const double Still = 1e-16;

    public static (ChainReward Conversions, ChainReward Value) Solve(ChainStates states)
    {
        // Both rewards in one row, the value measured in conversions so that both are as large.
        var columns = 2 * (states.Channels + 1);
        var width = (columns + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        var (conversions, value) = (states.Conversions.Sum(), states.Value.Sum());
        var scale = value == 0 ? 0 : conversions / value;
        var rows = new double[states.Count * width];
        var sum = new double[width];
        for (var rose = true; rose;)
        {
            rose = false;
            for (var state = states.Count - 1; state >= 0; state--)
                rose |= Sweep(states, state, rows, sum, scale);
        }

        var reached = new double[width];
        for (var state = 0; state < states.Count; state++)
        {
            for (var at = 0; at < columns; at++)
                reached[at] += states.Starts[state] * rows[(state * width) + at];
        }

        ChainReward Reward(int first, double unit) =>
            new(reached[first] * unit, [.. Enumerable.Range(1, states.Channels).Select(at => (reached[first] - reached[first + at]) * unit)]);
        return (Reward(0, 1), Reward(states.Channels + 1, scale == 0 ? 0 : 1 / scale));
    }

    /// <summary>One state from those that follow it; whether it rose.</summary>
    private static bool Sweep(ChainStates states, int state, double[] rows, double[] sum, double scale)
    {
        var (width, second) = (sum.Length, states.Channels + 1);
        Array.Fill(sum, states.Conversions[state], 0, second);
        Array.Fill(sum, states.Value[state] * scale, second, second);
        var to = states.To(state);
        var moves = states.Moves(state);
        for (var move = 0; move < to.Length; move++)
        {
            var weight = new Vector<double>(moves[move]);
            var next = rows.AsSpan(to[move] * width, width);
            for (var at = 0; at < width; at += Vector<double>.Count)
                (new Vector<double>(sum, at) + (weight * new Vector<double>(next[at..]))).CopyTo(sum, at);
        }

        // Without a channel of its own the state leads to nothing.
        foreach (var channel in states.WindowOf(state))
            sum[channel + 1] = sum[second + channel + 1] = 0;
        var (share, rose) = (1 / states.Visits[state], false);
        var row = rows.AsSpan(state * width, width);
        for (var at = 0; at < width; at++)
        {
            var risen = sum[at] * share;
            rose |= risen - row[at] > Still;
            row[at] = risen;
        }

        return rose;
    }
}
