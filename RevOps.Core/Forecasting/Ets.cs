namespace RevOps.Core.Forecasting;

/// <summary>
/// Exponential smoothing as a state space: every admissible model is fitted by its likelihood and the one with the lowest AICc forecasts, with the
/// variance that follows from its own weights (Hyndman, Koehler, Ord and Snyder 2008, tables 6.1 and 6.2).
/// </summary>
public sealed class Ets
{
    private const double Least = 1e-4, Most = 0.9999, LeastPhi = 0.8, MostPhi = 0.98;

    // Starting values are searched for with the weights only for those that come near.
    private const int Finalists = 3;

    private readonly EtsShape shape;
    private readonly EtsRun run;
    private readonly double[] values;
    private readonly double size;
    private double[] point = [];

    private Ets(EtsShape shape, double[] values)
    {
        (this.shape, this.values, run) = (shape, values, new(shape, values));
        size = Math.Max(values.Max(Math.Abs), 1e-9);
    }

    public double Aicc { get; private set; } = double.PositiveInfinity;

    public override string ToString() => shape.ToString();

    /// <summary>The best of all that the series admits; null where it has too few steps or never moves.</summary>
    public static Ets? Best(Series series) => Best(series, EtsShape.For(series));

    /// <summary>A damped trend on what has no seasons (any more).</summary>
    public static Ets? Damped(Series series) => Best(series, series.Length > 7 ? [new(false, EtsPart.Damped, EtsPart.None, 1)] : []);

    public static Ets? Best(Series series, IEnumerable<EtsShape> shapes)
    {
        if (Statistics.Variance(series.Values) <= 0)
            return null;
        var fitted = shapes.Select(shape => new Ets(shape, series.Values)).ToList();
        fitted.ForEach(model => model.FitWeights());
        var finalists = fitted.Where(model => !double.IsInfinity(model.Aicc)).OrderBy(model => model.Aicc).Take(Finalists).ToList();
        finalists.ForEach(model => model.FitAll());
        return finalists.MinBy(model => model.Aicc);
    }

    /// <returns>Means, and the standard deviation of what may come at each step.</returns>
    public (double[] Mean, double[] Deviation) Forecast(int steps)
    {
        Cost(point);
        var weights = WeightsOf(point);
        var (mean, deviation) = (new double[steps], new double[steps]);
        var spread = run.MeanSquare * values.Length / Math.Max(1, values.Length - shape.Weights);
        var (squares, carried) = (new double[steps], Carried(weights, steps));
        var (slope, trend) = (run.Slope, 0.0);
        for (var step = 0; step < steps; step++)
        {
            slope *= weights.Phi;
            trend += slope;
            var whole = run.Level + trend;
            var season = shape.HasSeason ? run.Seasons[(values.Length + step) % shape.Period] : 0;
            mean[step] = shape.Season == EtsPart.Multiplicative ? whole * season : whole + season;
            deviation[step] = shape.HasRelativeErrors ? Relative(shape.Season == EtsPart.Multiplicative ? whole : mean[step], spread, squares, carried, step) * (shape.Season == EtsPart.Multiplicative ? Math.Abs(season) : 1)
                : Math.Sqrt(spread * (1 + carried.Take(step).Sum(part => part * part)));
        }

        return (mean, deviation);
    }

    /// <summary>What of an error is still there so many steps later: c₁, c₂, … of the book's table 6.1.</summary>
    private double[] Carried(in EtsWeights weights, int steps)
    {
        var (carried, reach) = (new double[steps], 0.0);
        for (var step = 0; step < steps; step++)
        {
            reach += weights.Beta * Math.Pow(weights.Phi, step + 1);
            carried[step] = weights.Alpha + (shape.HasTrend ? reach : 0) + (shape.HasSeason && (step + 1) % shape.Period == 0 ? weights.Gamma : 0);
        }

        return carried;
    }

    /// <summary>The book's class 2, whose second moments follow from each other; of multiplied seasons it is taken without them, which leaves out how they may still move.</summary>
    private static double Relative(double mean, double spread, double[] squares, double[] carried, int step)
    {
        squares[step] = mean * mean;
        for (var back = 1; back <= step; back++)
            squares[step] += spread * carried[back - 1] * carried[back - 1] * squares[step - back];
        return Math.Sqrt(Math.Max(0, ((1 + spread) * squares[step]) - (mean * mean)));
    }

