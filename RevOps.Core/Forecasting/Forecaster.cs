namespace RevOps.Core.Forecasting;

/// <summary>Forecasts one series. Pure: the same series gives the same forecast.</summary>
public static class Forecaster
{
    // With less than two seasons nobody knows how far off it may be: at least by this share of the level, and by half more than ETS thinks.
    private const double ShortShare = 0.15, ShortWider = 1.5;

    /// <summary>Ensemble and network together, or the ensemble where no network fits.</summary>
    /// <param name="series">Its past.</param>
    /// <param name="steps">How many to forecast, 1 or more.</param>
    public static SeriesForecast Of(Series series, int steps) => Of(series, steps, series.IsShort ? ForecastModel.DampedTrend : ForecastModel.Combined);

    /// <param name="series">Its past.</param>
    /// <param name="steps">How many to forecast, 1 or more.</param>
    /// <param name="model">What with.</param>
    public static SeriesForecast Of(Series series, int steps, ForecastModel model) => Of(series, steps, model, Learned.Shipped);

    public static SeriesForecast Of(Series series, int steps, ForecastModel model, Learned learned)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Of(series, steps, new ModelForecasts(series, steps, learned), model, learned);
    }

    public static SeriesForecast Of(Series series, int steps, ModelForecasts models, ForecastModel model, Learned learned)
    {
        var (mean, deviations, widths) = (models.Of(model), models.Deviations(), learned.WidthsFor(series.Period));
        double[] End(int side, Func<(double Of80, double Of95), double> width) => [.. mean.Select((value, step) =>
        {
            var deviation = series.IsShort ? Math.Max(deviations[step] * ShortWider, ShortShare * Math.Abs(value) * Math.Sqrt(step + 1)) : deviations[step];
            var end = value + (side * width(widths.At(step)) * deviation);
            return series.IsNeverNegative ? Math.Max(0, end) : end;
        })];
        return new(Named(model, series, models), mean, End(-1, of => of.Of80), End(1, of => of.Of80), End(-1, of => of.Of95), End(1, of => of.Of95), series.IsShort);
    }

    // What it is called is what it was made with.
    private static ForecastModel Named(ForecastModel model, Series series, ModelForecasts models) =>
        model is ForecastModel.Combined or ForecastModel.Network && !models.HasNetwork ? Named(ForecastModel.Ensemble, series, models)
        : model == ForecastModel.Ensemble && series.IsShort ? ForecastModel.DampedTrend : model;
}
