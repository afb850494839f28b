using System.Numerics;

namespace RevOps.Core.Attribution.Models;

/// <summary>
/// Solves a chain by sweeps (Gauss and Seidel), told backwards: which share of the journeys that come to a state had come past a channel? All of
/// them where the state holds it; else the mean over the states they came from. As many journeys enter a state as leave it, and so what the
/// chain loses without the channel is that share of what each state brings: conversions and value alike, all channels at once, and nothing is
/// subtracted. From zero the shares only rise, in floating point too; when none rises, the end is reached.
/// </summary>
internal static class SweptChain
{
    // Of a share between 0 and 1: no digit of a removal effect is as small.
    private const double Still = 1e-18;

    /// <param name="states">Of the chain.</param>
    /// <param name="walks">What the chain reaches is swept from its starts; else it is what was counted, which does for shares.</param>
    public static (ChainReward Conversions, ChainReward Value) Solve(ChainStates states, bool walks)
    {
        var width = (states.Channels + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        var (past, sum) = (new double[states.Count * width], new double[width]);
        for (var rose = true; rose;)
        {
            rose = false;
            for (var state = 0; state < states.Count; state++)
                rose |= Sweep(states, state, past, sum);
        }

        var come = walks ? Come(states) : null;
        return (Reward(states.Conversions, past, width, states.Channels, come), Reward(states.Value, past, width, states.Channels, come));
    }

    /// <summary>Of the visits that were counted at each state, the share that the chain itself brings there from its starts: 1 where the counts hold together.</summary>
    private static double[] Come(ChainStates states)
    {
        var come = new double[states.Count];
        for (var rose = true; rose;)
        {
            rose = false;
            for (var state = 0; state < come.Length; state++)
            {
                var from = states.From(state);
                var moves = states.Moves(state);
                var sum = states.Starts[state];
                for (var move = 0; move < from.Length; move++)
                    sum += moves[move] * come[from[move]];
                var risen = sum / states.Visits[state];
                rose |= risen - come[state] > Still;
                come[state] = risen;
            }
        }

        return come;
    }

    /// <summary>One state from those that come before it; whether it rose.</summary>
    private static bool Sweep(ChainStates states, int state, double[] past, double[] sum)
    {
        Array.Clear(sum);
        var from = states.From(state);
        var moves = states.Moves(state);
        for (var move = 0; move < from.Length; move++)
        {
            var weight = new Vector<double>(moves[move]);
            var row = past.AsSpan(from[move] * sum.Length, sum.Length);
            for (var at = 0; at < sum.Length; at += Vector<double>.Count)
                Vector.FusedMultiplyAdd(weight, new(row[at..]), new(sum, at)).CopyTo(sum, at);
        }

        foreach (var channel in states.WindowOf(state))
            sum[channel] = states.Visits[state];
        var (share, still, rose) = (new Vector<double>(1 / states.Visits[state]), new Vector<double>(Still), false);
        var own = past.AsSpan(state * sum.Length, sum.Length);
        for (var at = 0; at < sum.Length; at += Vector<double>.Count)
        {
            var risen = new Vector<double>(sum, at) * share;
            rose |= Vector.GreaterThanAny(risen - new Vector<double>(own[at..]), still);
            risen.CopyTo(own[at..]);
        }

        return rose;
    }

    private static ChainReward Reward(double[] reward, double[] past, int width, int channels, double[]? come)
    {
        var (reached, lost) = (0.0, new double[channels]);
        for (var state = 0; state < reward.Length; state++)
        {
            reached += reward[state] * (come?[state] ?? 1);
            for (var channel = 0; channel < channels && reward[state] != 0; channel++)
                lost[channel] += reward[state] * past[(state * width) + channel];
        }

        return new(reached, lost);
    }
}
