namespace RevOps.Core.Forecasting;

/// <summary>A figure at equal steps of time, oldest first.</summary>
public sealed record Series
{
    /// <summary>Longer seasons, of weeks, have too many places for what a few years tell of each.</summary>
    internal const int LongSeason = 24;

    // Squares of larger numbers are no numbers any more.
    private const double Largest = 1e100;

    private const int Shortest = 8;

    private readonly double[] observed;

    /// <param name="values">Any unit; a step without an observation is NaN, and is drawn through by a straight line between its neighbours. Those before the first are left out.</param>
    /// <param name="period">Steps of a season: 12 of months, 4 of quarters, 52 of weeks; 1 where there is none.</param>
    /// <exception cref="ArgumentException">No observation at all, or one that is too large.</exception>
    public Series(IReadOnlyList<double> values, int period) : this([.. values.SkipWhile(double.IsNaN)], period, values.All(value => double.IsNaN(value) || value >= 0))
    {
    }

    private Series(double[] observed, int period, bool isNeverNegative)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        if (observed.Length == 0 || Array.Exists(observed, value => Math.Abs(value) > Largest))
            throw new ArgumentException($"At least one observation, and numbers up to {Largest} only, were expected.", nameof(observed));
        (this.observed, Values, Period, IsNeverNegative) = (observed, Filled(observed), period, isNeverNegative);
        IsPositive = Array.TrueForAll(Values, value => value > 0);
    }

    /// <summary>Without gaps.</summary>
    public double[] Values { get; }

    public int Period { get; }

    public int Length => Values.Length;

    /// <summary>Money, bookings and people are never fewer than none: neither is what is forecast of them.</summary>
    public bool IsNeverNegative { get; init; }

    /// <summary>Every value is above 0, so that seasons may be factors and errors shares.</summary>
    public bool IsPositive { get; }

    /// <summary>Less than two seasons were seen, or hardly anything: what is forecast is a guess with a wide interval.</summary>
    public bool IsShort => observed.Count(value => !double.IsNaN(value)) < Math.Max(2 * Period, Shortest);

    /// <summary>It never moved.</summary>
    public bool IsFlat => Array.TrueForAll(Values, value => value.Equals(Values[0]));

    public bool HasLongSeason => Period > LongSeason;

    /// <summary>Of a long season, a little more than two: before, it cannot be told from a trend.</summary>
    public bool ShowsLongSeason => HasLongSeason && Length >= (2 * Period) + 5;

    /// <summary>Whether anything was observed at a step.</summary>
    public bool IsObserved(int step) => !double.IsNaN(observed[step]);

    /// <summary>The first so many steps, as they were known then: a gap at their end is not drawn towards what came later.</summary>
    public Series First(int steps) => new(observed[..steps], Period, IsNeverNegative);

    /// <summary>The last so many steps.</summary>
    public Series Last(int steps) => steps >= Length ? this : new(Values[^steps..], Period, IsNeverNegative);

    /// <summary>The same steps with other values.</summary>
    internal Series With(double[] values, int period) => new(values, period, IsNeverNegative);

    private static double[] Filled(double[] observed)
    {
        double[] filled = [.. observed];
        var before = 0;
        for (var at = 1; at < filled.Length; at++)
        {
            if (!double.IsNaN(observed[at]))
            {
                before = at;
                continue;
            }

            var after = Array.FindIndex(observed, at, value => !double.IsNaN(value));
            filled[at] = after < 0 ? observed[before] : observed[before] + ((observed[after] - observed[before]) * (at - before) / (after - before));
        }

        return filled;
    }
}
