namespace RevOps.Core.Forecasting;

/// <summary>What every model says of one series, each worked out when it is first asked for.</summary>
public sealed class ModelForecasts
{
    // Years behind that say nothing of the next weeks cost time only.
    private const int MostSteps = 1_000;

    // With less than two seasons nobody knows how far off it may be: at least by this share of the level, and by half more than the models think.
    private const double ShortShare = 0.15, ShortWider = 1.5;

    // What never moved may move yet.
    private const double FlatShare = 0.02;

    private static readonly ForecastModel[] Compared = [ForecastModel.DynamicTheta, ForecastModel.DampedTrend, ForecastModel.Ets, ForecastModel.Network];

    private readonly Series series;
    private readonly int steps;
    private readonly Learned learned;
    private readonly Seasons seasons;
    private readonly double[] adjusted;
    private readonly Dictionary<ForecastModel, (double[] Mean, ForecastModel MadeWith)> known = [];
    private (double[] Mean, double[] Deviation)? ets;

    /// <param name="whole">Its past.</param>
    /// <param name="steps">How many to forecast, 1 or more.</param>
    /// <param name="learned">Networks, mix and widths.</param>
    public ModelForecasts(Series whole, int steps, Learned learned)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        (series, this.steps, this.learned) = (whole.Last(MostSteps), steps, learned);
        seasons = Seasons.Of(series);
        adjusted = seasons.Adjust(series.Values);
    }

    /// <summary>Where nothing was learnt for such a period, or the series is too short for the network, it is no competitor.</summary>
    public bool HasNetwork => !series.IsFlat && learned.For(series.Period) is { } found && NetworkInput.Fits(found.Networks.Shape, series);

    public double[] Of(ForecastModel model) => Known(model).Mean;

    /// <summary>The model itself, or what had to take its place: of seven steps there is no damped trend.</summary>
    public ForecastModel MadeWith(ForecastModel model) => Known(model).MadeWith;

    /// <summary>
    /// Standard deviation of what may come at each step, before it is calibrated: of ETS, else of a walk by the steps seen so far; and how far the
    /// models lie apart, since where they do not agree nobody knows.
    /// </summary>
    public double[] Deviations()
    {
        var within = Smoothed()?.Deviation is { } found && Array.TrueForAll(found, double.IsFinite) ? found : Walk();
        var between = Compared.Select(Of).ToList();
        var level = series.Values.Average(Math.Abs);
        return [.. within.Select((deviation, step) =>
        {
            var all = Math.Sqrt((deviation * deviation) + Statistics.Variance([.. between.Select(one => one[step])]));
            return series.IsShort ? Math.Max(all * ShortWider, ShortShare * level * Math.Sqrt(step + 1)) : series.IsFlat ? FlatShare * level * Math.Sqrt(step + 1) : all;
        })];
    }

    /// <summary>What the mix goes by.</summary>
    public double[] Features() => SeriesFeatures.Of(series, adjusted);

    /// <summary>By model of <see cref="ModelMix.Pool"/>; null where another would have to take its place.</summary>
    public IReadOnlyList<double[]?> Pooled() => [.. ModelMix.Pool.Select(model => Known(model) is var made && made.MadeWith == model ? made.Mean : null)];

    private (double[] Mean, ForecastModel MadeWith) Known(ForecastModel model)
    {
        if (known.TryGetValue(model, out var found))
            return found;
        var made = Make(model) is { } mean ? (Mean: mean, MadeWith: model) : Known(Instead(model));

        // A course that broke away is worth nothing; the last value is.
        if (Array.Exists(made.Mean, value => !double.IsFinite(value)))
            made = Known(ForecastModel.Naive2);
        if (series.IsNeverNegative)
            made = made with { Mean = Array.ConvertAll(made.Mean, value => Math.Max(0, value)) };
        return known[model] = made;
    }

    private ForecastModel Instead(ForecastModel model) => model switch
    {
        ForecastModel.Combined or ForecastModel.Network when !series.IsFlat => ForecastModel.Ensemble,
        ForecastModel.Ensemble when !series.IsFlat => ForecastModel.DampedTrend,
        _ => ForecastModel.Naive2,
    };

    /// <summary>Null where the model does not fit the series.</summary>
    private double[]? Make(ForecastModel model) => model switch
    {
        ForecastModel.Naive2 => Naive2.Forecast(series, seasons, steps),
        _ when series.IsFlat => null,
        ForecastModel.Theta => seasons.PutBack(Theta.Standard(adjusted, steps), series.Length),
        ForecastModel.DynamicTheta => seasons.PutBack(Theta.DynamicOptimised(adjusted, steps), series.Length),
        ForecastModel.DampedTrend when Ets.Damped(series.With(adjusted, 1)) is { } damped => seasons.PutBack(damped.Forecast(steps).Mean, series.Length),
        ForecastModel.Ets => Smoothed()?.Mean,
        ForecastModel.Ensemble when !series.IsShort => Ensemble(),
        ForecastModel.Network when HasNetwork => learned.For(series.Period)!.Networks.Forecast(series, seasons, steps),
        ForecastModel.Combined when HasNetwork => learned.For(series.Period)!.Mix.Forecast(Features(), Pooled()),
        _ => null,
    };

    private (double[] Mean, double[] Deviation)? Smoothed() => ets ??= Ets.Best(series)?.Forecast(steps);

    private double[] Walk()
    {
        var squares = 0.0;
        for (var at = 1; at < adjusted.Length; at++)
            squares += (adjusted[at] - adjusted[at - 1]) * (adjusted[at] - adjusted[at - 1]);
        var one = adjusted.Length < 2 ? 0 : Math.Sqrt(squares / (adjusted.Length - 1));
        return [.. Enumerable.Range(1, steps).Select(step => one * Math.Sqrt(step))];
    }

    private double[] Ensemble()
    {
        if (!series.ShowsLongSeason)
            return Mean(Of(ForecastModel.Ets), Of(ForecastModel.DynamicTheta), Of(ForecastModel.DampedTrend), Of(ForecastModel.Theta));
        var (without, next) = Stl.Split(series.Values, series.Period);
        double[] PutBack(double[] mean) => [.. mean.Select((value, step) => value + next[step % next.Length])];
        var rest = series.With(without, 1);
        return Mean(PutBack(Ets.Best(rest)?.Forecast(steps).Mean ?? Naive2.Forecast(rest, Seasons.None, steps)), PutBack(Theta.DynamicOptimised(without, steps)), Of(ForecastModel.Ets), Of(ForecastModel.DynamicTheta), Of(ForecastModel.DampedTrend));
    }

    private double[] Mean(params IReadOnlyList<double[]> of) => [.. Enumerable.Range(0, steps).Select(step => of.Average(one => one[step]))];
}
