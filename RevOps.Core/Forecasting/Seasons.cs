namespace RevOps.Core.Forecasting;

/// <summary>Whether a series has seasons, and what each step of one is worth: the test and the classical decomposition of the M competitions.</summary>
/// <param name="Factors">By step of a season, the first for the first value; they average 1, or 0 where they are added.</param>
/// <param name="AreFactors">True: values are divided by them; false: they are taken off, since the series is not positive.</param>
public sealed record Seasons(double[] Factors, bool AreFactors)
{
    private const double OneSided90 = 1.645;

    public static readonly Seasons None = new([1], true);

    public bool AreNone => Factors.Length == 1;

    /// <summary>None where the autocorrelation at a season is not significant at 90 %, or there are less than three seasons to see it in.</summary>
    public static Seasons Of(Series series)
    {
        var (values, period) = (series.Values, series.Period);
        return period > 1 && !series.HasLongSeason && values.Length >= 3 * period && HasSeasons(values, period) ? Decompose(values, period, series.IsPositive) : None;
    }

    public double[] Adjust(double[] values)
    {
        if (AreNone)
            return values;
        var adjusted = new double[values.Length];
        for (var at = 0; at < values.Length; at++)
            adjusted[at] = AreFactors ? values[at] / Factors[at % Factors.Length] : values[at] - Factors[at % Factors.Length];
        return adjusted;
    }

    /// <param name="mean">Of the adjusted series, from the step behind its last one on; changed in place.</param>
    /// <param name="length">Steps of the series.</param>
    public double[] PutBack(double[] mean, int length)
    {
        if (AreNone)
            return mean;
        for (var step = 0; step < mean.Length; step++)
        {
            var factor = Factors[(length + step) % Factors.Length];
            mean[step] = AreFactors ? mean[step] * factor : mean[step] + factor;
        }

        return mean;
    }

    private static bool HasSeasons(double[] values, int period)
    {
        var correlations = Statistics.Autocorrelations(values, period);
        var squares = 0.0;
        for (var lag = 1; lag < period; lag++)
            squares += correlations[lag] * correlations[lag];
        return Math.Abs(correlations[period]) > OneSided90 * Math.Sqrt((1 + (2 * squares)) / values.Length);
    }

    public static Seasons Decompose(double[] values, int period, bool asFactors)
    {
        var trend = CentredMean(values, period);
        var (sums, counts) = (new double[period], new int[period]);
        for (var at = 0; at < values.Length; at++)
        {
            if (double.IsNaN(trend[at]))
                continue;
            sums[at % period] += asFactors ? values[at] / trend[at] : values[at] - trend[at];
            counts[at % period]++;
        }

        var factors = new double[period];
        for (var place = 0; place < period; place++)
            factors[place] = counts[place] == 0 ? (asFactors ? 1 : 0) : sums[place] / counts[place];
        var mean = factors.Average();
        for (var place = 0; place < period; place++)
            factors[place] = asFactors ? Math.Max(factors[place] / mean, 1e-3) : factors[place] - mean;
        return new(factors, asFactors);
    }

    /// <summary>Over one season around each step; NaN where less than half a season is on a side.</summary>
    public static double[] CentredMean(double[] values, int period)
    {
        var (mean, half) = (new double[values.Length], period / 2);
        Array.Fill(mean, double.NaN);
        for (var at = half; at + half < values.Length; at++)
        {
            var sum = 0.0;
            for (var other = at - half; other <= at + half; other++)
                sum += period % 2 == 0 && (other == at - half || other == at + half) ? values[other] / 2 : values[other];
            mean[at] = sum / period;
        }

        return mean;
    }
}
