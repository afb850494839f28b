using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Receivables.Payouts;

/// <summary>
/// Reads what a payout carries, page by page, joins each part to its invoice, and adds them up: Σ net is the payout, to the cent, or Finance is
/// told. Read again it adds nothing, and joins what had no invoice yet.
/// </summary>
public sealed class DecomposePayout(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, AuditTrail audit, TimeProvider clock) : IOutboxJob
{
    public const string Differs = "payout.differs";

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is not { } mode)
            return OutboxResult.Wait("Stripe is not connected.", TimeSpan.FromSeconds(15));
        if (await FindAsync(row.Argument, cancel) is not { IsAutomatic: true } payout)
            return OutboxResult.Done;
        if (payout.Mode != mode)
            return OutboxResult.Wait("Stripe is not connected in the mode of this payout.", TimeSpan.FromMinutes(1));

        var joins = new PartInvoices(databases, stripe);
        for (string? after = null; ;)
        {
            var page = await stripe.PageOfPayoutPartsAsync(payout.StripePayoutId, after, cancel);

            // The payout itself stands among what it carries, and would bring the sum to nothing.
            await KeepAsync(payout, [.. page.Data.Where(transaction => transaction.SourceId != payout.StripePayoutId || transaction.Type != "payout")], joins, cancel);
            if (!page.HasMore || page.Data.Count == 0)
                break;
            after = page.Data[^1].Id;
        }

        await AddUpAsync(payout.Id, cancel);
        return OutboxResult.Done;
    }

    private async Task<Payout?> FindAsync(string stripePayoutId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Payout>().AsNoTracking().SingleOrDefaultAsync(row => row.StripePayoutId == stripePayoutId, cancel);
    }

    private async Task KeepAsync(Payout payout, List<StripeBalanceTransaction> transactions, PartInvoices joins, CancellationToken cancel)
    {
        // Stripe is asked before anything is written: no transaction stays open across a call.
        var invoices = await joins.OfAsync(transactions, cancel);
        var ids = transactions.ConvertAll(transaction => transaction.Id);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var known = await db.Set<PayoutPart>().Where(part => ids.Contains(part.StripeTransactionId)).ToDictionaryAsync(part => part.StripeTransactionId, cancel);
        foreach (var transaction in transactions)
        {
            Guid? invoice = invoices.TryGetValue(transaction.Id, out var found) ? found : null;
            if (known.TryGetValue(transaction.Id, out var part))
                part.InvoiceId ??= invoice;
            else
                db.Add(PartOf(payout, transaction, invoice));
        }

        await db.SaveChangesAsync(cancel);
    }

    private static PayoutPart PartOf(Payout payout, StripeBalanceTransaction theirs, Guid? invoice) => new()
    {
        Id = Guid.CreateVersion7(),
        PayoutId = payout.Id,
        StripeTransactionId = theirs.Id,
        Type = theirs.Type,
        SourceId = theirs.SourceId,
        InvoiceId = invoice,
        Currency = theirs.Currency.ToUpperInvariant(),
        GrossMinor = StripeAmount.Read(theirs.Amount, theirs.Currency).Minor,
        FeeMinor = StripeAmount.Read(theirs.Fee, theirs.Currency).Minor,
        NetMinor = StripeAmount.Read(theirs.Net, theirs.Currency).Minor,
        OccurredAt = theirs.Created ?? payout.OccurredAt,
    };

    /// <summary>A sum that is not the payout is an exception for Finance to see, said once for each difference.</summary>
    private async Task AddUpAsync(Guid payoutId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var payout = await db.Set<Payout>().SingleAsync(row => row.Id == payoutId, cancel);
        var sum = await db.Set<PayoutPart>().Where(part => part.PayoutId == payoutId && part.Currency == payout.Currency).SumAsync(part => part.NetMinor, cancel);
        if (sum != payout.AmountMinor && sum != payout.PartsMinor)
            await audit.WriteAsync(db, new(AuditTrail.System, Differs, nameof(Payout), payoutId.ToString()) { After = new { payout.StripePayoutId, payout.AmountMinor, PartsMinor = sum, payout.Currency } }, cancel);
        (payout.PartsMinor, payout.PartsReadAt) = (sum, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
    }
}
