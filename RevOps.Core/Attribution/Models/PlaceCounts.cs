namespace RevOps.Core.Attribution.Models;

/// <summary>
/// Where on its journey each converting touch stood, in whole numbers: of journeys of so many touches, at such a place, such a channel.
/// Every rule but the last non-direct touch is a weighing of these counts, and they add up without rounding in whatever order they come.
/// </summary>
public sealed class PlaceCounts(int channels, int direct)
{
    private readonly List<Cell[]> byLength = [[]];
    private readonly Cell[] lastNonDirect = new Cell[channels];
    private readonly Cell[] influenced = new Cell[channels];
    private readonly int[] seenBy = new int[channels];
    private int path;

    public int Channels => channels;

    public static PlaceCounts Of(PathTable paths, int direct)
    {
        var counts = new PlaceCounts(paths.Channels, direct);
        for (var at = 0; at < paths.Count; at++)
            counts.Add(paths.PathOf(at), paths.Outcomes[at]);
        return counts;
    }

    /// <summary>Only conversions are counted: no rule credits anything for a journey that ended in nothing.</summary>
    public void Add(ReadOnlySpan<byte> touches, PathOutcome outcome)
    {
        if (touches.IsEmpty || outcome is { Conversions: 0, ValueMinor: 0 })
            return;
        path++;
        var cells = CellsOf(touches.Length);
        for (var at = 0; at < touches.Length; at++)
        {
            var channel = touches[at];
            cells[(at * channels) + channel].Add(outcome);
            if (seenBy[channel] == path)
                continue;
            seenBy[channel] = path;
            influenced[channel].Add(outcome);
        }

        lastNonDirect[touches[TouchWeights.LastNonDirect(touches, direct)]].Add(outcome);
    }

    /// <summary>The same counts under other numbers.</summary>
    /// <param name="into">Empty counts, of as many channels as there are now.</param>
    /// <param name="numbers">The new number of each.</param>
    public PlaceCounts Renumber(PlaceCounts into, IReadOnlyList<byte> numbers)
    {
        for (var length = 1; length < byLength.Count; length++)
        {
            for (var at = 0; at < byLength[length].Length; at++)
            {
                if (!byLength[length][at].IsNone)
                    into.CellsOf(length)[(at / channels * into.Channels) + numbers[at % channels]] = byLength[length][at];
            }
        }

        for (var channel = 0; channel < channels; channel++)
        {
            into.lastNonDirect[numbers[channel]] = lastNonDirect[channel];
            into.influenced[numbers[channel]] = influenced[channel];
        }

        return into;
    }

    /// <param name="rule">One that shares each journey by itself.</param>
    public ChannelCredit Credit(AttributionModel rule)
    {
        var (conversions, value) = (new double[channels], new double[channels]);
        void Take(ReadOnlySpan<Cell> cells, double weight)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                conversions[channel] += weight * cells[channel].Conversions;
                value[channel] += weight * cells[channel].ValueMinor;
            }
        }

        if (rule is AttributionModel.LastNonDirect or AttributionModel.Influenced)
        {
            Take(rule == AttributionModel.Influenced ? influenced : lastNonDirect, 1);
            return new(conversions, value);
        }

        for (var length = 1; length < byLength.Count; length++)
        {
            var weights = DailyWeights(rule, length);
            for (var at = 0; at < length && byLength[length].Length > 0; at++)
                Take(byLength[length].AsSpan(at * channels, channels), weights[at]);
        }

        return new(conversions, value);
    }

    /// <summary>As of touches a day apart, the last at the conversion.</summary>
    private static double[] DailyWeights(AttributionModel rule, int length)
    {
        var (weights, days) = (new double[length], new float[length]);
        for (var at = 0; at < length; at++)
            days[at] = length - 1 - at;
        TouchWeights.Of(rule, new byte[length], days, -1, [], weights);
        return weights;
    }

    private Cell[] CellsOf(int length)
    {
        while (byLength.Count <= length)
            byLength.Add([]);
        return byLength[length] is { Length: > 0 } cells ? cells : byLength[length] = new Cell[length * channels];
    }

    private struct Cell
    {
        public long Conversions;
        public long ValueMinor;

        public readonly bool IsNone => Conversions == 0 && ValueMinor == 0;

        public void Add(PathOutcome outcome)
        {
            Conversions += outcome.Conversions;
            ValueMinor += outcome.ValueMinor;
        }
    }
}
