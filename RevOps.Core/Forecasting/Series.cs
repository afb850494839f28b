namespace RevOps.Core.Forecasting;

/// <summary>A figure at equal steps of time, oldest first.</summary>
public sealed record Series
{
    private const int Shortest = 8;

    /// <param name="values">Any unit; a step without an observation is NaN, and is drawn through by a straight line between its neighbours.</param>
    /// <param name="period">Steps of a season: 12 of months, 4 of quarters, 52 of weeks; 1 where there is none.</param>
    /// <exception cref="ArgumentException">No observation at all, or one that is no number.</exception>
    public Series(IReadOnlyList<double> values, int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        (Values, Period) = (Filled(values), period);
        IsNeverNegative = Array.TrueForAll(Values, value => value >= 0);
        IsPositive = Array.TrueForAll(Values, value => value > 0);
    }

    private Series(double[] values, int period, bool isNeverNegative) =>
        (Values, Period, IsNeverNegative, IsPositive) = (values, period, isNeverNegative, Array.TrueForAll(values, value => value > 0));

    /// <summary>Without gaps.</summary>
    public double[] Values { get; }

    public int Period { get; }

    public int Length => Values.Length;

    /// <summary>Money, bookings and people are never fewer than none: neither is what is forecast of them.</summary>
    public bool IsNeverNegative { get; }

    /// <summary>Every value is above 0, so that seasons may be factors and errors shares.</summary>
    public bool IsPositive { get; }

    /// <summary>Less than two seasons, or hardly anything: what is forecast is a guess with a wide interval.</summary>
    public bool IsShort => Length < Math.Max(2 * Period, Shortest);

    /// <summary>The first so many steps, as they were known then.</summary>
    public Series First(int steps) => new(Values[..steps], Period, IsNeverNegative);

    /// <summary>The last so many steps.</summary>
    public Series Last(int steps) => steps >= Length ? this : new(Values[^steps..], Period, IsNeverNegative);

    /// <summary>The same steps with other values.</summary>
    internal Series With(double[] values, int period) => new(values, period, IsNeverNegative);

    private static double[] Filled(IReadOnlyList<double> values)
    {
        double[] filled = [.. values];
        var known = Enumerable.Range(0, filled.Length).Where(at => !double.IsNaN(filled[at])).ToList();
        if (known.Count == 0 || filled.Any(double.IsInfinity))
            throw new ArgumentException("At least one observation, and finite numbers only, were expected.", nameof(values));
        var before = -1;
        for (var at = 0; at < filled.Length; at++)
        {
            if (!double.IsNaN(filled[at]))
            {
                before = at;
                continue;
            }

            var after = known.Find(next => next > at) is var next and > 0 ? next : before;
            filled[at] = before < 0 ? filled[after] : after == before ? filled[before] : filled[before] + ((values[after] - filled[before]) * (at - before) / (after - before));
        }

        return filled;
    }
}
