using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Billing;

/// <summary>Removes the Stripe draft of a cancelled sale.</summary>
public sealed class DropDraft(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, StripeDraftRemoval removal) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var invoiceId = Guid.Parse(row.Argument);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == invoiceId, cancel);
        if (invoice.Status != InvoiceStatus.Cancelled)
            return OutboxResult.Done;
        if (stripe.Mode != invoice.Mode)
            return OutboxResult.Wait("Stripe is not connected in the mode of this sale.", DraftInvoice.LookAgain);

        await removal.RemoveAsync(invoice, keepVersion: null, cancel);
        return OutboxResult.Done;
    }
}