    private void FitWeights()
    {
        var (level, slope, seasons) = Start();
        var fixedStates = new double[shape.Weights + shape.States];
        States(level, slope, seasons).CopyTo(fixedStates, shape.Weights);
        double Of(double[] weights)
        {
            weights.CopyTo(fixedStates, 0);
            return Cost(fixedStates);
        }

        var (start, step) = (StartWeights(), StepOfWeights());
        if (double.IsInfinity(Of(start)))
            return;
        var (best, cost) = NelderMead.Minimise(Of, start, step, 60 * shape.Weights, 1e-6);
        best.CopyTo(fixedStates, 0);
        (point, Aicc) = ([.. fixedStates], AiccOf(cost));
    }

    private void FitAll()
    {
        var step = new double[point.Length];
        StepOfWeights().CopyTo(step, 0);
        for (var at = 0; at < shape.Weights; at++)
            step[at] *= 0.5;
        for (var at = shape.Weights; at < step.Length; at++)
            step[at] = Math.Max(Math.Abs(point[at]) * 0.05, 1e-3);
        var (best, cost) = NelderMead.Minimise(Cost, point, step, 100 * Math.Min(point.Length, 8), 1e-8);
        (point, Aicc) = (best, AiccOf(cost));
    }

    private double AiccOf(double cost)
    {
        var (count, parameters) = (values.Length, shape.Parameters);
        return count - parameters - 1 <= 0 ? double.PositiveInfinity : cost + (2 * parameters) + (2.0 * parameters * (parameters + 1) / (count - parameters - 1));
    }

    private double Cost(double[] at)
    {
        var weights = WeightsOf(at);
        if (weights.Alpha is < Least or > Most || (shape.HasTrend && (weights.Beta < Least || weights.Beta > weights.Alpha)) || (shape.HasSeason && (weights.Gamma < Least || weights.Gamma > 1 - weights.Alpha)) || (shape.IsDamped && weights.Phi is < LeastPhi or > MostPhi))
            return double.PositiveInfinity;
        var next = shape.Weights;
        var level = at[next++] * size;
        var slope = shape.HasTrend ? at[next++] * size : 0;
        if (!shape.HasSeason)
            return run.Run(weights, level, slope, [0]);

        // The last season is what the others leave.
        Span<double> seasons = stackalloc double[shape.Period];
        var (isFactor, left) = (shape.Season == EtsPart.Multiplicative, shape.Season == EtsPart.Multiplicative ? shape.Period : 0.0);
        for (var place = 0; place < shape.Period - 1; place++)
        {
            seasons[place] = isFactor ? at[next++] : at[next++] * size;
            left -= seasons[place];
        }

        seasons[^1] = left;
        return run.Run(weights, level, slope, seasons);
    }

    private EtsWeights WeightsOf(double[] at)
    {
        var next = 1;
        return new(at[0], shape.HasTrend ? at[next++] : 0, shape.HasSeason ? at[next++] : 0, shape.IsDamped ? at[next] : shape.HasTrend ? 1 : 0);
    }

    private double[] StartWeights() => [0.3, .. shape.HasTrend ? [0.03] : Array.Empty<double>(), .. shape.HasSeason ? [0.05] : Array.Empty<double>(), .. shape.IsDamped ? [0.95] : Array.Empty<double>()];

    private double[] StepOfWeights() => [0.2, .. shape.HasTrend ? [0.05] : Array.Empty<double>(), .. shape.HasSeason ? [0.1] : Array.Empty<double>(), .. shape.IsDamped ? [-0.05] : Array.Empty<double>()];

    private double[] States(double level, double slope, double[] seasons)
    {
        var scale = shape.Season == EtsPart.Multiplicative ? 1 : size;
        return [level / size, .. shape.HasTrend ? [slope / size] : Array.Empty<double>(), .. shape.HasSeason ? seasons[..^1].Select(season => season / scale) : []];
    }

    /// <summary>Seasons from the first three, level and slope from the first ten steps without them.</summary>
    private (double Level, double Slope, double[] Seasons) Start()
    {
        var (adjusted, seasons) = (values, Array.Empty<double>());
        if (shape.HasSeason)
        {
            var first = values[..Math.Min(values.Length, 3 * shape.Period)];
            var found = Forecasting.Seasons.Decompose(first, shape.Period, shape.Season == EtsPart.Multiplicative);
            (adjusted, seasons) = (found.Adjust(first), found.Factors);
        }

        var (start, slope) = Statistics.Line(adjusted.AsSpan(0, Math.Min(adjusted.Length, Math.Max(10, shape.HasSeason ? 2 * shape.Period : 0))));
        if (!shape.HasTrend)
            return (Statistics.Mean(adjusted.AsSpan(0, Math.Min(adjusted.Length, 10))), 0, seasons);

        // A relative error wants something above nothing to be a share of.
        return (shape.HasRelativeErrors ? Math.Max(start, adjusted[0] * 0.1) : start, slope, seasons);
    }
}
