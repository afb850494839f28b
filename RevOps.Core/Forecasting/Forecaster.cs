namespace RevOps.Core.Forecasting;

/// <summary>Forecasts one series. Pure: the same series gives the same forecast.</summary>
public static class Forecaster
{
    /// <summary>
    /// What is best over many series, of long and of short histories: all models that fit averaged by what the series is like; the ensemble where no network
    /// fits, and of a short history a damped trend then.
    /// </summary>
    public const ForecastModel Usual = ForecastModel.Combined;

    /// <summary>With <see cref="Usual"/>.</summary>
    /// <param name="series">Its past.</param>
    /// <param name="steps">How many to forecast, 1 or more.</param>
    public static SeriesForecast Of(Series series, int steps) => Of(series, steps, Usual);

    /// <param name="series">Its past.</param>
    /// <param name="steps">How many to forecast, 1 or more.</param>
    /// <param name="model">What with.</param>
    public static SeriesForecast Of(Series series, int steps, ForecastModel model) => Of(series, new ModelForecasts(series, steps, Learned.Shipped), model, Learned.Shipped);

    /// <param name="series">Its past.</param>
    /// <param name="models">Of this series.</param>
    /// <param name="model">What with.</param>
    /// <param name="learned">Networks, mix and widths.</param>
    public static SeriesForecast Of(Series series, ModelForecasts models, ForecastModel model, Learned learned)
    {
        var (mean, deviations, made) = (models.Of(model), models.Deviations(), models.MadeWith(model));
        var widths = learned.WidthsFor(series.Period, made);
        double[] End(int side, Func<(double Of80, double Of95), double> width) => [.. mean.Select((value, step) =>
        {
            var end = value + (side * width(widths.At(step, series.Length)) * deviations[step]);
            return series.IsNeverNegative ? Math.Max(0, end) : end;
        })];
        return new(made, mean, End(-1, of => of.Of80), End(1, of => of.Of80), End(-1, of => of.Of95), End(1, of => of.Of95), series.IsShort);
    }
}
