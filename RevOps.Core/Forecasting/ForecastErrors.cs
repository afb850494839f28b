namespace RevOps.Core.Forecasting;

/// <summary>How far off a forecast was, by the measures of the M4 competition (Makridakis, Spiliotis and Assimakopoulos 2020).</summary>
public static class ForecastErrors
{
    /// <summary>Symmetric mean absolute percentage error, 0 to 200.</summary>
    public static double Smape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var sum = 0.0;
        for (var step = 0; step < actual.Length; step++)
        {
            var whole = Math.Abs(actual[step]) + Math.Abs(forecast[step]);
            sum += whole == 0 ? 0 : 200 * Math.Abs(actual[step] - forecast[step]) / whole;
        }

        return sum / actual.Length;
    }

    /// <summary>Mean absolute error as a multiple of <see cref="Scale"/>; 0 of a series that never moved.</summary>
    public static double Mase(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, double scale)
    {
        var sum = 0.0;
        for (var step = 0; step < actual.Length; step++)
            sum += Math.Abs(actual[step] - forecast[step]);
        return scale == 0 ? 0 : sum / actual.Length / scale;
    }

    /// <summary>What last season's value would have been off by in the past; weeks go by the week before.</summary>
    public static double Scale(Series past)
    {
        var (lag, sum) = (past.HasLongSeason || past.Length <= past.Period ? 1 : past.Period, 0.0);
        for (var at = lag; at < past.Length; at++)
            sum += Math.Abs(past.Values[at] - past.Values[at - lag]);
        return past.Length <= lag ? 0 : sum / (past.Length - lag);
    }

    /// <summary>Mean scaled interval score of the 95 % interval: its width, and forty times what lies outside; the smaller the better.</summary>
    public static double Msis(ReadOnlySpan<double> actual, ReadOnlySpan<double> low, ReadOnlySpan<double> high, double scale)
    {
        var sum = 0.0;
        for (var step = 0; step < actual.Length; step++)
            sum += high[step] - low[step] + (40 * Math.Max(0, low[step] - actual[step])) + (40 * Math.Max(0, actual[step] - high[step]));
        return scale == 0 ? 0 : sum / actual.Length / scale;
    }
}
