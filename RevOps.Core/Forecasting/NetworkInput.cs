namespace RevOps.Core.Forecasting;

/// <summary>How large the networks of a frequency are.</summary>
/// <param name="Period">Steps of a season.</param>
/// <param name="Window">Last steps that they see.</param>
/// <param name="Steps">Steps that they forecast at once.</param>
/// <param name="Hidden">Units between.</param>
public sealed record NetworkShape(int Period, int Window, int Steps, int Hidden)
{
    /// <summary>Weeks have no seasons taken off: the networks see what the year's season, by STL, does next.</summary>
    public bool SeesYear => Period == 52;

    public int Inputs => Window + Steps + (SeesYear ? Steps : 0);
}

/// <summary>What the networks see of a series: its last steps and what the dynamic Theta model says of the next ones, both as shares of its level.</summary>
public sealed record NetworkInput(float[] Values, double Level, double[] Baseline)
{
    private const double Least = -2, Most = 3;

    // The network of weeks sees no further back.
    private const int MostWeeks = 300;

    public static bool Fits(NetworkShape shape, Series series) => series.Length >= Math.Max(shape.Window, shape.SeesYear ? 0 : 2 * shape.Period);

    /// <summary>The part of a series that networks of its period look at.</summary>
    public static Series Seen(Series series) => series.HasLongSeason ? series.Last(MostWeeks) : series;

    /// <param name="shape">Of the networks.</param>
    /// <param name="adjusted">Without seasons, but for weeks.</param>
    /// <param name="baseline">What the dynamic Theta model says of the next steps, without seasons.</param>
    /// <param name="showsYear">Enough weeks are seen to tell the year's season.</param>
    public static NetworkInput Of(NetworkShape shape, double[] adjusted, double[] baseline, bool showsYear)
    {
        var level = Math.Max(1e-9, adjusted.TakeLast(Math.Max(4, shape.SeesYear ? 1 : shape.Period)).Average(Math.Abs));
        var values = new float[shape.Inputs];
        for (var at = 0; at < shape.Window; at++)
            values[at] = Share(adjusted[adjusted.Length - shape.Window + at] - level, level);
        for (var step = 0; step < shape.Steps; step++)
            values[shape.Window + step] = Share(baseline[step] - level, level);
        if (shape.SeesYear && showsYear)
        {
            var (without, next) = Stl.Split(adjusted, shape.Period);
            var now = adjusted[^1] - without[^1];
            for (var step = 0; step < shape.Steps; step++)
                values[shape.Window + shape.Steps + step] = Share(next[step % next.Length] - now, level);
        }

        return new(values, level, baseline);
    }

    private static float Share(double off, double level) => (float)Math.Clamp(off / level, Least, Most);
}
