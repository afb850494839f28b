using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Scorecard;

/// <summary>
/// On which of the company's days each invoice of a mode was drafted, decided, issued and paid. It is read once; what any evening looked
/// like, and every evening of a year, is then told from memory.
/// </summary>
internal sealed class InvoiceHistory
{
    private readonly List<Issued> issued = [];
    private readonly List<(DateOnly Day, Money Amount)> payments = [];
    private readonly List<(DateOnly Day, long Minor)> credits = [];
    private readonly List<(DateOnly From, DateOnly? Until)> waits = [];

    private InvoiceHistory(string currency) => Currency = currency;

    /// <summary>The company's: receivables and DSO are about its invoices.</summary>
    public string Currency { get; }

    public static async Task<InvoiceHistory> ReadAsync(RevOpsDb db, CompanyVersion owner, Mode mode, CancellationToken cancel)
    {
        var history = new InvoiceHistory(owner.Currency);
        var paid = (await db.Set<Payment>().AsNoTracking().Where(payment => payment.Mode == mode)
            .Select(payment => new { payment.InvoiceId, payment.Kind, payment.OccurredAt, payment.Currency, payment.AmountMinor }).ToListAsync(cancel))
            .ConvertAll(payment => (payment.InvoiceId, payment.Kind, Day: owner.DayOf(payment.OccurredAt), Amount: new Money(payment.AmountMinor, payment.Currency)));

        // What is kept for a client and used later is no cash.
        history.payments.AddRange(paid.Where(payment => payment.Kind is not PaymentKind.ToBalance and not PaymentKind.FromBalance).Select(payment => (payment.Day, payment.Amount)));

        // A credit note lowers what is owed as a payment does, and the sales of its own day.
        var credited = (await db.Set<CreditNote>().AsNoTracking().Where(note => note.Mode == mode && note.IssuedAt != null)
            .Select(note => new { note.InvoiceId, note.IssuedAt, note.Currency, note.GrossMinor }).ToListAsync(cancel))
            .ConvertAll(note => (note.InvoiceId, Day: owner.DayOf(note.IssuedAt!.Value), Amount: new Money(note.GrossMinor, note.Currency)));
        history.credits.AddRange(credited.Where(note => note.Amount.Currency == owner.Currency).Select(note => (note.Day, note.Amount.Minor)));
        var paidOn = paid.Select(payment => (payment.InvoiceId, payment.Day, payment.Amount)).Concat(credited).ToLookup(payment => payment.InvoiceId, payment => (payment.Day, payment.Amount.Minor));
        var refusals = (await db.Set<InvoiceDecision>().AsNoTracking().Where(decision => !decision.Approved)
            .Select(decision => new { decision.InvoiceId, decision.OccurredAt }).ToListAsync(cancel)).ToLookup(decision => decision.InvoiceId, decision => decision.OccurredAt);
        var invoices = await db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && (invoice.IssuedAt != null || invoice.DraftedAt != null))
            .Select(invoice => new
            {
                invoice.Id,
                invoice.Status,
                invoice.Currency,
                invoice.GrossMinor,
                invoice.DraftedAt,
                invoice.ApprovedAt,
                invoice.CancelledAt,
                invoice.IssuedAt,
                invoice.DueOn,
            }).ToListAsync(cancel);
        foreach (var invoice in invoices)
        {
            // What is being drafted anew waits for nobody until it is there.
            if (invoice is { DraftedAt: { } drafted, Status: not InvoiceStatus.Drafting })
            {
                // A draft that was made anew waits anew: what was decided before is about the one before.
                var left = refusals[invoice.Id].Append(invoice.ApprovedAt ?? DateTimeOffset.MaxValue).Append(invoice.CancelledAt ?? DateTimeOffset.MaxValue).Where(at => at >= drafted).Min();
                history.waits.Add((owner.DayOf(drafted), left == DateTimeOffset.MaxValue ? null : owner.DayOf(left)));
            }

            if (invoice.IssuedAt is { } at && invoice.Currency == owner.Currency && invoice.Status != InvoiceStatus.Void)
            {
                var day = owner.DayOf(at);
                history.issued.Add(new(day, invoice.DueOn ?? day, invoice.GrossMinor, [.. paidOn[invoice.Id]]));
            }
        }

