namespace RevOps.Core.Receivables.Cash;

/// <summary>An invoice that was paid some days after its due day, or is still open so many days after it.</summary>
/// <param name="Days">From due to settled, or to today; negative: before it was due.</param>
/// <param name="IsPaid">False: open until now, and what comes is not known (censored).</param>
/// <param name="Since">Days from due on which it came into sight; who had paid before is not counted either. Left out: from the beginning.</param>
public sealed record WaitedInvoice(Guid CustomerId, int Days, bool IsPaid, int Since = int.MinValue)
{
    /// <summary>No invoice: it stands for what is not known yet, and is nobody's own.</summary>
    public bool IsAssumed { get; init; }
}

/// <summary>
/// On which day after its due day an invoice is paid, as a distribution and never as one day. The chance to be paid on a day if it was not
/// before (the discrete-time hazard) is counted by Kaplan and Meier (1958), so that what is still open counts for as long as it was, and from the day on which
/// it came into sight (delayed entry). A client's own chances are told from its own invoices as if <see cref="CompanyWeight"/> more had gone as those of all clients together: three payments say little, thirty
/// say nearly all (the mean of a Beta distribution whose prior is the company's own, as in Hjort 1990).
/// </summary>
public sealed class PaymentHazard
{
    /// <summary>Invoices that the company's habits count for beside a client's own.</summary>
    public const int CompanyWeight = 5;

    /// <summary>Days back from the evening within which an invoice must have been settled to count.</summary>
    public const int HistoryDays = 730;

    // Fewer say hardly anything of when money comes: an assumption stands beside them, from the due day to two months after it, the widest first.
    private const int LeastPaid = 5;
    private static readonly int[] AssumedDays = [30, 0, 60, 7, 15];

    private readonly int[] days;
    private readonly double[] company;
    private readonly Dictionary<Guid, (int[] Paid, int[] AtRisk)> clients;

    /// <param name="waited">Paid and open, in any order.</param>
    public PaymentHazard(IReadOnlyCollection<WaitedInvoice> waited)
    {
        Paid = waited.Count(one => one is { IsPaid: true, IsAssumed: false });
        days = [.. waited.Where(one => one.IsPaid).Select(one => one.Days).Distinct().Order()];

        // Where everybody has paid before the due day so far, it does not follow that nobody will be late: the rest is spread over the assumed days.
        var isYoung = days.Length > 0 && days[^1] < 0;
        var known = days.Length;
        if (isYoung)
            days = [.. days, .. AssumedDays.Order()];

        // Where nobody has paid yet the terms are all that is known.
        if (days.Length == 0)
            (days, company, clients) = ([0], [1], []);
        else
        {
            var (paid, atRisk) = Counted(waited);
            company = [.. paid.Zip(atRisk, (hits, of) => (double)hits / Math.Max(1, of))];
            for (var at = known; at < days.Length; at++)
                company[at] = 1d / (days.Length - at);
            clients = waited.Where(one => !one.IsAssumed).GroupBy(one => one.CustomerId).ToDictionary(own => own.Key, own => Counted([.. own]));
        }
    }

    /// <summary>What is assumed beside so many paid invoices, so that nobody is ever told one single day: together they are five at least.</summary>
    public static IEnumerable<WaitedInvoice> Assumed(int paid) => AssumedDays.Take(Math.Max(0, LeastPaid - paid)).Select(days => new WaitedInvoice(Guid.Empty, days, IsPaid: true) { IsAssumed = true });

    /// <summary>Invoices of which the day of payment is known.</summary>
    public int Paid { get; }

    public int PaidBy(Guid customer) => clients.TryGetValue(customer, out var own) ? own.Paid.Sum() : 0;

    /// <summary>
    /// The chance of each day on which an invoice may be paid that was not paid before a day. They add up to 1 or less: what is left is paid later than anybody
    /// ever paid, or never.
    /// </summary>
    /// <param name="customer">The client; one that nothing is known of goes by all of them.</param>
    /// <param name="atLeast">Days after due: earlier ones are ruled out.</param>
    public IEnumerable<(int Days, double Chance)> Chances(Guid customer, int atLeast)
    {
        var (own, left, from) = (clients.GetValueOrDefault(customer), 1d, Array.BinarySearch(days, atLeast));
        for (var at = from < 0 ? ~from : from; at < days.Length && left > 0; at++)
        {
            var chance = left * HazardAt(at, own);
            left -= chance;
            if (chance > 0)
                yield return (days[at], chance);
        }
    }

    private double HazardAt(int at, (int[]? Paid, int[]? AtRisk) own) => own is { Paid: { } paid, AtRisk: { } atRisk }
        ? (paid[at] + (CompanyWeight * company[at])) / (atRisk[at] + CompanyWeight)
        : company[at];

    /// <summary>Of each day on which anybody paid: how many of these did, and how many had not before.</summary>
    private (int[] Paid, int[] AtRisk) Counted(IReadOnlyCollection<WaitedInvoice> waited)
    {
        var (paid, atRisk) = (new int[days.Length], new int[days.Length]);
        var (ends, begins) = (waited.Select(one => one.Days).Order().ToArray(), waited.Select(one => one.Since).Order().ToArray());
        foreach (var one in waited.Where(one => one.IsPaid))
            paid[Array.BinarySearch(days, one.Days)]++;
        for (int at = 0, gone = 0, seen = 0; at < days.Length; at++)
        {
            while (gone < ends.Length && ends[gone] < days[at])
                gone++;
            while (seen < begins.Length && begins[seen] <= days[at])
                seen++;
            atRisk[at] = seen - gone;
        }

        return (paid, atRisk);
    }
}
