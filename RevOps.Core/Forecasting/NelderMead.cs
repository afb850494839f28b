namespace RevOps.Core.Forecasting;

/// <summary>
/// The downhill simplex of Nelder and Mead (1965) with the standard coefficients. Of our own, since a library's makes objects of every point, and
/// a forecast asks for some ten thousand. A cost of infinity keeps it inside bounds.
/// </summary>
public static class NelderMead
{
    private const double Reflect = 1, Expand = 2, Contract = 0.5, Shrink = 0.5;

    /// <param name="cost">Of a point.</param>
    /// <param name="start">Where to begin; its cost is finite.</param>
    /// <param name="step">How far the first corners lie off in each direction.</param>
    /// <param name="mostCosts">Ends the search at the latest.</param>
    /// <param name="tolerance">Ends it where the corners' costs differ by this share of the best.</param>
    public static (double[] Point, double Cost) Minimise(Func<double[], double> cost, double[] start, double[] step, int mostCosts, double tolerance = 1e-8)
    {
        var size = start.Length;
        var (corners, costs) = (new double[size + 1][], new double[size + 1]);
        for (var corner = 0; corner <= size; corner++)
        {
            corners[corner] = [.. start];
            if (corner > 0)
                corners[corner][corner - 1] += step[corner - 1];
            costs[corner] = cost(corners[corner]);
            if (corner > 0 && double.IsInfinity(costs[corner]))
            {
                corners[corner][corner - 1] = start[corner - 1] - step[corner - 1];
                costs[corner] = cost(corners[corner]);
            }
        }

        var (centre, tried, further, asked) = (new double[size], new double[size], new double[size], size + 1);
        while (asked < mostCosts)
        {
            Array.Sort(costs, corners);
            if (Math.Abs(costs[size] - costs[0]) <= tolerance * (Math.Abs(costs[0]) + 1e-10))
                break;
            Array.Clear(centre);
            for (var corner = 0; corner < size; corner++)
            {
                for (var at = 0; at < size; at++)
                    centre[at] += corners[corner][at] / size;
            }

            var worst = corners[size];
            double At(double[] into, double factor)
            {
                for (var at = 0; at < size; at++)
                    into[at] = centre[at] + (factor * (centre[at] - worst[at]));
                asked++;
                return cost(into);
            }

            var reflected = At(tried, Reflect);
            if (reflected < costs[0])
            {
                var expanded = At(further, Expand);
                if (expanded < reflected)
                    (corners[size], further, costs[size]) = (further, worst, expanded);
                else
                    (corners[size], tried, costs[size]) = (tried, worst, reflected);
                continue;
            }

            if (reflected < costs[size - 1])
            {
                (corners[size], tried, costs[size]) = (tried, worst, reflected);
                continue;
            }

            var contracted = reflected < costs[size] ? At(further, Contract) : At(further, -Contract);
            if (contracted < Math.Min(reflected, costs[size]))
            {
                (corners[size], further, costs[size]) = (further, worst, contracted);
                continue;
            }

            for (var corner = 1; corner <= size; corner++)
            {
                for (var at = 0; at < size; at++)
                    corners[corner][at] = corners[0][at] + (Shrink * (corners[corner][at] - corners[0][at]));
                costs[corner] = cost(corners[corner]);
                asked++;
            }
        }

        Array.Sort(costs, corners);
        return (corners[0], costs[0]);
    }
}
