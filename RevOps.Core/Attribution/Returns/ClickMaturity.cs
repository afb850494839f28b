namespace RevOps.Core.Attribution.Returns;

/// <summary>
/// How much of what the clicks of a day will ever bring has come in, by the age of the clicks. Sales follow a click by days and payments by
/// weeks: a young day looks worse than it is. Measured on the house's own credits by the chain-ladder method, which insurers use for late
/// claims: for each week of age, the cohorts that are older tell by how much the money still grew.
/// </summary>
public sealed class ClickMaturity
{
    /// <summary>Below this part a day's return is not to be judged yet.</summary>
    public const double Enough = 0.9;

    /// <summary>With fewer sales than this the growth of weeks is chance.</summary>
    public const int FewestSales = 20;

    private const int Week = 7;

    // The part that is in after so many whole weeks.
    private readonly double[] parts;

    private ClickMaturity(double[] parts, int sales) => (this.parts, Sales) = (parts, sales);

    /// <summary>What it was measured on.</summary>
    public int Sales { get; }

    /// <summary>False with too few sales: nobody knows how ripe a day is.</summary>
    public bool IsKnown => parts.Length > 0;

    /// <summary>Days after which at least 90 % of the money is in; null where that is not known.</summary>
    public int? EnoughAfter => IsKnown ? Array.FindIndex(parts, part => part >= Enough) * Week : null;

    /// <summary>From 0 to 1, never less for an older day; null where nobody knows.</summary>
    /// <param name="age">Days since the click.</param>
    public double? At(int age) => IsKnown ? parts[Math.Clamp((age + 1) / Week, 0, parts.Length - 1)] : null;

    /// <summary>A day that nobody knows the ripeness of is not ripe.</summary>
    public bool IsMature(int age) => At(age) >= Enough;

    /// <param name="credits">Every credit that has a click, of all days.</param>
    /// <param name="today">Until when money came in.</param>
    public static ClickMaturity Of(IEnumerable<(DateOnly ClickedOn, DateOnly PaidOn, long Minor)> credits, DateOnly today)
    {
        var known = credits.Where(credit => credit.PaidOn <= today && credit.PaidOn >= credit.ClickedOn).ToList();
        if (known.Count(credit => credit.Minor > 0) < FewestSales)
            return new([], known.Count);

        // Whole weeks that a cohort has been seen for; a week that is under way would look like one without money.
        var cohorts = known.GroupBy(credit => credit.ClickedOn)
            .Select(cohort => (Weeks: (today.DayNumber - cohort.Key.DayNumber + 1) / Week, Money: cohort.ToLookup(credit => (credit.PaidOn.DayNumber - credit.ClickedOn.DayNumber) / Week, credit => credit.Minor))).ToList();
        var last = cohorts.Max(cohort => cohort.Weeks);
        var measured = new double[last + 1];
        measured[last] = 1;
        for (var week = last - 1; week >= 1; week--)
            measured[week] = measured[week + 1] / Math.Max(1, Growth(cohorts, week));
        return new(measured, known.Count);
    }

    /// <summary>From so many weeks to one more, over the cohorts that have been seen for that long.</summary>
    private static double Growth(List<(int Weeks, ILookup<int, long> Money)> cohorts, int week)
    {
        var old = cohorts.FindAll(cohort => cohort.Weeks > week);
        double before = old.Sum(cohort => Until(cohort.Money, week)), after = old.Sum(cohort => Until(cohort.Money, week + 1));

        // Nothing in yet after so many weeks: what will come is all there is.
        return before > 0 ? after / before : after > 0 ? double.PositiveInfinity : 1;
    }

    private static long Until(ILookup<int, long> money, int week) => money.Where(part => part.Key < week).Sum(part => part.Sum());
}
