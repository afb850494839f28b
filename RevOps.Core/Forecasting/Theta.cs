namespace RevOps.Core.Forecasting;

/// <summary>
/// The Theta method (Assimakopoulos and Nikolopoulos 2000; as exponential smoothing with drift, Hyndman and Billah 2003) and the dynamic optimised
/// Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016), both on a seasonally adjusted series.
/// </summary>
public static class Theta
{
    private const double LeastAlpha = 0.1, MostAlpha = 0.99, LeastTheta = 1, MostTheta = 200;

    /// <param name="values">Seasonally adjusted.</param>
    /// <param name="steps">How many to forecast.</param>
    public static double[] Standard(double[] values, int steps)
    {
        var (mean, slope) = (new double[steps], Statistics.Line(values).Slope / 2);
        var (alpha, level) = Smooth(values);
        for (var step = 0; step < steps; step++)
            mean[step] = level + (slope * (step + ((1 - Math.Pow(1 - alpha, values.Length)) / alpha)));
        return mean;
    }

    /// <param name="values">Seasonally adjusted.</param>
    /// <param name="steps">How many to forecast.</param>
    public static double[] DynamicOptimised(double[] values, int steps)
    {
        var (mean, count) = (new double[steps], values.Length);
        if (count < 4)
        {
            Array.Fill(mean, values[^1]);
            return mean;
        }

        // The line through all values so far depends on no parameter: worked out once.
        var (starts, slopes) = (new double[count + steps], new double[count + steps]);
        var (average, slope) = (0.0, 0.0);
        for (var at = 0; at < count; at++)
            (average, slope) = Line(values[at], at + 1, average, slope, starts, slopes);

        var size = Math.Max(Math.Abs(Statistics.Mean(values)), 1e-9);
        double Cost(double[] point)
        {
            var (alpha, theta, level) = (point[0], point[1], point[2] * size);
            if (alpha is < LeastAlpha or > MostAlpha || theta is < LeastTheta or > MostTheta)
                return double.PositiveInfinity;
            var (sum, weight, power) = (0.0, 1 - (1 / theta), 1.0);
            for (var at = 0; at < count; at++)
            {
                var error = values[at] - Step(level, weight, power, alpha, at == 0 ? 0 : starts[at - 1], at == 0 ? 0 : slopes[at - 1]);
                if (at > 0)
                    sum += error * error;
                level += alpha * (values[at] - level);
                power *= 1 - alpha;
            }

            return sum;
        }

        var (best, _) = NelderMead.Minimise(Cost, [0.5, 2, values[0] / 2 / size], [0.2, 1, 0.2 * Math.Max(0.1, Math.Abs(values[0] / size))], 400, 1e-7);
        var (a, t, l, p) = (best[0], best[1], best[2] * size, Math.Pow(1 - best[0], count));
        foreach (var value in values)
            l += a * (value - l);
        for (var step = 0; step < steps; step++)
        {
            var at = count + step;
            mean[step] = Step(l, 1 - (1 / t), p, a, starts[at - 1], slopes[at - 1]);
            l += a * (mean[step] - l);
            p *= 1 - a;
            (average, slope) = Line(mean[step], at + 1, average, slope, starts, slopes);
        }

        return mean;
    }

    private static double Step(double level, double weight, double power, double alpha, double start, double slope) =>
        level + (weight * ((power * start) + ((1 - (power * (1 - alpha))) / alpha * slope)));

    private static (double Average, double Slope) Line(double value, int count, double average, double slope, double[] starts, double[] slopes)
    {
        slope = count == 1 ? 0 : (((count - 2) * slope) + (6.0 / count * (value - average))) / (count + 1);
        average = (((count - 1) * average) + value) / count;
        (starts[count - 1], slopes[count - 1]) = (average - ((count + 1) / 2.0 * slope), slope);
        return (average, slope);
    }

    /// <summary>Simple exponential smoothing.</summary>
    private static (double Alpha, double Level) Smooth(double[] values)
    {
        double Run(double alpha, out double level)
        {
            var sum = 0.0;
            level = values[0];
            for (var at = 1; at < values.Length; at++)
            {
                var error = values[at] - level;
                sum += error * error;
                level += alpha * error;
            }

            return sum;
        }

        // One parameter: a coarse look, then a fine one around the best.
        var (best, least) = (0.5, double.PositiveInfinity);
        for (var pass = 0; pass < 2; pass++)
        {
            var (from, to, by) = pass == 0 ? (0.05, 0.99, 0.05) : (Math.Max(0.01, best - 0.04), Math.Min(0.99, best + 0.04), 0.01);
            for (var alpha = from; alpha <= to + 1e-9; alpha += by)
            {
                if (Run(alpha, out _) is var sum && sum < least)
                    (best, least) = (alpha, sum);
            }
        }

        Run(best, out var last);
        return (best, last);
    }
}
