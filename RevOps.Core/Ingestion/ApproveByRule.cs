using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Approves a draft that a rule lets pass, by the same door as a person's click: Stripe is read again and its hash compared, and of the two
/// one has an effect. Where anything speaks against it the draft waits for a person.
/// </summary>
public sealed class ApproveByRule(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver) : IOutboxJob
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var (invoice, draft) = await LoadAsync(Guid.Parse(row.Argument), cancel);
        if (!row.Key.StartsWith($"{invoice.Id}/v{invoice.DraftVersion}/", StringComparison.Ordinal) || !InvoiceDecisions.MayPassByRule(draft))
            return OutboxResult.Done;
        if (stripe.Mode != invoice.Mode)
            return OutboxResult.Wait("Stripe is not connected in the mode of this sale.", LookAgain);
        if (await DraftNow.HashAsync(stripe, invoice, cancel) is not { } atStripe)
            return OutboxResult.Wait("Stripe could not be asked.", LookAgain);
        if (!atStripe.AsSpan().SequenceEqual(invoice.ReviewHash))
            return OutboxResult.Done;

        var approved = new InvoiceApproved(invoice.Id, invoice.DraftVersion, InvoiceDecisions.StepOf(draft), UserId: null, Convert.ToHexString(atStripe));
        await receiver.DecideAsync(approved.EventId, InvoiceApproved.Type, approved, cancel);
        return OutboxResult.Done;
    }

    private async Task<(Invoice Invoice, ApprovalCase Draft)> LoadAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == invoiceId, cancel);
        return (invoice, await ApprovalCases.LoadAsync(db, invoice, cancel));
    }
}
