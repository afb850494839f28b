namespace RevOps.Core.Receivables.Lateness;

/// <summary>Days on which the same amount ran at the same rate; both ends included.</summary>
/// <param name="OpenMinor">What was owed on each of them, in minor units.</param>
/// <param name="BasisPoints">Per year.</param>
public sealed record AccruedPart(DateOnly From, DateOnly Until, long OpenMinor, int BasisPoints)
{
    public int Days => Until.DayNumber - From.DayNumber + 1;
}

/// <summary>
/// What a yearly rate makes of an amount that changes from day to day: actual days over 365, in a leap year too. It is rounded once, half
/// away from zero, so that ten parts cost what they cost together.
/// </summary>
/// <param name="Parts">In the order of the days; days on which nothing was owed are left out.</param>
/// <param name="UnratedFrom">The first day on which something was owed and no rate was known; null where all are known.</param>
public sealed record Accrual(IReadOnlyList<AccruedPart> Parts, DateOnly? UnratedFrom)
{
    private const decimal DaysOfYear = 365;
    private const decimal One = 10_000;

    public static readonly Accrual None = new([], null);

    /// <summary>In minor units of the invoice's currency.</summary>
    public long Minor => checked((long)Math.Round(Parts.Sum(part => (decimal)part.OpenMinor * part.BasisPoints * part.Days) / (One * DaysOfYear), MidpointRounding.AwayFromZero));

    public int Days => Parts.Sum(part => part.Days);

    /// <param name="owed">Of one invoice.</param>
    /// <param name="rates">Dated.</param>
    /// <param name="from">First day that counts.</param>
    /// <param name="until">Last day that counts.</param>
    public static Accrual Of(OwedByDay owed, RateTable rates, DateOnly from, DateOnly until)
    {
        if (until < from)
            return None;
        var begins = owed.Payments.Select(payment => payment.Day.AddDays(1)).Concat(rates.Begins).Where(day => day > from && day <= until).Append(from).Distinct().Order().ToList();
        var (parts, unrated) = (new List<AccruedPart>(), (DateOnly?)null);
        foreach (var (index, begin) in begins.Index())
        {
            var end = index + 1 < begins.Count ? begins[index + 1].AddDays(-1) : until;
            if (owed.OnMorning(begin) is not (> 0 and var open))
                continue;
            if (rates.On(begin) is not { } rate)
                unrated ??= begin;
            else if (parts is [.., var last] && last.Until.AddDays(1) == begin && (last.OpenMinor, last.BasisPoints) == (open, rate))
                parts[^1] = last with { Until = end };
            else
                parts.Add(new(begin, end, open, rate));
        }

        return new(parts, unrated);
    }
}
