namespace RevOps.Core.Forecasting;

/// <summary>
/// Feature-based forecast model averaging (FFORMA: Montero-Manso, Athanasopoulos, Hyndman and Talagala 2020), in its plain form: what a series is like
/// gives, by a softmax, how much each model that fits it counts. Of a series like most the shares are those of <see cref="Usual"/>.
/// </summary>
/// <param name="NetworkShare">Of the network where a series is like most, 0 to 1; the statistical models have the rest.</param>
/// <param name="Means">Of each of <see cref="SeriesFeatures"/>, over the series that it was learnt from; none where nothing was learnt.</param>
/// <param name="Deviations">Of each feature, above 0.</param>
/// <param name="Coefficients">By model of <see cref="Pool"/> and feature: what a deviation of the feature adds to the logarithm of the model's share.</param>
public sealed record ModelMix(double NetworkShare, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations, IReadOnlyList<double> Coefficients)
{
    // Ensemble and single models say nearly the same until something is learnt: these parts leave each its say.
    private const double EnsemblePart = 0.8;

    // Unlike anything that was seen is no more unlike than this.
    private const double MostUnlike = 2.5;

    /// <summary>What is averaged.</summary>
    public static IReadOnlyList<ForecastModel> Pool { get; } =
        [ForecastModel.Theta, ForecastModel.DynamicTheta, ForecastModel.DampedTrend, ForecastModel.Ets, ForecastModel.Ensemble, ForecastModel.Network];

    /// <summary>Fixed shares, whatever a series is like.</summary>
    /// <param name="networkShare">0 to 1.</param>
    public static ModelMix Fixed(double networkShare) => new(networkShare, [], [], []);

    /// <summary>How a series is unlike others: each feature in deviations from its mean.</summary>
    /// <param name="features">Of <see cref="SeriesFeatures"/>.</param>
    public double[] Unlikeness(IReadOnlyList<double> features) =>
        [.. Means.Select((mean, at) => Math.Clamp((features[at] - mean) / Deviations[at], -MostUnlike, MostUnlike))];

    /// <returns>By model of <see cref="Pool"/>: 0 of what does not fit, together 1; all 0 where nothing fits.</returns>
    /// <param name="unlikeness">Of the series.</param>
    /// <param name="usual">Shares of a series like most, of the models that fit this one.</param>
    public double[] Weights(double[] unlikeness, double[] usual)
    {
        var logits = new double[Pool.Count];
        for (var model = 0; model < logits.Length; model++)
        {
            logits[model] = Math.Log(usual[model]);
            for (var at = 0; at < unlikeness.Length; at++)
                logits[model] += Coefficients[(model * unlikeness.Length) + at] * unlikeness[at];
        }

        var most = logits.Max();
        if (double.IsNegativeInfinity(most))
            return new double[Pool.Count];
        var parts = Array.ConvertAll(logits, logit => Math.Exp(logit - most));
        var whole = parts.Sum();
        return Array.ConvertAll(parts, part => part / whole);
    }

    /// <summary>Shares of a series like most: what does not fit leaves its own to the others, an ensemble to those that it is made of.</summary>
    /// <param name="fits">By model of <see cref="Pool"/>.</param>
    public double[] Usual(IReadOnlyList<bool> fits)
    {
        bool Has(ForecastModel model) => Pool.Zip(fits).Any(one => one.First == model && one.Second);
        var singles = Pool.Count(model => Has(model) && model is not (ForecastModel.Ensemble or ForecastModel.Network));
        var (network, statistical) = Has(ForecastModel.Network) ? (NetworkShare, 1 - NetworkShare) : (0, 1);
        var ensemble = Has(ForecastModel.Ensemble) ? singles == 0 ? 1 : EnsemblePart : 0;
        return [.. Pool.Select((model, at) => !fits[at] ? 0 : model switch
        {
            ForecastModel.Network => network,
            ForecastModel.Ensemble => statistical * ensemble,
            _ => statistical * (1 - ensemble) / singles,
        })];
    }

    /// <param name="weights">Together 1.</param>
    /// <param name="forecasts">By model of <see cref="Pool"/>; null where it does not fit, where it counts nothing.</param>
    public static double[] Average(double[] weights, IReadOnlyList<double[]?> forecasts)
    {
        var mean = new double[forecasts.First(one => one is not null)!.Length];
        for (var model = 0; model < weights.Length; model++)
        {
            for (var step = 0; weights[model] > 0 && step < mean.Length; step++)
                mean[step] += weights[model] * forecasts[model]![step];
        }

        return mean;
    }

    /// <param name="features">Of the series.</param>
    /// <param name="forecasts">By model of <see cref="Pool"/>, null where it does not fit.</param>
    /// <returns>Null where nothing fits.</returns>
    public double[]? Forecast(IReadOnlyList<double> features, IReadOnlyList<double[]?> forecasts) => forecasts.All(one => one is null) ? null
        : Average(Weights(Unlikeness(features), Usual([.. forecasts.Select(one => one is not null)])), forecasts);
}
