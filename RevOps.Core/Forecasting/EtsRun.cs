namespace RevOps.Core.Forecasting;

/// <summary>One pass of a model over a series. States move the same way whether errors are added or relative; only their likelihood differs.</summary>
public sealed class EtsRun(EtsShape shape, double[] values)
{
    private readonly double[] seasons = new double[shape.HasSeason ? shape.Period : 1];

    public double Level { get; private set; }

    public double Slope { get; private set; }

    public ReadOnlySpan<double> Seasons => seasons;

    /// <summary>Mean square of the errors: of values, or of shares where they are relative.</summary>
    public double MeanSquare { get; private set; }

    /// <summary>−2 log likelihood without its constant, which all models of a series share; infinite for a course that cannot be.</summary>
    public double Run(in EtsWeights weights, double level, double slope, ReadOnlySpan<double> start)
    {
        start.CopyTo(seasons);
        (Level, Slope) = (level, slope);
        return shape.Season == EtsPart.Multiplicative ? Multiplied(weights) : Added(weights);
    }

    private double Added(in EtsWeights weights)
    {
        var (level, slope, squares, logs, product) = (Level, Slope, 0.0, 0.0, 1.0);
        var (alpha, beta, gamma, phi, relative, hasSeason) = (weights.Alpha, weights.Beta, weights.Gamma, weights.Phi, shape.HasRelativeErrors, shape.HasSeason);
        var place = 0;
        foreach (var value in values)
        {
            var moved = phi * slope;
            var expected = level + moved + (hasSeason ? seasons[place] : 0);
            var error = value - expected;
            if (relative)
            {
                if (expected <= 1e-9)
                    return double.PositiveInfinity;
                squares += error / expected * (error / expected);
                product *= expected;
                if (product is > 1e200 or < 1e-200)
                    (logs, product) = (logs + Math.Log(product), 1);
            }
            else
            {
                squares += error * error;
            }

            level = level + moved + (alpha * error);
            slope = moved + (beta * error);
            if (!hasSeason)
                continue;
            seasons[place] += gamma * error;
            place = place + 1 == seasons.Length ? 0 : place + 1;
        }

        return End(level, slope, squares, logs + Math.Log(product));
    }

    private double Multiplied(in EtsWeights weights)
    {
        var (level, slope, squares, logs, product) = (Level, Slope, 0.0, 0.0, 1.0);
        var (alpha, beta, gamma, phi) = (weights.Alpha, weights.Beta, weights.Gamma, weights.Phi);
        var place = 0;
        foreach (var value in values)
        {
            var (moved, season) = (phi * slope, seasons[place]);
            var whole = level + moved;
            var expected = whole * season;
            if (whole <= 1e-9 || season <= 1e-6)
                return double.PositiveInfinity;
            var share = (value - expected) / expected;
            squares += share * share;
            product *= expected;
            if (product is > 1e200 or < 1e-200)
                (logs, product) = (logs + Math.Log(product), 1);
            level = whole * (1 + (alpha * share));
            slope = moved + (beta * whole * share);
            seasons[place] = season * (1 + (gamma * share));
            place = place + 1 == seasons.Length ? 0 : place + 1;
        }

        return End(level, slope, squares, logs + Math.Log(product));
    }

    private double End(double level, double slope, double squares, double logs)
    {
        (Level, Slope, MeanSquare) = (level, slope, squares / values.Length);
        var cost = (values.Length * Math.Log(Math.Max(squares, 1e-300))) + (shape.HasRelativeErrors ? 2 * logs : 0);
        return double.IsNaN(cost) ? double.PositiveInfinity : cost;
    }
}

/// <summary>How fast level, slope and seasons follow, and what is left of the slope after a step.</summary>
public readonly record struct EtsWeights(double Alpha, double Beta, double Gamma, double Phi);
