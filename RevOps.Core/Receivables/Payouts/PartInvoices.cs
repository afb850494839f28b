using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;

namespace RevOps.Core.Receivables.Payouts;

/// <summary>
/// Which invoice each part of a payout is of. Refunds and disputes are payments that are known here under their own id, and a charge is known
/// when another part of it was joined before; of the others Stripe is asked, once for each payment intent.
/// </summary>
internal sealed class PartInvoices(IDbContextFactory<RevOpsDb> databases, StripeClient stripe)
{
    private readonly Dictionary<string, Guid?> ofIntent = new(StringComparer.Ordinal);

    /// <returns>By the id of the transaction; what is of no invoice here is left out.</returns>
    public async Task<IReadOnlyDictionary<string, Guid>> OfAsync(IReadOnlyList<StripeBalanceTransaction> transactions, CancellationToken cancel)
    {
        var known = await KnownAsync([.. transactions.Select(transaction => transaction.SourceId).OfType<string>().Distinct()], cancel);
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var transaction in transactions)
        {
            var invoice = transaction.SourceId is { } source && known.TryGetValue(source, out var direct) ? direct
                : transaction.PaymentIntent is { } intent ? await OfIntentAsync(intent, cancel) : (Guid?)null;
            if (invoice is { } id)
                found[transaction.Id] = id;
        }

        return found;
    }

    private async Task<Dictionary<string, Guid>> KnownAsync(List<string> sources, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.Set<Payment>().Where(payment => sources.Contains(payment.StripePaymentId)).Select(payment => new { payment.StripePaymentId, payment.InvoiceId }).ToDictionaryAsync(row => row.StripePaymentId, row => row.InvoiceId, cancel);
        foreach (var part in await db.Set<PayoutPart>().Where(part => part.SourceId != null && sources.Contains(part.SourceId) && part.InvoiceId != null).Select(part => new { part.SourceId, part.InvoiceId }).Distinct().ToListAsync(cancel))
            known.TryAdd(part.SourceId!, part.InvoiceId!.Value);
        return known;
    }

    /// <summary>Null where it paid none of ours, or several: then no part of it is of one alone.</summary>
    private async Task<Guid?> OfIntentAsync(string intent, CancellationToken cancel)
    {
        if (ofIntent.TryGetValue(intent, out var before))
            return before;
        var theirs = (await stripe.ListPaymentsOfIntentAsync(intent, cancel).ToListAsync(cancel)).Select(payment => payment.Invoice).Distinct(StringComparer.Ordinal).ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return ofIntent[intent] = theirs is [var one] ? await db.Set<Invoice>().Where(row => row.StripeInvoiceId == one).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel) : null;
    }
}
