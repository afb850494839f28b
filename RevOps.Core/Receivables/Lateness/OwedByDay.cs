namespace RevOps.Core.Receivables.Lateness;

/// <summary>
/// What was owed of one invoice on every day. What a credit note took back was never owed, so it is left out from the first day on; a
/// payment counts from the day after it, since the client had the money until then.
/// </summary>
/// <param name="DueOn">Last day on which payment is in time.</param>
/// <param name="BaseMinor">With the tax, less what was credited, in minor units.</param>
/// <param name="Payments">Dated, negative where money went back; in any order.</param>
public sealed record OwedByDay(DateOnly DueOn, long BaseMinor, IReadOnlyList<(DateOnly Day, long Minor)> Payments)
{
    /// <summary>Something was owed on the day after it was due.</summary>
    public bool WasLate(DateOnly today) => today > DueOn && OnMorning(DueOn.AddDays(1)) > 0;

    /// <summary>The last day on which something was owed in the morning, up to a day; null where it was paid in time.</summary>
    public DateOnly? LastLateDay(DateOnly until)
    {
        if (OnMorning(until) > 0)
            return until > DueOn ? until : null;

        // What was owed in the morning of a day on which it was paid, and not on the next.
        DateOnly? last = Payments.Select(payment => payment.Day).Where(day => day > DueOn && day <= until && OnMorning(day) > 0).Select(day => (DateOnly?)day).Max();
        return last;
    }

    /// <summary>What was owed when a day began, in minor units; what was overpaid is owed by nobody.</summary>
    public long OnMorning(DateOnly day) => Math.Max(0, BaseMinor - Payments.Where(payment => payment.Day < day).Sum(payment => payment.Minor));
}
