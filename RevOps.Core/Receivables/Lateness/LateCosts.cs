using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Reads what lateness costs, for a page of invoices at once.</summary>
internal static class LateCosts
{
    /// <summary>A claim whose invoice was refused or voided gives its days back; one that was credited was given up.</summary>
    public static bool Stands(InvoiceStatus claim) => claim is not (InvoiceStatus.Rejected or InvoiceStatus.Cancelled or InvoiceStatus.Void);

    public static async Task<(RateTable Interest, RateTable Financing)> RatesAsync(RevOpsDb db, CancellationToken cancel)
    {
        var rates = await db.Set<LateRate>().AsNoTracking().Select(rate => new { rate.Kind, rate.ValidFrom, rate.BasisPoints }).ToListAsync(cancel);
        RateTable Of(LateRateKind kind) => new(rates.Where(rate => rate.Kind == kind).Select(rate => new DatedRate(rate.ValidFrom, rate.BasisPoints)));
        return (Of(LateRateKind.Interest), Of(LateRateKind.Financing));
    }

    /// <param name="db">Read only.</param>
    /// <param name="invoices">Issued ones, of which nobody needs to know whether they are late.</param>
    /// <param name="dayOf">The company's day of an instant.</param>
    /// <param name="today">The last day that counts.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<IReadOnlyDictionary<Guid, LateCost>> OfAsync(RevOpsDb db, IReadOnlyCollection<Invoice> invoices, Func<DateTimeOffset, DateOnly> dayOf, DateOnly today, CancellationToken cancel)
    {
        var ids = invoices.Select(invoice => invoice.Id).ToList();
        var (interest, financing) = await RatesAsync(db, cancel);
        var payments = await PaymentsAsync(db, ids, dayOf, cancel);
        var claims = (await ClaimsOf(db, ids).ToListAsync(cancel)).Where(row => Stands(row.Status)).ToLookup(row => row.Claim.InvoiceId, row => new PriorClaim(row.Claim.Until, row.Claim.InterestMinor, row.Claim.IndemnityMinor));
        return invoices.ToDictionary(invoice => invoice.Id, invoice => LateCost.Of(FactsOf(invoice, [.. payments[invoice.Id]]), [.. claims[invoice.Id]], interest, financing, today));
    }

    /// <summary>Whether a claim asks for more than its days cost as payments, credit notes and rates stand now.</summary>
    public static async Task<bool> IsTooHighAsync(RevOpsDb db, LateClaim claim, Func<DateTimeOffset, DateOnly> dayOf, CancellationToken cancel)
    {
        var late = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == claim.InvoiceId, cancel);
        var payments = await PaymentsAsync(db, [late.Id], dayOf, cancel);
        var (interest, indemnity) = LateCost.OfDays(FactsOf(late, [.. payments[late.Id]]), (await RatesAsync(db, cancel)).Interest, claim.From, claim.Until);
        return interest < claim.InterestMinor || indemnity < claim.IndemnityMinor;
    }

    /// <summary>With where the claiming invoice stands.</summary>
    public static IQueryable<ClaimRow> ClaimsOf(RevOpsDb db, IReadOnlyCollection<Guid> invoices) =>
        from claim in db.Set<LateClaim>()
        join paper in db.Set<Invoice>() on claim.ClaimInvoiceId equals paper.Id
        where invoices.Contains(claim.InvoiceId)
        orderby claim.From
        select new ClaimRow(claim, paper.Number, paper.Reference, paper.Status);

    /// <summary>What stands under the company's key is a business's: a consumer's invoice is sealed under the person's own.</summary>
    public static bool IsBusiness(Invoice invoice) => invoice.OwnerId == DataKey.Company;

    private static async Task<ILookup<Guid, (DateOnly Day, long Minor)>> PaymentsAsync(RevOpsDb db, List<Guid> invoices, Func<DateTimeOffset, DateOnly> dayOf, CancellationToken cancel) =>
        (await db.Set<Payment>().AsNoTracking().Where(payment => invoices.Contains(payment.InvoiceId)).Select(payment => new { payment.InvoiceId, payment.OccurredAt, payment.AmountMinor }).ToListAsync(cancel))
            .ToLookup(payment => payment.InvoiceId, payment => (dayOf(payment.OccurredAt), payment.AmountMinor));

    private static LateFacts FactsOf(Invoice invoice, IReadOnlyList<(DateOnly, long)> payments) =>
        new(new(invoice.DueOn ?? invoice.IssuedOn!.Value, invoice.GrossMinor - invoice.CreditedMinor, payments), IsBusiness(invoice), invoice.IsHistory, invoice.Origin == InvoiceOrigin.LateClaim, invoice.Currency);
}

/// <param name="Number">Of the invoice that claims; null before it is issued.</param>
/// <param name="Status">Of the invoice that claims.</param>
internal sealed record ClaimRow(LateClaim Claim, string? Number, string Reference, InvoiceStatus Status);
