namespace RevOps.Core.Forecasting;

/// <summary>The last value of the seasonally adjusted series, seasons put back: what every model has to beat.</summary>
public static class Naive2
{
    public static double[] Forecast(Series series, Seasons seasons, int steps)
    {
        var mean = new double[steps];
        Array.Fill(mean, seasons.Adjust(series.Values)[^1]);
        return seasons.PutBack(mean, series.Length);
    }
}
