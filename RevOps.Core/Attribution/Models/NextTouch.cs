using System.Runtime.InteropServices;

namespace RevOps.Core.Attribution.Models;

/// <summary>
/// What comes after the last touches, another touch or an end, counted for windows of every length up to the highest order, in parts: each part is
/// told by what the others saw. What a window has seldom seen is asked of the shorter one, by how often it saw something new (Witten and Bell 1991).
/// </summary>
/// <param name="channels">Channels are the numbers below this.</param>
/// <param name="highest">Order.</param>
/// <param name="parts">Tables, each with how the journeys of its part ended.</param>
internal sealed class NextTouch(int channels, int highest, IReadOnlyList<PathTable> parts)
{
    // Key: the window and what followed it, above them the length of the window.
    private readonly Counts followed = new(parts.Count);
    private readonly Counts windows = new(parts.Count);

    // Of each window, how many different things followed it: in all, and in that part alone.
    private readonly Counts kinds = new(parts.Count);

    private ulong Converted => (ulong)channels + 1;

    private ulong Null => (ulong)channels + 2;

    /// <returns>By order: the sum over all journeys of the logarithm of how likely each was, told by the parts that it is not in.</returns>
    public double[] LogLikelihoods()
    {
        for (var part = 0; part < parts.Count; part++)
            Walk(part, Learn);
        foreach (var (key, part) in followed.Keys())
            kinds.Add(key >> 9, part, 1);

        var (sums, chance) = (new double[highest + 1], new double[highest + 1]);
        for (var part = 0; part < parts.Count; part++)
            Walk(part, (window, next, times, held) => Tell(window, next, times, held, chance, sums));
        return sums;
    }

    private void Walk(int part, Action<ulong, ulong, long, int> step)
    {
        var paths = parts[part];
        for (var at = 0; at < paths.Count; at++)
        {
            var (outcome, window) = (paths.OutcomeOf(at), 0ul);
            if (outcome.Journeys == 0)
                continue;
            foreach (var channel in paths.PathOf(at))
            {
                step(window, channel + 1ul, outcome.Journeys, part);
                window = (window << 8) | (channel + 1ul);
            }

            if (outcome.Conversions > 0)
                step(window, Converted, outcome.Conversions, part);
            if (outcome.Nulls > 0)
                step(window, Null, outcome.Nulls, part);
        }
    }

    private void Learn(ulong window, ulong next, long times, int part)
    {
        for (var order = 0; order <= highest; order++)
        {
            var cut = Cut(window, order);
            followed.Add((cut << 9) | next, part, times);
            windows.Add(cut, part, times);
        }
    }

    private void Tell(ulong window, ulong next, long times, int held, double[] chance, double[] sums)
    {
        var told = 1.0 / (channels + 2);
        for (var order = 0; order <= highest; order++)
        {
            var cut = Cut(window, order);
            if (windows.Without(cut, held) is > 0 and var seen)
            {
                var others = kinds.Without(cut, held);
                told = (followed.Without((cut << 9) | next, held) + (others * told)) / (seen + others);
            }

            chance[order] = told;
        }

        for (var order = 0; order <= highest; order++)
            sums[order] += times * Math.Log(chance[order]);
    }

    /// <summary>The last touches of the window; before the first touch there are zeros.</summary>
    private static ulong Cut(ulong window, int order) => (window & ((1ul << (8 * order)) - 1)) | ((ulong)order + 1 << 48);

    /// <summary>A number for each key, in all and of each part.</summary>
    private sealed class Counts(int parts)
    {
        private readonly Dictionary<ulong, int> places = new(Spread.Instance);
        private long[] numbers = new long[1_024 * (parts + 1)];

        /// <param name="key">Of what.</param>
        /// <param name="part">Null: of more than one, counted in all alone.</param>
        /// <param name="times">How much more.</param>
        public void Add(ulong key, int? part, long times)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, key, out var known);
            if (!known)
            {
                place = (places.Count - 1) * (parts + 1);
                if (place + parts >= numbers.Length)
                    Array.Resize(ref numbers, numbers.Length * 2);
            }

            if (part is { } one)
                numbers[place + one] += times;
            numbers[place + parts] += times;
        }

        /// <summary>In all but one part.</summary>
        public long Without(ulong key, int part) => places.TryGetValue(key, out var place) ? numbers[place + parts] - numbers[place + part] : 0;

        /// <summary>Each with the part that alone has it; null where several have.</summary>
        public IEnumerable<(ulong Key, int? Part)> Keys()
        {
            foreach (var (key, place) in places)
            {
                int? alone = null;
                for (var part = 0; part < parts && alone is null; part++)
                    alone = numbers[place + part] == numbers[place + parts] ? part : null;
                yield return (key, alone);
            }
        }
    }

    /// <summary>The usual hash of windows so alike puts many into one place.</summary>
    private sealed class Spread : IEqualityComparer<ulong>
    {
        public static readonly Spread Instance = new();

        public bool Equals(ulong x, ulong y) => x == y;

        public int GetHashCode(ulong key) => (int)((key * 0x9E37_79B9_7F4A_7C15) >> 32);
    }
}
