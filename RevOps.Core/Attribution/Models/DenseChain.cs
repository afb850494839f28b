namespace RevOps.Core.Attribution.Models;

/// <summary>
/// Solves a chain by one inversion. In journeys instead of probabilities: with D the visits of each state on a diagonal and T the moves, the
/// conversions still to come from each state are x = M R, M = (D − T)^-1, R the conversions right after it. As many journeys enter a state
/// as leave it, and so what is lost without the states C of a channel is simply the sum of (M_CC)^-1 x_C.
/// D − T is diagonally dominant by rows and by columns: no pivots are needed.
/// </summary>
internal static class DenseChain
{
    /// <summary>With more, sweeps are faster.</summary>
    public const int MostStates = 128;

    public static (ChainReward Conversions, ChainReward Value) Solve(ChainStates states)
    {
        var n = states.Count;
        var inverse = new double[n * n];
        for (var state = 0; state < n; state++)
        {
            inverse[(state * n) + state] = states.Visits[state];
            var from = states.From(state);
            var moves = states.Moves(state);
            for (var at = 0; at < from.Length; at++)
                inverse[(from[at] * n) + state] -= moves[at];
        }

        Invert(inverse, n);
        var members = Enumerable.Range(0, states.Channels).Select(channel => Enumerable.Range(0, n).Where(state => states.WindowOf(state).Contains((byte)channel)).ToArray()).ToArray();
        return (Reward(states, inverse, members, states.Conversions), Reward(states, inverse, members, states.Value));
    }

    private static ChainReward Reward(ChainStates states, double[] inverse, int[][] members, double[] reward)
    {
        var n = states.Count;
        var (reached, toCome) = (0.0, new double[n]);
        for (var state = 0; state < n; state++)
        {
            for (var at = 0; at < n; at++)
                toCome[state] += inverse[(state * n) + at] * reward[at];
            reached += states.Starts[state] * toCome[state];
        }

        return new(reached, Array.ConvertAll(members, of => Lost(of, inverse, n, toCome)));
    }

    private static double Lost(int[] of, double[] inverse, int n, double[] toCome)
    {
        var size = of.Length;
        var block = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                block[(row * size) + column] = inverse[(of[row] * n) + of[column]];
        }

        Invert(block, size);
        var lost = 0.0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                lost += block[(row * size) + column] * toCome[of[column]];
        }

        return lost;
    }

    /// <summary>In place (Gauss and Jordan).</summary>
    private static void Invert(double[] matrix, int n)
    {
        for (var pivot = 0; pivot < n; pivot++)
        {
            var pivotRow = matrix.AsSpan(pivot * n, n);
            var scale = 1 / pivotRow[pivot];
            pivotRow[pivot] = 1;
            for (var column = 0; column < n; column++)
                pivotRow[column] *= scale;
            for (var row = 0; row < n; row++)
            {
                if (row == pivot)
                    continue;
                var other = matrix.AsSpan(row * n, n);
                var factor = other[pivot];
                if (factor == 0)
                    continue;
                other[pivot] = 0;
                for (var column = 0; column < n; column++)
                    other[column] -= factor * pivotRow[column];
            }
        }
    }
}
