namespace RevOps.Core.Attribution.Models;

/// <summary>Shares of the journeys at each channel by where they went next; repeats of a channel are one visit. Each channel's row adds up to 1, or to 0 where nobody came.</summary>
/// <param name="Start">To each channel first.</param>
/// <param name="Between">From each channel to each.</param>
/// <param name="ToConversion">From each channel.</param>
/// <param name="ToNull">From each channel, to nothing.</param>
public sealed record TransitionMatrix(IReadOnlyList<double> Start, IReadOnlyList<IReadOnlyList<double>> Between, IReadOnlyList<double> ToConversion, IReadOnlyList<double> ToNull)
{
    internal static TransitionMatrix Of(ChainStates states)
    {
        var (n, journeys) = (states.Channels, states.Starts.Sum());
        var (start, converted, none) = (new double[n], new double[n], new double[n]);
        var between = Enumerable.Range(0, n).Select(_ => new double[n]).ToArray();
        for (var state = 0; state < states.Count; state++)
        {
            var (channel, visits) = (states.WindowOf(state)[0], states.Visits[state]);
            start[channel] = states.Starts[state] / journeys;
            converted[channel] = states.Conversions[state] / visits;
            var (from, moves) = (states.From(state).ToArray(), states.Moves(state).ToArray());
            for (var at = 0; at < from.Length; at++)
                between[states.WindowOf(from[at])[0]][channel] = moves[at] / states.Visits[from[at]];
        }

        for (var state = 0; state < states.Count; state++)
        {
            var channel = states.WindowOf(state)[0];
            none[channel] = Math.Max(0, 1 - converted[channel] - between[channel].Sum());
        }

        return new(start, between, converted, none);
    }
}
