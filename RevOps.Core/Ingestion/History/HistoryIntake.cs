using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.History;

/// <summary>Lets in an invoice that another program issued, with its payments and credit notes: from the history, and as it happens afterwards.</summary>
public sealed class HistoryIntake(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver, InvoiceMoney money)
{
    /// <summary>Since the history of an account is in, what is issued there later belongs to the books as well.</summary>
    public async Task<bool> GoesOnAsync(Mode mode, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<HistoryImport>().AnyAsync(import => import.Mode == mode && import.EndedAt != null, cancel);
    }

    public static bool IsIssuedElsewhere(StripeInvoice theirs) => theirs is { Deleted: false, Status: not "draft" } && !theirs.Metadata.ContainsKey(StripeDraftOf.InvoiceKey);

    /// <returns>How many payments and credit notes it has; null where it was entered from a file before.</returns>
    public async Task<(int Payments, int CreditNotes)?> TakeAsync(StripeInvoice theirs, CancellationToken cancel)
    {
        var read = InvoiceImported.Of(theirs, await stripe.GetLinesAsync(theirs, cancel));
        await receiver.ReceiveInternalAsync(StripeNoticed.Source, $"history/{theirs.Id}", InvoiceImported.Type, read, cancel, read.Invoice.IssuedAt);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.StripeInvoiceId == theirs.Id, cancel) is { } ours ? await money.ReceiveAsync(ours, theirs, cancel) : null;
    }
}
