namespace RevOps.Core.Forecasting;

/// <summary>
/// Seasonal and trend decomposition by loess (Cleveland, Cleveland, McRae and Terpenning 1990), without the robust rounds: for seasons as long as
/// the year of weeks, which no smoothing model can hold.
/// </summary>
public static class Stl
{
    private const int SeasonWindow = 11, Rounds = 2;

    /// <returns>By step of the season, as it was last: to be added to a forecast of what is left without it.</returns>
    public static (double[] Adjusted, double[] NextSeason) Split(double[] values, int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, 2 * period);
        var (count, seasonal, trend) = (values.Length, new double[values.Length], new double[values.Length]);
        var trendWindow = Odd(1.5 * period / (1 - (1.5 / SeasonWindow)));
        var lowWindow = Odd(period);
        for (var round = 0; round < Rounds; round++)
        {
            // Each step of the season smoothed over the years, one step beyond both ends.
            var cycle = new double[count + (2 * period)];
            for (var place = 0; place < period; place++)
            {
                var years = ((count - 1 - place) / period) + 1;
                var sub = new double[years];
                for (var year = 0; year < years; year++)
                    sub[year] = values[place + (year * period)] - trend[place + (year * period)];
                for (var year = -1; year <= years; year++)
                    cycle[place + ((year + 1) * period)] = Loess(sub, year, SeasonWindow);
            }

            // What of it is trend is taken off again.
            var low = Means(Means(Means(cycle, period), period), 3);
            for (var at = 0; at < count; at++)
                seasonal[at] = cycle[at + period] - Loess(low, at, lowWindow);
            var left = new double[count];
            for (var at = 0; at < count; at++)
                left[at] = values[at] - seasonal[at];
            for (var at = 0; at < count; at++)
                trend[at] = Loess(left, at, trendWindow);
        }

        var adjusted = new double[count];
        for (var at = 0; at < count; at++)
            adjusted[at] = values[at] - seasonal[at];
        return (adjusted, [.. seasonal[^period..]]);
    }

    private static int Odd(double value) => (int)Math.Ceiling(value) is var whole && whole % 2 == 0 ? whole + 1 : whole;

    private static double[] Means(double[] values, int window)
    {
        var means = new double[values.Length - window + 1];
        var sum = 0.0;
        for (var at = 0; at < values.Length; at++)
        {
            sum += values[at];
            if (at >= window)
                sum -= values[at - window];
            if (at >= window - 1)
                means[at - window + 1] = sum / window;
        }

        return means;
    }

    /// <summary>A line through the neighbours of a place, the nearer the heavier (tricube).</summary>
    private static double Loess(double[] values, int place, int window)
    {
        var span = Math.Min(window, values.Length);
        var from = Math.Clamp(place - (span / 2), 0, values.Length - span);
        var furthest = Math.Max(Math.Abs(place - from), Math.Abs(from + span - 1 - place));
        var reach = Math.Max(1e-9, furthest + (window > values.Length ? (window - values.Length) / 2.0 : 0));
        var (whole, off, value, square, both) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var at = from; at < from + span; at++)
        {
            var share = Math.Abs(at - place) / reach;
            if (share >= 0.999)
                continue;
            var cubed = 1 - (share * share * share);
            var weight = share <= 0.001 ? 1 : cubed * cubed * cubed;
            var distance = at - place;
            whole += weight;
            off += weight * distance;
            value += weight * values[at];
            square += weight * distance * distance;
            both += weight * distance * values[at];
        }

        if (whole <= 0)
            return values[Math.Clamp(place, 0, values.Length - 1)];
        var under = (whole * square) - (off * off);
        return under <= 1e-9 * whole * Math.Max(square, 1) ? value / whole : ((square * value) - (off * both)) / under;
    }
}
