namespace RevOps.Core.Forecasting;

/// <summary>What every model says of one series, each worked out when it is first asked for.</summary>
public sealed class ModelForecasts
{
    // Years behind that say nothing of the next weeks cost time only.
    private const int MostSteps = 1_000;

    // A year and some weeks: before, a season of weeks cannot be told from a trend.
    private const int LeastForStl = 109;

    private static readonly ForecastModel[] Spoken = [ForecastModel.DynamicTheta, ForecastModel.DampedTrend, ForecastModel.Ets, ForecastModel.Network];

    private readonly Series series;
    private readonly int steps;
    private readonly Learned learned;
    private readonly Seasons seasons;
    private readonly double[] adjusted;
    private readonly Dictionary<ForecastModel, double[]> means = [];
    private (double[] Mean, double[] Deviation)? ets;

    public ModelForecasts(Series whole, int steps, Learned learned)
    {
        (series, this.steps, this.learned) = (whole.Last(MostSteps), steps, learned);
        seasons = Seasons.Of(series);
        adjusted = seasons.Adjust(series.Values);
    }

    /// <summary>Where nothing was learnt for such a period, or the series is too short for the network, it is no competitor.</summary>
    public bool HasNetwork => !IsFlat && learned.For(series.Period) is { } networks && NetworkInput.Fits(networks.Shape, series);

    // What never moved goes on as it is.
    private bool IsFlat => Array.TrueForAll(series.Values, value => value.Equals(series.Values[0]));

    public double[] Of(ForecastModel model)
    {
        if (means.TryGetValue(model, out var known))
            return known;
        var made = Make(model);

        // A course that broke away is worth nothing; the last value is.
        if (Array.Exists(made, value => !double.IsFinite(value)))
            made = model == ForecastModel.Naive2 ? [.. Enumerable.Repeat(series.Values[^1], steps)] : Of(ForecastModel.Naive2);
        if (series.IsNeverNegative)
            made = Array.ConvertAll(made, value => Math.Max(0, value));
        return means[model] = made;
    }

    /// <summary>
    /// Standard deviation of what may come at each step, before it is calibrated: of ETS, else of a walk by the steps seen so far; and how far the
    /// models lie apart, since where they do not agree nobody knows.
    /// </summary>
    public double[] Deviations()
    {
        var within = EtsForecast()?.Deviation is { } found && Array.TrueForAll(found, double.IsFinite) ? found : Walk();
        var between = Spoken.Select(Of).ToList();
        return [.. within.Select((deviation, step) => Math.Sqrt((deviation * deviation) + Statistics.Variance([.. between.Select(one => one[step])])))];
    }

    private double[] Walk()
    {
        var squares = 0.0;
        for (var at = 1; at < adjusted.Length; at++)
            squares += (adjusted[at] - adjusted[at - 1]) * (adjusted[at] - adjusted[at - 1]);
        var one = adjusted.Length < 2 ? 0 : Math.Sqrt(squares / (adjusted.Length - 1));
        return [.. Enumerable.Range(1, steps).Select(step => one * Math.Sqrt(step))];
    }

    private double[] Make(ForecastModel model) => model switch
    {
        _ when IsFlat => Naive2.Forecast(series, seasons, steps),
        ForecastModel.Theta => seasons.PutBack(Theta.Standard(adjusted, steps), series.Length),
        ForecastModel.DynamicTheta => seasons.PutBack(Theta.DynamicOptimised(adjusted, steps), series.Length),
        ForecastModel.DampedTrend when Ets.Damped(series.With(adjusted, 1)) is { } damped => seasons.PutBack(damped.Forecast(steps).Mean, series.Length),
        ForecastModel.Ets when EtsForecast() is { } smoothed => smoothed.Mean,
        ForecastModel.Ensemble when !series.IsShort => Ensemble(),
        ForecastModel.Network when HasNetwork => learned.For(series.Period)!.Forecast(series, seasons, adjusted, Of(ForecastModel.DynamicTheta), steps),
        ForecastModel.Network => Of(ForecastModel.Ensemble),
        ForecastModel.Combined when HasNetwork => Mixed(learned.For(series.Period)!.Share),
        ForecastModel.Combined => Of(ForecastModel.Ensemble),
        ForecastModel.Ensemble => Of(ForecastModel.DampedTrend),
        ForecastModel.Naive2 => Naive2.Forecast(series, seasons, steps),
        _ => Of(ForecastModel.Naive2),
    };

    private (double[] Mean, double[] Deviation)? EtsForecast() => ets ??= Ets.Best(series)?.Forecast(steps);

    private double[] Mixed(double share)
    {
        var (some, others) = (Of(ForecastModel.Ensemble), Of(ForecastModel.Network));
        return [.. some.Select((value, step) => ((1 - share) * value) + (share * others[step]))];
    }

    private double[] Ensemble()
    {
        if (series.Period < 52 || series.Length < LeastForStl)
            return Mean(Of(ForecastModel.Ets), Of(ForecastModel.DynamicTheta), Of(ForecastModel.DampedTrend), Of(ForecastModel.Theta));
        var (without, next) = Stl.Split(series.Values, series.Period);
        double[] PutBack(double[] mean) => [.. mean.Select((value, step) => value + next[step % next.Length])];
        var rest = series.With(without, 1);
        return Mean(PutBack(Ets.Best(rest)?.Forecast(steps).Mean ?? Naive2.Forecast(rest, Seasons.None, steps)), PutBack(Theta.DynamicOptimised(without, steps)), Of(ForecastModel.Ets), Of(ForecastModel.DynamicTheta), Of(ForecastModel.DampedTrend));
    }

    private double[] Mean(params IReadOnlyList<double[]> of) => [.. Enumerable.Range(0, steps).Select(step => of.Average(one => one[step]))];
}
