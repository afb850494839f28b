namespace RevOps.Core.Forecasting;

/// <summary>Adds up how far off one model was, over forecasts of one series or of many.</summary>
public sealed class ForecastErrorTally(ForecastModel model)
{
    private double smape, mase, msis;
    private int in80, in95, points;

    public ForecastModel Model => model;

    public int Forecasts { get; private set; }

    /// <summary>No other model had to take its place in any of them.</summary>
    public bool IsItself { get; private set; } = true;

    public double Smape => smape / Forecasts;

    public double Mase => mase / Forecasts;

    public double Msis => msis / Forecasts;

    public static IReadOnlyList<ForecastErrorTally> Each() => [.. Enum.GetValues<ForecastModel>().Select(model => new ForecastErrorTally(model))];

    public void Add(Series past, ReadOnlySpan<double> actual, SeriesForecast forecast)
    {
        var scale = ForecastErrors.Scale(past);
        smape += ForecastErrors.Smape(actual, [.. forecast.Mean]);
        mase += ForecastErrors.Mase(actual, [.. forecast.Mean], scale);
        msis += ForecastErrors.Msis(actual, [.. forecast.Low95], [.. forecast.High95], scale);
        for (var step = 0; step < actual.Length; step++)
        {
            in80 += actual[step] >= forecast.Low80[step] && actual[step] <= forecast.High80[step] ? 1 : 0;
            in95 += actual[step] >= forecast.Low95[step] && actual[step] <= forecast.High95[step] ? 1 : 0;
        }

        IsItself &= forecast.Model == model;
        points += actual.Length;
        Forecasts++;
    }

    public BacktestRow Row(ForecastErrorTally naive) =>
        new(model, (Part(Smape, naive.Smape) + Part(Mase, naive.Mase)) / 2, Smape, Mase, (double)in80 / points, (double)in95 / points, points);

    // Where even the naive forecast never erred, nothing can be better.
    private static double Part(double own, double naive) => naive == 0 ? (own == 0 ? 1 : 2) : own / naive;
}