        return history;
    }

    /// <summary>Issued invoices as they stood on an evening: what was paid later was open then.</summary>
    public List<Receivable> ReceivablesOn(DateOnly evening) =>
    [
        .. issued.Where(invoice => invoice.IssuedOn <= evening).Select(invoice => new Receivable(invoice.IssuedOn, invoice.DueOn, invoice.GrossMinor, invoice.GrossMinor - invoice.PaidBy(evening))),

        // A credit note is a sale taken back; what it lowered stands with its invoice.
        .. credits.Where(note => note.Day <= evening).Select(note => new Receivable(note.Day, note.Day, -note.Minor, 0)),
    ];

    /// <summary>Simple DSO on each evening of a period, the same that <see cref="Dso.AsOf"/> gives for one.</summary>
    public IReadOnlyList<decimal?> DsoByDay(Period period)
    {
        var first = period.From.AddDays(1 - Dso.PeriodDays);
        var (sales, moved) = (new long[period.To.DayNumber - first.DayNumber + 1], new long[period.To.DayNumber - first.DayNumber + 1]);
        foreach (var invoice in issued.Where(invoice => invoice.IssuedOn <= period.To))
        {
            if (invoice.IssuedOn >= first)
                sales[At(invoice.IssuedOn)] += invoice.GrossMinor;
            moved[At(invoice.IssuedOn)] += invoice.GrossMinor;
            foreach (var (day, minor) in invoice.Payments.Where(payment => payment.Day <= period.To))
                moved[At(day > invoice.IssuedOn ? day : invoice.IssuedOn)] -= minor;
        }

        foreach (var (day, minor) in credits.Where(note => note.Day >= first && note.Day <= period.To))
            sales[At(day)] -= minor;

        var (series, open, sold) = (new decimal?[period.Days], 0L, 0L);
        for (var day = 0; day < moved.Length; day++)
        {
            open += moved[day];
            sold += sales[day] - (day >= Dso.PeriodDays ? sales[day - Dso.PeriodDays] : 0);
            if (day >= Dso.PeriodDays - 1)
                series[day - Dso.PeriodDays + 1] = sold == 0 ? null : (decimal)open / sold * Dso.PeriodDays;
        }

        return series;

        int At(DateOnly day) => Math.Max(0, day.DayNumber - first.DayNumber);
    }

    /// <summary>What came in, per currency: the company's first, and always there.</summary>
    public IReadOnlyList<Money> CashIn(Period period) =>
    [
        .. payments.Where(payment => payment.Day >= period.From && payment.Day <= period.To).GroupBy(payment => payment.Amount.Currency, payment => payment.Amount.Minor)
            .Select(group => new Money(group.Sum(), group.Key)).Append(Money.Zero(Currency)).DistinctBy(sum => sum.Currency, StringComparer.Ordinal)
            .OrderBy(sum => sum.Currency != Currency).ThenBy(sum => sum.Currency, StringComparer.Ordinal),
    ];

    /// <summary>What came in on each day, in the company's currency and in minor units.</summary>
    public IReadOnlyList<decimal?> CashByDay(Period period)
    {
        var series = new decimal?[period.Days];
        Array.Fill(series, 0);
        foreach (var (day, amount) in payments.Where(payment => payment.Amount.Currency == Currency && payment.Day >= period.From && payment.Day <= period.To))
            series[day.DayNumber - period.From.DayNumber] += amount.Minor;
        return series;
    }

    /// <summary>How many drafts waited for a decision on an evening.</summary>
    public int WaitingOn(DateOnly evening) => waits.Count(wait => wait.From <= evening && !(wait.Until <= evening));

    public IReadOnlyList<decimal?> WaitingByDay(Period period)
    {
        var (series, moved, waiting) = (new decimal?[period.Days], new int[period.Days], 0);
        foreach (var (from, until) in waits.Where(wait => wait.From <= period.To))
        {
            moved[At(from)]++;
            if (until <= period.To)
                moved[At(until.Value)]--;
        }

        for (var day = 0; day < moved.Length; day++)
            series[day] = waiting += moved[day];
        return series;

        int At(DateOnly day) => Math.Max(0, day.DayNumber - period.From.DayNumber);
    }

    private sealed record Issued(DateOnly IssuedOn, DateOnly DueOn, long GrossMinor, (DateOnly Day, long Minor)[] Payments)
    {
        public long PaidBy(DateOnly evening)
        {
            var sum = 0L;
            foreach (var (day, minor) in Payments)
                sum += day <= evening ? minor : 0;
            return sum;
        }
    }
}
