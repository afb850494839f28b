namespace RevOps.Core.Scorecard.Outlook;

/// <summary>
/// By how many per cent qualified leads move when ad spend moves by one per cent, from the company's own weeks: a regression of leads on spend, at the middle
/// of both. It says what went together, not what caused what.
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
        var spread = points.Sum(point => Math.Pow(point.Cost - costs, 2));
        if (spread <= 0 || costs <= 0 || found <= 0)
            return new(null, 0, 0, points.Count);
        var slope = points.Sum(point => (point.Cost - costs) * (point.Leads - found)) / spread;
        var error = Math.Sqrt(points.Sum(point => Math.Pow(point.Leads - found - (slope * (point.Cost - costs)), 2)) / (points.Count - 2) / spread);
        var (middle, half) = (slope * costs / found, Normal95 * error * costs / found);
        return middle - half > 0 ? new(middle, middle - half, middle + half, points.Count) : new(null, middle - half, middle + half, points.Count);
    }
}
