using System.Numerics;

namespace RevOps.Core.Attribution.Models;

/// <summary>Shapley values of the game of rates, before they are scaled.</summary>
internal static class ShapleyGame
{
    /// <summary>Over all subsets: sums over the subsets of each by the zeta transform, one bit at a time.</summary>
    public static (double[] Conversions, double[] ValueMinor) Exact(ChannelSets sets)
    {
        var present = sets.Present();
        var n = present.Count;
        var (conversions, journeys, value) = (new double[1 << n], new double[1 << n], new double[1 << n]);
        foreach (var (set, outcome) in sets.Lines())
        {
            var code = 0;
            for (var bit = 0; bit < n; bit++)
                code |= set.Has(present[bit]) ? 1 << bit : 0;
            (conversions[code], journeys[code], value[code]) = (outcome.Conversions, outcome.Journeys, outcome.ValueMinor);
        }

        Zeta(conversions, n);
        Zeta(journeys, n);
        Zeta(value, n);
        for (var code = 0; code < 1 << n; code++)
        {
            conversions[code] = journeys[code] == 0 ? 0 : conversions[code] / journeys[code];
            value[code] = journeys[code] == 0 ? 0 : value[code] / journeys[code];
        }

        return (Spread(Values(conversions, n), present, sets.Channels), Spread(Values(value, n), present, sets.Channels));
    }

    /// <summary>Over orders drawn by lot, each forwards and backwards.</summary>
    public static (double[] Conversions, double[] ValueMinor) Drawn(ChannelSets sets, int draws, int seed)
    {
        var (present, lines, random) = (sets.Present().ToArray(), sets.Lines().ToArray(), new Random(seed));
        var members = Array.ConvertAll(lines, line => present.Where(line.Set.Has).ToArray());
        var (conversions, value, rank) = (new double[sets.Channels], new double[sets.Channels], new int[sets.Channels]);
        var sums = new PathOutcome[present.Length];
        for (var draw = 0; draw < 2 * draws; draw++)
        {
            if (draw % 2 == 0)
                random.Shuffle(present);
            else
                Array.Reverse(present);
            for (var at = 0; at < present.Length; at++)
                rank[present[at]] = at;

            // A set is inside from where the last of its channels comes in.
            Array.Clear(sums);
            for (var line = 0; line < members.Length; line++)
            {
                var last = 0;
                foreach (var channel in members[line])
                    last = Math.Max(last, rank[channel]);
                sums[last] += lines[line].Outcome;
            }

            var (inside, rate, worth) = (default(PathOutcome), 0.0, 0.0);
            for (var at = 0; at < present.Length; at++)
            {
                inside += sums[at];
                var (newRate, newWorth) = inside.Journeys == 0 ? (0, 0) : ((double)inside.Conversions / inside.Journeys, (double)inside.ValueMinor / inside.Journeys);
                conversions[present[at]] += (newRate - rate) / (2 * draws);
                value[present[at]] += (newWorth - worth) / (2 * draws);
                (rate, worth) = (newRate, newWorth);
            }
        }

        return (conversions, value);
    }

    private static void Zeta(double[] sums, int n)
    {
        for (var bit = 1; bit < 1 << n; bit <<= 1)
        {
            for (var block = 0; block < sums.Length; block += 2 * bit)
            {
                for (var code = block; code < block + bit; code++)
                    sums[code + bit] += sums[code];
            }
        }
    }

    /// <summary>Each subset counts for a channel that it holds, and against one that it lacks, by how many orders it begins.</summary>
    private static double[] Values(double[] worth, int n)
    {
        // Of a set of so many others: s! (n - s - 1)! / n!.
        var weights = new double[n + 1];
        for (var size = 0; size < n; size++)
            weights[size] = size == 0 ? 1.0 / n : weights[size - 1] * size / (n - size);
        var values = new double[n];
        for (var code = 0; code < worth.Length; code++)
        {
            var size = BitOperations.PopCount((uint)code);
            for (var bit = 0; bit < n; bit++)
                values[bit] += (code >> bit & 1) != 0 ? weights[size - 1] * worth[code] : -weights[size] * worth[code];
        }

        return values;
    }

    private static double[] Spread(double[] values, IReadOnlyList<int> present, int channels)
    {
        var spread = new double[channels];
        for (var at = 0; at < values.Length; at++)
            spread[present[at]] = values[at];
        return spread;
    }
}
