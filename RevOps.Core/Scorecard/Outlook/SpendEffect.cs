namespace RevOps.Core.Scorecard.Outlook;

/// <summary>
/// By how many per cent qualified leads move when ad spend moves by one per cent, from the company's own weeks: a regression of leads on spend and on time, at
/// the middle of both, with an interval that knows that good weeks come together. It says what went together, not what caused what.
/// </summary>
/// <param name="Elasticity">The middle; null where the weeks are too few, or do not tell it from nothing.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Weeks">In how many both are known.</param>
public sealed record SpendEffect(double? Elasticity, double Low, double High, int Weeks)
{
    /// <summary>Half a year: with fewer, one campaign decides.</summary>
    public const int LeastWeeks = 26;

    private const double Normal95 = 1.96;

    // Weeks that a good or a bad month lasts.
    private const int Lags = 4;

    // Squares that rounding leaves of what did not move.
    private const double Nothing = 1e-18;

    public bool IsKnown => Elasticity is not null;

    /// <summary>What new sales are multiplied by; 1 where nothing is known.</summary>
    /// <param name="change">Of spend: −0.2 is a fifth less.</param>
    public double FactorOf(double change) => Elasticity is { } known ? Math.Max(0, 1 + (known * change)) : 1;

    /// <param name="spend">In weeks; null where nothing was spent yet.</param>
    /// <param name="leads">In weeks.</param>
    public static SpendEffect Of(FigureSeries? spend, FigureSeries? leads)
    {
        if (spend is null || leads is null)
            return new(null, 0, 0, 0);
        var points = spend.Values.Select((cost, week) => (Cost: (double)cost, Leads: leads.At(spend.Frequency.Later(spend.First, week)))).Where(point => point.Leads is not null).Select(point => (point.Cost, Leads: (double)point.Leads!)).ToList();
        if (points.Count < LeastWeeks)
            return new(null, 0, 0, points.Count);
        var (costs, found) = (points.Average(point => point.Cost), points.Average(point => point.Leads));

        // What grew together over the weeks moved nothing: a straight line in time is taken out of both first (Frisch, Waugh and Lovell).
        var (cost, moved) = (Detrended([.. points.Select(point => point.Cost)]), Detrended([.. points.Select(point => point.Leads)]));
        var spread = cost.Sum(one => one * one);
        if (spread <= costs * costs * Nothing || costs <= 0 || found <= 0)
            return new(null, 0, 0, points.Count);
        var slope = cost.Zip(moved, (one, lead) => one * lead).Sum() / spread;
        var error = Math.Sqrt(LongRun([.. cost.Zip(moved, (one, lead) => one * (lead - (slope * one)))])) / spread;
        var (middle, half) = (slope * costs / found, Normal95 * error * costs / found);
        return middle - half > 0 ? new(middle, middle - half, middle + half, points.Count) : new(null, middle - half, middle + half, points.Count);
    }

    private static double[] Detrended(double[] values)
    {
        var (mean, middle) = (values.Average(), (values.Length - 1) / 2d);
        var slope = values.Select((value, week) => (value - mean) * (week - middle)).Sum() / values.Select((_, week) => (week - middle) * (week - middle)).Sum();
        return [.. values.Select((value, week) => value - mean - (slope * (week - middle)))];
    }

    /// <summary>Variance of a sum whose parts resemble their neighbours (Newey and West 1987, Bartlett weights), for the three degrees of freedom taken.</summary>
    private static double LongRun(double[] parts)
    {
        var sum = parts.Sum(part => part * part);
        for (var lag = 1; lag <= Lags; lag++)
            sum += 2 * (1 - (lag / (Lags + 1d))) * parts.Skip(lag).Zip(parts, (part, before) => part * before).Sum();
        return Math.Max(0, sum) * parts.Length / (parts.Length - 3);
    }
}
