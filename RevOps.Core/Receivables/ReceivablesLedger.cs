using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables;

/// <summary>
/// Reads what was owed on any evening, by replaying dated events: issue, credit notes, payments and what went back. Drafts and voids never
/// count. What has not moved since needs no replay.
/// </summary>
public sealed class ReceivablesLedger(RevOpsDb db, CompanyVersion owner, Mode mode, string currency)
{
    /// <summary>Those in which something was issued, and the company's own, which comes first.</summary>
    public static async Task<IReadOnlyList<string>> CurrenciesAsync(RevOpsDb db, CompanyVersion owner, Mode mode, CancellationToken cancel)
    {
        // From one to the next along the index: each costs a look, however many invoices are in it.
        var (found, invoices) = (new List<string>(), db.Set<Invoice>().Where(invoice => invoice.Mode == mode && invoice.IssuedOn != null));
        for (var last = ""; await invoices.Where(invoice => string.Compare(invoice.Currency, last) > 0).OrderBy(invoice => invoice.Currency).Select(invoice => invoice.Currency).FirstOrDefaultAsync(cancel) is { } next; last = next)
            found.Add(next);
        return [.. found.Append(owner.Currency).Distinct(StringComparer.Ordinal).OrderBy(code => code != owner.Currency).ThenBy(code => code, StringComparer.Ordinal)];
    }

    /// <summary>Everything of which something was open, or overpaid, on the evening of a day.</summary>
    public async Task<List<OpenReceivable>> OpenOnAsync(DateOnly day, CancellationToken cancel)
    {
        var rows = await OpenAfter(day, day).Select(invoice => new
        {
            invoice.Id,
            invoice.CustomerId,
            IssuedOn = invoice.IssuedOn!.Value,
            invoice.DueOn,
            invoice.GrossMinor,
            Since = invoice.MovedOn > day,
            LeftMinor = invoice.GrossMinor - invoice.CreditedMinor - invoice.PaidMinor,
        }).ToListAsync(cancel);
        var back = rows.Exists(row => row.Since) ? await MovedByAsync(OpenAfter(day, day).Where(invoice => invoice.MovedOn > day), owner.StartOf(day.AddDays(1)), cancel) : [];
        return
        [
            .. rows.Select(row => new OpenReceivable(row.Id, row.CustomerId, row.IssuedOn, row.DueOn ?? row.IssuedOn, row.Since ? row.GrossMinor - back.GetValueOrDefault(row.Id) : row.LeftMinor))
                .Where(row => row.OpenMinor != 0),
        ];
    }

    /// <summary>All that is needed to tell any evening from a first to a last.</summary>
    public async Task<LedgerReplay> ReplayAsync(DateOnly first, DateOnly last, CancellationToken cancel)
    {
        var concerned = OpenAfter(first, last);
        var ids = concerned.Select(invoice => invoice.Id);
        var paid = await db.Set<Payment>().Where(payment => ids.Contains(payment.InvoiceId)).Select(payment => new { payment.InvoiceId, At = payment.OccurredAt, Minor = payment.AmountMinor }).ToListAsync(cancel);
        var credited = await Credits().Where(note => ids.Contains(note.InvoiceId)).Select(note => new { note.InvoiceId, At = note.IssuedAt!.Value, Minor = note.GrossMinor }).ToListAsync(cancel);
        var moves = paid.Concat(credited).ToLookup(move => move.InvoiceId, move => (owner.DayOf(move.At), move.Minor));
        var rows = await concerned.Select(invoice => new { invoice.Id, invoice.CustomerId, IssuedOn = invoice.IssuedOn!.Value, invoice.DueOn, invoice.GrossMinor }).ToListAsync(cancel);
        return new(rows.ConvertAll(row => new ReplayedInvoice(row.Id, row.CustomerId, row.IssuedOn, row.DueOn ?? row.IssuedOn, row.GrossMinor, [.. moves[row.Id]])));
    }

    /// <summary>What was sold on each day, up to an evening.</summary>
    public async Task<Sales> SalesAsync(DateOnly day, CancellationToken cancel)
    {
        var sold = await IssuedBy(day).GroupBy(invoice => invoice.IssuedOn!.Value).Select(found => new { Day = found.Key, Minor = found.Sum(invoice => invoice.GrossMinor) }).ToListAsync(cancel);
        var end = owner.StartOf(day.AddDays(1));
        var credited = await Credits().Where(note => note.IssuedAt < end).Select(note => new { At = note.IssuedAt!.Value, note.GrossMinor }).ToListAsync(cancel);
        return new(sold.Select(row => (row.Day, row.Minor)).Concat(credited.Select(note => (owner.DayOf(note.At), -note.GrossMinor))));
    }

    /// <summary>When each invoice was due and how many days after it was paid, of those that payments settled within so many days up to an evening.</summary>
    public async Task<List<(Guid CustomerId, DateOnly IssuedOn, DateOnly DueOn, int Days)>> DelaysAsync(DateOnly evening, int days, CancellationToken cancel)
    {
        var since = evening.AddDays(-days);
        var paid = await IssuedBy(evening).Where(invoice => invoice.SettledOn > since && invoice.SettledOn <= evening && invoice.PaidMinor > 0 && invoice.DueOn != null)
            .Select(invoice => new { invoice.CustomerId, Issued = invoice.IssuedOn!.Value, Due = invoice.DueOn!.Value, Settled = invoice.SettledOn!.Value }).ToListAsync(cancel);
        return paid.ConvertAll(row => (row.CustomerId, row.Issued, row.Due, row.Settled.DayNumber - row.Due.DayNumber));
    }

