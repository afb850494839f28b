using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Receivables.Matching;

/// <summary>Reads what payments may be of: everything that is owed, who paid from which account before, and what Stripe paid out.</summary>
public sealed class OwedInvoices(Vault vault)
{
    /// <summary>All of one mode and currency of which something is owed.</summary>
    public async Task<IReadOnlyList<OwedInvoice>> LoadAsync(RevOpsDb db, Mode mode, string currency, CancellationToken cancel)
    {
        var rows = await db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.Currency == currency && invoice.IssuedOn != null).Where(Invoice.IsOwed)
            .Select(invoice => new { invoice.Id, invoice.CustomerId, invoice.Number, invoice.Reference, invoice.Origin, IssuedOn = invoice.IssuedOn!.Value, Minor = invoice.GrossMinor - invoice.CreditedMinor - invoice.PaidMinor }).ToListAsync(cancel);
        var names = await NamesAsync(db, [.. rows.Select(row => row.CustomerId).Distinct()], cancel);
        return rows.ConvertAll(row => new OwedInvoice(row.Id, row.CustomerId, row.Number ?? row.Reference, row.Minor, row.IssuedOn, names.GetValueOrDefault(row.CustomerId),
            row.Origin is InvoiceOrigin.Imported or InvoiceOrigin.OpeningBalance ? null : CreditorReference.Of(row.Id)));
    }

    /// <summary>The numbers of what was issued and is not owed any more: a payment may still name them.</summary>
    public static async Task<IReadOnlyCollection<string>> SettledNumbersAsync(RevOpsDb db, Mode mode, string currency, CancellationToken cancel) =>
        await db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.Currency == currency && invoice.IssuedOn != null && invoice.SettledOn != null && invoice.Number != null).Select(invoice => invoice.Number!).ToListAsync(cancel);

    /// <summary>By the hash of a payer's account the one customer who was recognised behind it; an account that paid for several tells nothing.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> PayersAsync(RevOpsDb db, CancellationToken cancel)
    {
        var seen = await (from match in db.Set<BankMatch>()
                          join line in db.Set<BankLine>() on match.LineId equals line.Id
                          join invoice in db.Set<Invoice>() on match.InvoiceId equals (Guid?)invoice.Id
                          where match.Kind == MatchKind.Invoice && match.UndoneAt == null && line.PayerHash != null
                          select new { line.PayerHash, invoice.CustomerId }).Distinct().ToListAsync(cancel);
        return seen.GroupBy(pair => Convert.ToHexString(pair.PayerHash!), StringComparer.Ordinal).Where(payer => payer.Select(pair => pair.CustomerId).Distinct().Count() == 1)
            .ToDictionary(payer => payer.Key, payer => payer.First().CustomerId, StringComparer.Ordinal);
    }

    /// <summary>What Stripe paid out and nobody has seen at the bank.</summary>
    public static Task<List<Payout>> PayoutsAsync(RevOpsDb db, Mode mode, string currency, CancellationToken cancel) =>
        db.Set<Payout>().AsNoTracking().Where(payout => payout.Mode == mode && payout.Currency == currency && (payout.Status == "paid" || payout.Status == "in_transit")
            && !db.Set<BankMatch>().Any(match => match.PayoutId == payout.Id && match.UndoneAt == null)).ToListAsync(cancel);

    /// <summary>Payments that were booked without the bank, such as those that somebody marked: not by us, not within a payout, and no line stands behind them.</summary>
    public async Task<IReadOnlyList<UnseenPayment>> UnseenAsync(RevOpsDb db, Mode mode, string currency, DateTimeOffset since, DateTimeOffset settled, CancellationToken cancel)
    {
        var rows = await (from payment in db.Set<Payment>().AsNoTracking()
                          join invoice in db.Set<Invoice>() on payment.InvoiceId equals invoice.Id
                          where payment.Mode == mode && payment.Currency == currency && payment.Kind == PaymentKind.Payment && payment.AmountMinor > 0 && payment.OccurredAt >= since
                              && (payment.StripePaymentId.Contains("/outside") || payment.OccurredAt < settled)
                              && !db.Set<BankMatch>().Any(match => match.PaymentId == payment.Id && match.UndoneAt == null) && !db.Set<PayoutPart>().Any(part => part.InvoiceId == payment.InvoiceId && part.GrossMinor > 0)
                          select new { payment.Id, payment.InvoiceId, invoice.CustomerId, Number = invoice.Number ?? invoice.Reference, payment.AmountMinor, payment.OccurredAt }).ToListAsync(cancel);
        var names = await NamesAsync(db, [.. rows.Select(row => row.CustomerId).Distinct()], cancel);
        return rows.ConvertAll(row => new UnseenPayment(row.Id, row.InvoiceId, row.Number, names.GetValueOrDefault(row.CustomerId), row.AmountMinor, row.OccurredAt));
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(RevOpsDb db, IReadOnlyList<Guid> customers, CancellationToken cancel)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var some in customers.Chunk(500))
        {
            foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(row => some.Contains(row.Id)).ToListAsync(cancel))
            {
                if (await customer.OpenAsync(vault, cancel) is { LegalName: { } name })
                    names[customer.Id] = name;
            }
        }

        return names;
    }
}

/// <summary>A payment that the books have and the bank has not shown.</summary>
public sealed record UnseenPayment(Guid PaymentId, Guid InvoiceId, string Number, string? Client, long Minor, DateTimeOffset OccurredAt);
