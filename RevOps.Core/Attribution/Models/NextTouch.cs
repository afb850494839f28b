using System.Runtime.InteropServices;

namespace RevOps.Core.Attribution.Models;

/// <summary>
/// What comes after the last touches, another touch or an end, learnt from counts for windows of every length up to the highest order. What a
/// window has seldom seen is asked of the shorter one, by how often it saw something new (Witten and Bell 1991).
/// </summary>
internal sealed class NextTouch(int channels, int highest)
{
    // Key: the window and what followed it, above them the length of the window.
    private readonly Dictionary<ulong, long> followed = [];
    private readonly Dictionary<ulong, (long Times, long Kinds)> windows = [];

    private ulong Converted => (ulong)channels + 1;

    private ulong Null => (ulong)channels + 2;

    /// <param name="sign">-1 forgets what was learnt.</param>
    public void Add(PathTable paths, int sign)
    {
        for (var at = 0; at < paths.Count; at++)
        {
            var (outcome, window) = (paths.OutcomeOf(at), 0ul);
            if (outcome.Journeys == 0)
                continue;
            foreach (var channel in paths.PathOf(at))
            {
                Learn(window, channel + 1ul, sign * outcome.Journeys);
                window = (window << 8) | (channel + 1ul);
            }

            Learn(window, Converted, sign * outcome.Conversions);
            Learn(window, Null, sign * outcome.Nulls);
        }
    }

    /// <param name="sums">By order: what is added to.</param>
    public void LogLikelihood(ReadOnlySpan<byte> path, PathOutcome outcome, Span<double> sums)
    {
        if (outcome.Journeys == 0)
            return;
        Span<double> chance = stackalloc double[highest + 1];
        var window = 0ul;
        foreach (var channel in path)
        {
            Tell(window, channel + 1ul, outcome.Journeys, chance, sums);
            window = (window << 8) | (channel + 1ul);
        }

        Tell(window, Converted, outcome.Conversions, chance, sums);
        Tell(window, Null, outcome.Nulls, chance, sums);
    }

    private void Learn(ulong window, ulong next, long times)
    {
        if (times == 0)
            return;
        for (var order = 0; order <= highest; order++)
        {
            var cut = Cut(window, order);
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(followed, (cut << 9) | next, out _);
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(windows, cut, out _);
            seen.Kinds += (count + times == 0 ? 0 : 1) - (count == 0 ? 0 : 1);
            seen.Times += times;
            count += times;
        }
    }

    private void Tell(ulong window, ulong next, long times, Span<double> chance, Span<double> sums)
    {
        if (times == 0)
            return;
        var told = 1.0 / (channels + 2);
        for (var order = 0; order <= highest; order++)
        {
            var cut = Cut(window, order);
            if (windows.TryGetValue(cut, out var seen) && seen.Times > 0)
                told = (followed.GetValueOrDefault((cut << 9) | next) + (seen.Kinds * told)) / (seen.Times + seen.Kinds);
            chance[order] = told;
        }

        for (var order = 0; order <= highest; order++)
            sums[order] += times * Math.Log(chance[order]);
    }

    /// <summary>The last touches of the window; before the first touch there are zeros.</summary>
    private static ulong Cut(ulong window, int order) => (window & ((1ul << (8 * order)) - 1)) | ((ulong)order + 1 << 48);
}
