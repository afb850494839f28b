namespace RevOps.Core.Forecasting;

/// <summary>Small sums that several models need.</summary>
public static class Statistics
{
    /// <summary>At lags 0 to <paramref name="most"/>; all 0 of a series that never moves.</summary>
    public static double[] Autocorrelations(ReadOnlySpan<double> values, int most)
    {
        var (correlations, mean, whole) = (new double[most + 1], Mean(values), 0.0);
        foreach (var value in values)
            whole += (value - mean) * (value - mean);
        if (whole <= 0)
            return correlations;
        for (var lag = 0; lag <= most && lag < values.Length; lag++)
        {
            var sum = 0.0;
            for (var at = lag; at < values.Length; at++)
                sum += (values[at] - mean) * (values[at - lag] - mean);
            correlations[lag] = sum / whole;
        }

        return correlations;
    }

    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return values.Length == 0 ? 0 : sum / values.Length;
    }

    /// <summary>Of a straight line through the values at 1, 2, …</summary>
    public static (double Start, double Slope) Line(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
            return (values.Length == 0 ? 0 : values[0], 0);
        var (middle, mean) = ((values.Length + 1) / 2.0, Mean(values));
        var (over, under) = (0.0, 0.0);
        for (var at = 0; at < values.Length; at++)
        {
            var off = at + 1 - middle;
            over += off * (values[at] - mean);
            under += off * off;
        }

        return (mean - (over / under * middle), over / under);
    }

    public static double Variance(ReadOnlySpan<double> values)
    {
        var (mean, sum) = (Mean(values), 0.0);
        foreach (var value in values)
            sum += (value - mean) * (value - mean);
        return values.Length < 2 ? 0 : sum / (values.Length - 1);
    }

    /// <param name="sorted">Ascending.</param>
    /// <param name="share">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
