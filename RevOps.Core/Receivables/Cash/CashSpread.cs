using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Cash;

/// <summary>An open invoice spread over the weeks in which its money may come.</summary>
/// <param name="Basis">By what it is told.</param>
/// <param name="Shares">Chance of each week; with <paramref name="Later"/> they add up to 1.</param>
/// <param name="Later">Chance that it comes after the weeks, or never.</param>
/// <param name="Early">Paid by then with a chance of one in ten; null where that is never so likely.</param>
/// <param name="Late">Paid by then with a chance of nine in ten.</param>
public sealed record CashSpread(OpenReceivable Invoice, CashBasis Basis, IReadOnlyList<double> Shares, double Later, DateOnly? Early = null, DateOnly? Late = null)
{
    private const double EarlyShare = 0.1, LateShare = 0.9;

    // Shares that add up to nine tenths may miss it by the last place.
    private const double Rounding = 1e-9;

    /// <summary>Some day is possible: not contested, not overpaid, not later than anybody paid.</summary>
    public bool IsExpected => Basis is CashBasis.Habit or CashBasis.Promise or CashBasis.Terms;

    /// <summary>What is open, parted over the weeks to the cent; what is left of it comes later or never.</summary>
    public IReadOnlyList<long> Minor { get; } = Parted(Math.Max(0, Invoice.OpenMinor), Shares);

    public long WithinMinor => Minor.Sum();

    /// <summary>What is left of what is expected when the weeks have passed.</summary>
    public long LaterMinor => IsExpected ? Invoice.OpenMinor - WithinMinor : 0;

    /// <param name="from">First day on which money may come: what was not paid by then is not paid earlier.</param>
    /// <param name="invoice">Open on the evening before.</param>
    /// <param name="hazard">When clients pay.</param>
    /// <param name="promised">The day that the client named; one that has passed counts no more.</param>
    /// <param name="isDisputed">Contested: not expected until that is settled.</param>
    /// <param name="late">So many days later than usual.</param>
    public static CashSpread Of(DateOnly from, OpenReceivable invoice, PaymentHazard hazard, DateOnly? promised, bool isDisputed, int late = 0)
    {
        if (invoice.OpenMinor < 0)
            return Nothing(invoice, CashBasis.Overpaid);
        if (isDisputed)
            return Nothing(invoice, CashBasis.Disputed);
        if (promised >= from)
            return Over(from, invoice, CashBasis.Promise, [(promised.Value.AddDays(late), 1)]);
        var chances = hazard.Chances(invoice.CustomerId, invoice.DaysLate(from)).Select(one => (invoice.DueOn.AddDays(one.Days + late), one.Chance)).ToList();
        return chances.Count == 0 ? Nothing(invoice, CashBasis.Beyond) : Over(from, invoice, hazard.Paid == 0 ? CashBasis.Terms : CashBasis.Habit, chances);
    }

    private static CashSpread Over(DateOnly from, OpenReceivable invoice, CashBasis basis, IReadOnlyList<(DateOnly Day, double Chance)> chances)
    {
        var (shares, monday, reached) = (new double[CashForecast.WeekCount], Period.MondayOf(from), 0d);
        DateOnly? early = null, late = null;
        foreach (var (day, chance) in chances)
        {
            reached += chance;
            early ??= reached >= EarlyShare - Rounding ? day : null;
            late ??= reached >= LateShare - Rounding ? day : null;
            var week = (day.DayNumber - monday.DayNumber) / 7;
            if (week < shares.Length)
                shares[Math.Max(0, week)] += chance;
        }

        return new(invoice, basis, shares, Math.Max(0, 1 - shares.Sum()), early, late);
    }

    private static CashSpread Nothing(OpenReceivable invoice, CashBasis basis) => new(invoice, basis, new double[CashForecast.WeekCount], 1);

    // What was rounded off one week is in the next: no cent is lost, and none comes twice.
    private static long[] Parted(long whole, IReadOnlyList<double> shares)
    {
        var (parts, reached, given) = (new long[shares.Count], 0d, 0L);
        for (var week = 0; week < parts.Length; week++)
        {
            reached += shares[week];
            var upTo = Math.Min(whole, (long)Math.Round(whole * Math.Min(1, reached), MidpointRounding.AwayFromZero));
            (parts[week], given) = (upTo - given, upTo);
        }

        return parts;
    }
}
