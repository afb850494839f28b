using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Cash;

/// <summary>By what an open invoice's day of payment is told, or why none is.</summary>
public enum CashBasis
{
    /// <summary>The due day and how late its client pays.</summary>
    Habit = 0,

    /// <summary>The client named the day.</summary>
    Promise = 1,

    /// <summary>The due day alone: nobody has paid yet, so there is no habit.</summary>
    Terms = 2,

    /// <summary>Contested: not expected until that is settled.</summary>
    Disputed = 3,

    /// <summary>Later than anybody ever paid: no day can be told.</summary>
    Beyond = 4,

    /// <summary>More was paid than owed: nothing is to come.</summary>
    Overpaid = 5,
}

/// <summary>When the money of an open invoice is expected.</summary>
/// <param name="On">Null where none is expected.</param>
/// <param name="Early">By then a quarter of such invoices would be paid.</param>
/// <param name="Late">By then three quarters would be.</param>
public sealed record CashExpectation(OpenReceivable Invoice, CashBasis Basis, DateOnly? On = null, DateOnly? Early = null, DateOnly? Late = null);

/// <summary>A week from Monday to Sunday, in minor units.</summary>
/// <param name="Minor">Expected within it.</param>
/// <param name="SoFarMinor">Expected from now until its end.</param>
/// <param name="EarlyMinor">The same if every client paid on its early day: never less.</param>
/// <param name="LateMinor">The same if every client paid on its late day: never more.</param>
public sealed record CashWeek(DateOnly Monday, int Invoices, long Minor, long SoFarMinor, long EarlyMinor, long LateMinor)
{
    public DateOnly Sunday => Monday.AddDays(6);
}

/// <summary>
/// Cash that is expected from what is open, by weeks: due day and the client's own delays, a promise's day where there is one. Every open cent
/// is in one week, later, or not expected.
/// </summary>
/// <param name="From">First day on which money may come.</param>
public sealed record CashForecast(DateOnly From, IReadOnlyList<CashExpectation> Invoices)
{
    public const int WeekCount = 13;
    private const double EarlyShare = 0.25;
    private const double MiddleShare = 0.5;
    private const double LateShare = 0.75;

    /// <summary>The week that <see cref="From"/> is in, and twelve more.</summary>
    public IReadOnlyList<CashWeek> Weeks { get; } = WeeksOf(From, Invoices, WeekCount);

    /// <summary>First day after the weeks.</summary>
    public DateOnly End => Period.MondayOf(From).AddDays(7 * WeekCount);

    public long WithinMinor => Weeks[^1].SoFarMinor;
    public long LaterMinor => Invoices.Where(invoice => invoice.On >= End).Sum(invoice => invoice.Invoice.OpenMinor);
    public long TotalMinor => Invoices.Sum(invoice => invoice.Invoice.OpenMinor);

    public long NotExpectedMinor => Invoices.Where(invoice => invoice.On is null).Sum(invoice => invoice.Invoice.OpenMinor);

    /// <param name="from">First day on which money may come.</param>
    /// <param name="open">What is open then.</param>
    /// <param name="delays">How late clients have paid.</param>
    /// <param name="promises">The day that a client named, by invoice; one that has passed counts no more.</param>
    /// <param name="disputed">Invoices that are contested.</param>
    public static CashForecast Of(DateOnly from, IEnumerable<OpenReceivable> open, DelayHistory delays, IReadOnlyDictionary<Guid, DateOnly> promises, IReadOnlySet<Guid> disputed) =>
        new(from, [.. open.Select(invoice => Expect(from, invoice, delays, promises, disputed))]);

    /// <summary>As many weeks from the first day's on.</summary>
    public static IReadOnlyList<CashWeek> WeeksOf(DateOnly from, IReadOnlyList<CashExpectation> invoices, int count)
    {
        var first = Period.MondayOf(from);
        var (on, early, late, counts) = (new long[count], new long[count], new long[count], new int[count]);
        foreach (var invoice in invoices.Where(invoice => invoice.On is not null))
        {
            Add(on, invoice.On);
            Add(early, invoice.Early);
            Add(late, invoice.Late);
            if (WeekOf(invoice.On) is { } week)
                counts[week]++;

            int? WeekOf(DateOnly? day) => (day!.Value.DayNumber - first.DayNumber) / 7 is var at && at < count ? at : null;
            void Add(long[] weeks, DateOnly? day) => weeks[WeekOf(day) ?? 0] += WeekOf(day) is null ? 0 : invoice.Invoice.OpenMinor;
        }

        var (soFar, soEarly, soLate) = (0L, 0L, 0L);
        return [.. Enumerable.Range(0, count).Select(week => new CashWeek(first.AddDays(7 * week), counts[week], on[week], soFar += on[week], soEarly += early[week], soLate += late[week]))];
    }

    private static CashExpectation Expect(DateOnly from, OpenReceivable invoice, DelayHistory delays, IReadOnlyDictionary<Guid, DateOnly> promises, IReadOnlySet<Guid> disputed)
    {
        if (invoice.OpenMinor < 0)
            return new(invoice, CashBasis.Overpaid);
        if (disputed.Contains(invoice.InvoiceId))
            return new(invoice, CashBasis.Disputed);
        if (promises.TryGetValue(invoice.InvoiceId, out var promised) && promised >= from)
            return new(invoice, CashBasis.Promise, promised, promised, promised);

        // What was not paid by now is not paid earlier than now.
        DateOnly? After(double share) => delays.Quantile(invoice.CustomerId, share, invoice.DaysLate(from)) is { } late ? invoice.DueOn.AddDays(late) : null;
        return After(MiddleShare) is { } on
            ? new(invoice, delays.Count == 0 ? CashBasis.Terms : CashBasis.Habit, on, After(EarlyShare), After(LateShare))
            : new(invoice, CashBasis.Beyond);
    }
}
