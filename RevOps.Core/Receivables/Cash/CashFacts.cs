using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Receivables.Cash;

/// <summary>What was known on an evening of when money comes: what was open, when clients have paid, what they named and what they contest.</summary>
/// <param name="Promised">The day that the client named last, by invoice.</param>
internal sealed record CashFacts(IReadOnlyList<OpenReceivable> Open, PaymentHazard Hazard, IReadOnlyDictionary<Guid, DateOnly> Promised, IReadOnlySet<Guid> Disputed)
{
    /// <param name="db">Where promises and disputes are read.</param>
    /// <param name="ledger">Where the open invoices are.</param>
    /// <param name="evening">What was open and paid on it.</param>
    /// <param name="at">What was promised and contested at this instant counts.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<CashFacts> ReadAsync(RevOpsDb db, ReceivablesLedger ledger, DateOnly evening, DateTimeOffset at, CancellationToken cancel)
    {
        var open = await ledger.OpenOnAsync(evening, cancel);
        var paid = await ledger.DelaysAsync(evening, PaymentHazard.HistoryDays, cancel);
        var promised = await db.Set<PaymentPromise>().AsNoTracking().Where(promise => promise.OccurredAt < at && (promise.EndedAt == null || promise.EndedAt >= at))
            .OrderBy(promise => promise.OccurredAt).Select(promise => new { promise.InvoiceId, promise.PromisedOn }).ToListAsync(cancel);
        var disputed = await db.Set<InvoiceDispute>().Where(dispute => dispute.OpenedAt < at && (dispute.ClosedAt == null || dispute.ClosedAt >= at)).Select(dispute => dispute.InvoiceId).ToListAsync(cancel);

        // Of what was paid before the window nothing is known, and nobody pays what is not issued: an invoice counts from the later of the two on.
        var since = evening.AddDays(1 - PaymentHazard.HistoryDays);
        int SinceOf(DateOnly issued, DateOnly due) => Math.Max(since.DayNumber, issued.DayNumber) - due.DayNumber;
        return new(
            open,
            new([
                .. paid.Select(one => new WaitedInvoice(one.CustomerId, one.Days, IsPaid: true, Math.Min(one.Days, SinceOf(one.IssuedOn, one.DueOn)))),
                .. open.Where(invoice => invoice.OpenMinor > 0).Select(invoice => new WaitedInvoice(invoice.CustomerId, invoice.DaysLate(evening), IsPaid: false, SinceOf(invoice.IssuedOn, invoice.DueOn))),
                .. PaymentHazard.Assumed(paid.Count),
            ]),
            promised.GroupBy(promise => promise.InvoiceId).ToDictionary(all => all.Key, all => all.Last().PromisedOn),
            disputed.ToHashSet());
    }

    /// <param name="from">First day on which money may come.</param>
    /// <param name="client">One that pays later than it would; null: nobody.</param>
    /// <param name="lateDays">By so many days.</param>
    public IReadOnlyList<CashSpread> Spreads(DateOnly from, Guid? client = null, int lateDays = 0) =>
        [.. Open.Select(invoice => CashSpread.Of(from, invoice, Hazard, Promised.TryGetValue(invoice.InvoiceId, out var day) ? day : null, Disputed.Contains(invoice.InvoiceId), invoice.CustomerId == client ? lateDays : 0))];
}
