using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Every night: lays Stripe's unfinished invoices beside ours, and has each that does not stand there as it stands here read again. The
/// last net, for what Stripe never made an event of; a hundred invoices cost it one call.
/// </summary>
public sealed class SweepInvoices(IDbContextFactory<RevOpsDb> databases, StripeClient stripe) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is not { } mode)
            return OutboxResult.Done;

        // Ours first: what changes while Stripe's are read is told by a webhook of its own.
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ours = await db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.StripeInvoiceId != null
            && (invoice.Status == InvoiceStatus.ReadyForReview || invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.Uncollectible)).ToListAsync(cancel);
        if (ours.Count == 0)
            return OutboxResult.Done;

        var night = $"/{row.Key}";
        if (await db.Set<OutboxRow>().AnyAsync(asked => asked.Job == nameof(RefreshInvoice) && asked.Key.EndsWith(night), cancel))
            return OutboxResult.Done;

        var theirs = await UnfinishedAsync(ours.Select(invoice => WordOf(invoice.Status)).Distinct(StringComparer.Ordinal), cancel);
        var same = ours.ToLookup(invoice => theirs.TryGetValue(invoice.StripeInvoiceId!, out var there) && IsSame(invoice, there));
        foreach (var invoice in same[false])
            db.Enqueue<RefreshInvoice>(invoice.StripeInvoiceId!, row.NotBefore, key: invoice.StripeInvoiceId + night, lane: $"stripe:{invoice.StripeInvoiceId}");
        await db.SaveChangesAsync(cancel);
        await RecheckInvoice.NoteAsync(db, [.. same[true].Select(invoice => invoice.Id)], cancel);
        return OutboxResult.Done;
    }

    private static bool IsSame(Invoice ours, StripeInvoice theirs) => theirs.Status == WordOf(ours.Status)
        && (theirs.Status == "draft" || (StripeAmount.Read(theirs.AmountPaid, theirs.Currency).Minor == ours.PaidMinor
            && StripeAmount.Read(theirs.PrePaymentCreditNotesAmount + theirs.PostPaymentCreditNotesAmount, theirs.Currency).Minor == ours.CreditedMinor));

    private static string WordOf(InvoiceStatus status) => status switch
    {
        InvoiceStatus.ReadyForReview => "draft",
        InvoiceStatus.Uncollectible => "uncollectible",
        _ => "open",
    };

    private async Task<Dictionary<string, StripeInvoice>> UnfinishedAsync(IEnumerable<string> statuses, CancellationToken cancel)
    {
        var found = new Dictionary<string, StripeInvoice>(StringComparer.Ordinal);
        foreach (var status in statuses)
        {
            await foreach (var invoice in stripe.ListInvoicesAsync(status: status, cancellation: cancel))
                found[invoice.Id] = invoice;
        }

        return found;
    }
}
