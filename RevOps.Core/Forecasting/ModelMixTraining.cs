namespace RevOps.Core.Forecasting;

/// <summary>
/// Learns a <see cref="ModelMix"/> across series: the coefficients that make the averaged forecast's own OWA smallest, held near the fixed shares by a
/// ridge; all cases at once by Adam, the rate falling along a cosine. Nothing is drawn: the same cases give the same mix.
/// </summary>
public static class ModelMixTraining
{
    private const int Rounds = 100;
    private const double Rate = 0.05, FirstMoment = 0.9, SecondMoment = 0.999;

    /// <param name="cases">Forecasts and what came; none: the shares stay fixed.</param>
    /// <param name="networkShare">Of a series like most, 0 to 1.</param>
    /// <param name="ridge">How much a coefficient's square costs, 0 or more.</param>
    public static ModelMix Learn(IReadOnlyList<MixCase> cases, double networkShare, double ridge)
    {
        if (cases.Count == 0)
            return ModelMix.Fixed(networkShare);
        var features = Enumerable.Range(0, cases[0].Features.Count).Select(at => cases.Select(one => one.Features[at]).ToArray()).ToList();
        var coefficients = new double[ModelMix.Pool.Count * features.Count];
        var mix = new ModelMix(networkShare, [.. features.Select(each => Statistics.Mean(each))], [.. features.Select(each => Math.Max(1e-6, Math.Sqrt(Statistics.Variance(each))))], coefficients);
        var seen = cases.Select(one => (Case: one, Unlikeness: mix.Unlikeness(one.Features), Usual: mix.Usual([.. one.Forecasts.Select(forecast => forecast is not null)]))).ToList();
        var scale = Scale(cases);
        var (slopes, firsts, seconds) = (new double[coefficients.Length], new double[coefficients.Length], new double[coefficients.Length]);
        for (var round = 1; round <= Rounds; round++)
        {
            for (var at = 0; at < slopes.Length; at++)
                slopes[at] = ridge * coefficients[at];
            foreach (var (one, unlikeness, usual) in seen)
                Add(slopes, one, mix.Weights(unlikeness, usual), unlikeness, scale);
            var rate = Rate * 0.5 * (1 + Math.Cos(Math.PI * round / Rounds));
            for (var at = 0; at < slopes.Length; at++)
            {
                firsts[at] = (FirstMoment * firsts[at]) + ((1 - FirstMoment) * slopes[at]);
                seconds[at] = (SecondMoment * seconds[at]) + ((1 - SecondMoment) * slopes[at] * slopes[at]);
                coefficients[at] -= rate * firsts[at] / (1 - Math.Pow(FirstMoment, round)) / (Math.Sqrt(seconds[at] / (1 - Math.Pow(SecondMoment, round))) + 1e-10);
            }
        }

        return mix;
    }

    /// <summary>OWA of the mix over the cases, which is what learning lowers.</summary>
    /// <param name="mix">Any.</param>
    /// <param name="cases">One at least.</param>
    public static double Loss(ModelMix mix, IReadOnlyList<MixCase> cases)
    {
        var (ofSmape, ofMase) = Scale(cases);
        return cases.Sum(one => mix.Forecast(one.Features, one.Forecasts) is { } mean
            ? (ofSmape * ForecastErrors.Smape(one.Actual, mean)) + (ofMase * ForecastErrors.Mase(one.Actual, mean, one.Scale)) : 0);
    }

    /// <summary>What each case's sMAPE and MASE count, so that Naive2 would have 1.</summary>
    private static (double OfSmape, double OfMase) Scale(IReadOnlyList<MixCase> cases) =>
        (0.5 / Math.Max(1e-12, cases.Sum(one => ForecastErrors.Smape(one.Actual, one.Naive))), 0.5 / Math.Max(1e-12, cases.Sum(one => ForecastErrors.Mase(one.Actual, one.Naive, one.Scale))));

    private static void Add(double[] slopes, MixCase one, double[] weights, double[] unlikeness, (double OfSmape, double OfMase) scale)
    {
        var mean = ModelMix.Average(weights, one.Forecasts);
        var ofMean = new double[mean.Length];
        for (var step = 0; step < mean.Length; step++)
        {
            var (off, whole) = (mean[step] - one.Actual[step], Math.Abs(mean[step]) + Math.Abs(one.Actual[step]));
            ofMean[step] = ((whole == 0 ? 0 : scale.OfSmape * 200 * (Math.Sign(off) - (Math.Abs(off) * Math.Sign(mean[step]) / whole)) / whole)
                + (one.Scale == 0 ? 0 : scale.OfMase * Math.Sign(off) / one.Scale)) / mean.Length;
        }

        for (var model = 0; model < weights.Length; model++)
        {
            if (one.Forecasts[model] is not { } forecast || weights[model] <= 0)
                continue;
            var slope = 0.0;
            for (var step = 0; step < mean.Length; step++)
                slope += ofMean[step] * (forecast[step] - mean[step]);
            for (var at = 0; at < unlikeness.Length; at++)
                slopes[(model * unlikeness.Length) + at] += weights[model] * slope * unlikeness[at];
        }
    }
}

/// <summary>One forecast of one series, and what came.</summary>
/// <param name="Features">Of <see cref="SeriesFeatures"/>, as the series stood.</param>
/// <param name="Forecasts">By model of <see cref="ModelMix.Pool"/>; null where it does not fit. One at least is there.</param>
/// <param name="Naive">Of Naive2.</param>
/// <param name="Actual">What came.</param>
/// <param name="Scale">Of its errors: <see cref="ForecastErrors.Scale"/>.</param>
public sealed record MixCase(IReadOnlyList<double> Features, IReadOnlyList<double[]?> Forecasts, double[] Naive, double[] Actual, double Scale);
