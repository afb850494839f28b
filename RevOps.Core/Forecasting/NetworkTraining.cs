using System.Numerics;

namespace RevOps.Core.Forecasting;

/// <summary>
/// Trains the networks of a frequency on every stretch of many series: Adam on the absolute error (Huber's near nothing), weights decayed, the rate
/// falling along a cosine. The same series and seeds give the same networks on the same kind of processor.
/// </summary>
public static class NetworkTraining
{
    private const int Batch = 64, Epochs = 15, MostStretches = 120;
    private const float Rate = 0.002f, Decay = 0.01f, Kink = 0.02f, FirstMoment = 0.9f, SecondMoment = 0.999f;

    /// <summary>A stretch that moves further than this many times its level teaches nothing.</summary>
    private const double Wildest = 3;

    /// <param name="series">As far as the networks may know them.</param>
    /// <param name="shape">What to train.</param>
    /// <param name="members">How many networks.</param>
    public static IReadOnlyList<Network> Train(IReadOnlyList<Series> series, NetworkShape shape, int members)
    {
        var stretches = series.AsParallel().AsOrdered().SelectMany(one => StretchesOf(one, shape)).ToList();
        return [.. Enumerable.Range(1, members).AsParallel().AsOrdered().Select(seed => One(stretches, shape, seed))];
    }

    private static List<(float[] Input, float[] Target)> StretchesOf(Series series, NetworkShape shape)
    {
        var (found, last) = (new List<(float[], float[])>(), series.Length - shape.Steps);
        var (least, stride) = (Math.Max(shape.Window, Math.Max(10, shape.SeesYear ? 0 : 2 * shape.Period)), shape.SeesYear ? Math.Max(1, series.Length / MostStretches) : 1);
        for (var end = last; end >= least; end -= stride)
        {
            var seen = NetworkInput.Seen(series.First(end));
            var seasons = Seasons.Of(seen);
            var adjusted = seasons.Adjust(seen.Values);
            var input = NetworkInput.Of(shape, adjusted, Theta.DynamicOptimised(adjusted, shape.Steps), seen.ShowsLongSeason);
            var target = new float[shape.Steps];
            var isWild = false;
            for (var step = 0; step < shape.Steps; step++)
            {
                var off = (Without(seasons, series.Values[end + step], seen.Length + step) - input.Baseline[step]) / input.Level;
                target[step] = (float)off;
                isWild |= !(Math.Abs(off) <= Wildest);
            }

            if (!isWild)
                found.Add((input.Values, target));
        }

        return found;
    }

    private static double Without(Seasons seasons, double value, int at) => seasons.AreNone ? value
        : seasons.AreFactors ? value / seasons.Factors[at % seasons.Factors.Length] : value - seasons.Factors[at % seasons.Factors.Length];

    private static Network One(List<(float[] Input, float[] Target)> stretches, NetworkShape shape, int seed)
    {
        var lots = new Random(seed);
        var network = new Network(Drawn(lots, shape.Hidden * shape.Inputs, Math.Sqrt(2.0 / shape.Inputs)), new float[shape.Hidden], Drawn(lots, shape.Steps * shape.Hidden, 0.01), new float[shape.Steps]);
        var parts = new[] { network.First, network.FirstBias, network.Second, network.SecondBias };
        var (slopes, firsts, seconds) = (Like(parts), Like(parts), Like(parts));
        var (order, hidden, back) = (Enumerable.Range(0, stretches.Count).ToArray(), new float[shape.Hidden], new float[shape.Hidden]);
        var (step, whole) = (0, Math.Max(1, Epochs * (stretches.Count / Batch)));
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            lots.Shuffle(order);
            for (var at = 0; at + Batch <= order.Length; at += Batch)
            {
                Array.ForEach(slopes, Array.Clear);
                for (var one = at; one < at + Batch; one++)
                    Learn(network, stretches[order[one]], slopes, hidden, back);
                Move(parts, slopes, firsts, seconds, ++step, 0.5f * (1 + MathF.Cos(MathF.PI * step / whole)));
            }
        }

        return network;
    }

    private static void Learn(Network network, (float[] Input, float[] Target) stretch, float[][] slopes, float[] hidden, float[] back)
    {
        var (inputs, units) = (stretch.Input.Length, hidden.Length);
        for (var unit = 0; unit < units; unit++)
            (hidden[unit], back[unit]) = (Math.Max(0, network.FirstBias[unit] + Dot(network.First, unit * inputs, stretch.Input)), 0);
        for (var output = 0; output < stretch.Target.Length; output++)
        {
            var off = network.SecondBias[output] + Dot(network.Second, output * units, hidden) - stretch.Target[output];
            var slope = Math.Clamp(off / Kink, -1, 1) / Batch;
            slopes[3][output] += slope;
            for (var unit = 0; unit < units; unit++)
            {
                slopes[2][(output * units) + unit] += slope * hidden[unit];
                back[unit] += slope * network.Second[(output * units) + unit];
            }
        }

        for (var unit = 0; unit < units; unit++)
        {
            if (hidden[unit] <= 0)
                continue;
            slopes[1][unit] += back[unit];
            for (var input = 0; input < inputs; input++)
                slopes[0][(unit * inputs) + input] += back[unit] * stretch.Input[input];
        }
    }

    private static void Move(float[][] parts, float[][] slopes, float[][] firsts, float[][] seconds, int step, float cosine)
    {
        var (rate, first, second) = (Rate * cosine, 1 - MathF.Pow(FirstMoment, step), 1 - MathF.Pow(SecondMoment, step));
        for (var part = 0; part < parts.Length; part++)
        {
            var isWeight = part % 2 == 0;
            for (var at = 0; at < parts[part].Length; at++)
            {
                var slope = slopes[part][at];
                firsts[part][at] = (FirstMoment * firsts[part][at]) + ((1 - FirstMoment) * slope);
                seconds[part][at] = (SecondMoment * seconds[part][at]) + ((1 - SecondMoment) * slope * slope);
                parts[part][at] -= rate * ((firsts[part][at] / first / (MathF.Sqrt(seconds[part][at] / second) + 1e-8f)) + (isWeight ? Decay * parts[part][at] : 0));
            }
        }
    }

    private static float Dot(float[] weights, int from, float[] with)
    {
        var (sum, at) = (Vector<float>.Zero, 0);
        for (; at + Vector<float>.Count <= with.Length; at += Vector<float>.Count)
            sum += new Vector<float>(weights, from + at) * new Vector<float>(with, at);
        var whole = Vector.Sum(sum);
        for (; at < with.Length; at++)
            whole += weights[from + at] * with[at];
        return whole;
    }

    private static float[] Drawn(Random lots, int count, double width) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(width * Math.Sqrt(-2 * Math.Log(1 - lots.NextDouble())) * Math.Cos(2 * Math.PI * lots.NextDouble())))];

    private static float[][] Like(float[][] parts) => Array.ConvertAll(parts, part => new float[part.Length]);
}
