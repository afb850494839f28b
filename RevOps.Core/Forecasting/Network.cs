namespace RevOps.Core.Forecasting;

/// <summary>One hidden layer of rectified units, from what is seen of a series to how far the next steps lie off the dynamic Theta model, in shares of the level.</summary>
/// <param name="First">Weights of the hidden units, one row each.</param>
/// <param name="FirstBias">One per hidden unit.</param>
/// <param name="Second">Weights of the outputs, one row each.</param>
/// <param name="SecondBias">One per output.</param>
public sealed record Network(float[] First, float[] FirstBias, float[] Second, float[] SecondBias)
{
    // Term by term in one order: the same on every machine.
    public float[] Run(float[] input)
    {
        var (hidden, output) = (new float[FirstBias.Length], new float[SecondBias.Length]);
        Layer(First, FirstBias, input, hidden);
        for (var unit = 0; unit < hidden.Length; unit++)
            hidden[unit] = Math.Max(0, hidden[unit]);
        Layer(Second, SecondBias, hidden, output);
        return output;
    }

    private static void Layer(float[] weights, float[] bias, float[] from, float[] to)
    {
        for (var row = 0; row < to.Length; row++)
        {
            var sum = bias[row];
            for (var column = 0; column < from.Length; column++)
                sum += weights[(row * from.Length) + column] * from[column];
            to[row] = sum;
        }
    }
}

/// <summary>Several networks of one frequency, trained from different beginnings: their mean is steadier than any of them.</summary>
/// <param name="Shape">Of each.</param>
public sealed record Networks(NetworkShape Shape, IReadOnlyList<Network> Members)
{
    /// <param name="series">That fits them.</param>
    /// <param name="seasons">Of the series.</param>
    /// <param name="steps">Beyond those of the networks, the last one's correction is kept.</param>
    public double[] Forecast(Series series, Seasons seasons, int steps)
    {
        var seen = NetworkInput.Seen(series);
        var adjusted = seasons.Adjust(seen.Values);
        var baseline = Theta.DynamicOptimised(adjusted, Math.Max(steps, Shape.Steps));
        var input = NetworkInput.Of(Shape, adjusted, baseline, seen.ShowsLongSeason);
        var mean = new double[steps];
        foreach (var output in Members.Select(network => network.Run(input.Values)))
        {
            for (var step = 0; step < steps; step++)
                mean[step] += output[Math.Min(step, Shape.Steps - 1)] * input.Level / Members.Count;
        }

        for (var step = 0; step < steps; step++)
            mean[step] += baseline[step];
        return seasons.PutBack(mean, series.Length);
    }
}