    /// <summary>What came in and went back within a period, by invoice; what is kept for a client and used later is no cash.</summary>
    public async Task<List<(Guid InvoiceId, DateOnly Day, long Minor)>> CashAsync(Period period, CancellationToken cancel)
    {
        var (start, end) = (owner.StartOf(period.From), owner.StartOf(period.To.AddDays(1)));
        var paid = await db.Set<Payment>().Where(payment => payment.Mode == mode && payment.Currency == currency && payment.OccurredAt >= start && payment.OccurredAt < end
            && payment.Kind != PaymentKind.ToBalance && payment.Kind != PaymentKind.FromBalance).Select(payment => new { payment.InvoiceId, payment.OccurredAt, payment.AmountMinor }).ToListAsync(cancel);
        return paid.ConvertAll(row => (row.InvoiceId, owner.DayOf(row.OccurredAt), row.AmountMinor));
    }

    /// <summary>Of the invoices issued within a period, those voided since or credited for a billing error.</summary>
    public async Task<Proportion> ErrorsAsync(Period period, CancellationToken cancel)
    {
        return new(await WrongWithin(period).CountAsync(cancel), await IssuedWithin(period).CountAsync(cancel));
    }

    /// <summary>Every invoice issued within a period, those voided since among them.</summary>
    internal IQueryable<Invoice> IssuedWithin(Period period) =>
        db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.Currency == currency && invoice.IssuedOn >= period.From && invoice.IssuedOn <= period.To);

    /// <summary>Of those, what was voided since, or credited for a billing error by the end of the period.</summary>
    internal IQueryable<Invoice> WrongWithin(Period period)
    {
        // The notes are few and the invoices many: as a list they are read once, asked for one by one they would be for each invoice.
        var credited = WrongNotes(period).Select(note => note.InvoiceId);
        return IssuedWithin(period).Where(invoice => invoice.Status == InvoiceStatus.Void || credited.Contains(invoice.Id));
    }

    /// <summary>Credit notes for a billing error, by the end of a period.</summary>
    private IQueryable<CreditNote> WrongNotes(Period period)
    {
        var end = owner.StartOf(period.To.AddDays(1));
        return Credits().Where(note => note.Status == CreditNoteStatus.Issued && note.IssuedAt < end && (note.Reason == CreditReason.BillingError || note.Reason == CreditReason.Duplicate));
    }

    /// <summary>Credit notes issued within a period.</summary>
    internal IQueryable<CreditNote> CreditedWithin(Period period)
    {
        var (start, end) = (owner.StartOf(period.From), owner.StartOf(period.To.AddDays(1)));
        return Credits().Where(note => note.IssuedAt >= start && note.IssuedAt < end);
    }

    /// <summary>Issued by a day and not voided since.</summary>
    internal IQueryable<Invoice> IssuedBy(DateOnly day) => db.Set<Invoice>().AsNoTracking()
        .Where(invoice => invoice.Mode == mode && invoice.Currency == currency && invoice.IssuedOn != null && invoice.IssuedOn <= day && invoice.Status != InvoiceStatus.Void);

    /// <summary>
    /// Of what was issued by a last day, all that was not settled on a first one. Two ranges of one index: asked for as one condition with an
    /// "or", it would be searched from end to end.
    /// </summary>
    private IQueryable<Invoice> OpenAfter(DateOnly first, DateOnly last) =>
        IssuedBy(last).Where(invoice => invoice.SettledOn == null).Concat(IssuedBy(last).Where(invoice => invoice.SettledOn > first));

    private IQueryable<CreditNote> Credits() => db.Set<CreditNote>().AsNoTracking().Where(note => note.Mode == mode && note.Currency == currency && note.IssuedAt != null);

    /// <summary>What had been paid and credited of each by an instant.</summary>
    private async Task<Dictionary<Guid, long>> MovedByAsync(IQueryable<Invoice> invoices, DateTimeOffset end, CancellationToken cancel)
    {
        var ids = invoices.Select(invoice => invoice.Id);
        var paid = await db.Set<Payment>().Where(payment => ids.Contains(payment.InvoiceId) && payment.OccurredAt < end)
            .GroupBy(payment => payment.InvoiceId).Select(found => new { found.Key, Minor = found.Sum(payment => payment.AmountMinor) }).ToDictionaryAsync(row => row.Key, row => row.Minor, cancel);
        foreach (var credited in await Credits().Where(note => ids.Contains(note.InvoiceId) && note.IssuedAt < end)
            .GroupBy(note => note.InvoiceId).Select(found => new { found.Key, Minor = found.Sum(note => note.GrossMinor) }).ToListAsync(cancel))
            paid[credited.Key] = paid.GetValueOrDefault(credited.Key) + credited.Minor;
        return paid;
    }
}
