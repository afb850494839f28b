using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Reads an invoice at Stripe and lets in what is new there: payments, and a status that others gave it.</summary>
public sealed class RefreshInvoice(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver, InvoiceMoney money, HistoryIntake intake) : IOutboxJob
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is not { } mode)
            return OutboxResult.Wait("Stripe is not connected.", TimeSpan.FromSeconds(15));

        // Read in the account of another mode it would seem to be gone.
        if (await FindAsync(row.Argument, cancel) is { } known && known.Mode != mode)
            return OutboxResult.Wait("Stripe is not connected in the mode of this sale.", TimeSpan.FromSeconds(15));
        var theirs = await ReadAsync(row.Argument, cancel);
        var ours = await FindAsync(row.Argument, cancel);
        if (ours is null)
        {
            if (await WaitForOurAnswerAsync(theirs, cancel))
                return OutboxResult.Wait("Our own call to Stripe has not been answered yet.", Soon);
            var isTaken = theirs is not null && HistoryIntake.IsIssuedElsewhere(theirs) && await intake.GoesOnAsync(mode, cancel) && await intake.TakeAsync(theirs, cancel) is not null;
            await NoteAsync(row.Argument, theirs, ours: null, isTaken, cancel);
            return OutboxResult.Done;
        }

        // A hook may overtake the answer to our own finalise or send; the status is ours to set first.
        if (theirs is { Status: not "draft" } && ours.Status == InvoiceStatus.Approved && ours.IssuedAt is null)
            return OutboxResult.Wait("The invoice is being issued.", Soon);

        // Money for what somebody issued there is not booked before it is known which invoice it is for: the invoice is held.
        if (theirs is not null && ours.IsIssued)
            await money.ReceiveAsync(ours, theirs, cancel);
        if (StatusOf(theirs, ours) is { } status)
            await receiver.ReceiveInternalAsync("stripe", $"{row.Argument}/{status}", InvoiceStatusRead.Type, new InvoiceStatusRead(ours.Id, status), cancel);
        await NoteAsync(row.Argument, theirs, ours, isOurs: true, cancel);
        return OutboxResult.Done;
    }

    /// <summary>That it was looked at; whose it is, and that the hooks which asked have had their effect.</summary>
    private async Task NoteAsync(string stripeId, StripeInvoice? theirs, Invoice? ours, bool isOurs, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (ours is not null)
            await RecheckInvoice.NoteAsync(db, [ours.Id], cancel);
        await db.BeginWorkAsync(cancel);
        if (ours is null && theirs is { Deleted: false })
            await CutOver.HoldAsync(db, await ForeignInvoices.NoteAsync(db, theirs, stripe.Mode ?? Mode.Live, cancel), cancel);
        else if (ours is null)
            await ForeignInvoices.NoteGoneAsync(db, stripeId, cancel);
        await StripeNoticed.ReleaseAsync(db, stripeId, isOurs, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private static InvoiceStatus? StatusOf(StripeInvoice? theirs, Invoice ours) => theirs switch
    {
        null or { Deleted: true } => ours.Status == InvoiceStatus.ReadyForReview ? InvoiceStatus.Held : null,
        { Status: "void" } => InvoiceStatus.Void,
        { Status: "uncollectible" } => InvoiceStatus.Uncollectible,
        { Status: "open" or "paid" } when ours.Status == InvoiceStatus.ReadyForReview => InvoiceStatus.Held,
        _ => null,
    };

    private async Task<StripeInvoice?> ReadAsync(string stripeId, CancellationToken cancel)
    {
        try
        {
            return await stripe.GetInvoiceAsync(stripeId, cancel);
        }
        catch (StripeException gone) when (gone.Code == "resource_missing")
        {
            return null;
        }
    }

    private async Task<Invoice?> FindAsync(string stripeId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(invoice => invoice.StripeInvoiceId == stripeId, cancel);
    }

    /// <summary>True for a draft of ours whose making has not been answered: the hook was faster.</summary>
    private async Task<bool> WaitForOurAnswerAsync(StripeInvoice? theirs, CancellationToken cancel)
    {
        if (theirs is null || !Guid.TryParse(theirs.Metadata.GetValueOrDefault(StripeDraftOf.InvoiceKey), CultureInfo.InvariantCulture, out var id))
            return false;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Invoice>().AnyAsync(invoice => invoice.Id == id && invoice.Status == InvoiceStatus.Drafting, cancel);
    }
}

/// <summary>Reads the check of a customer's VAT number again, and lifts what stood in the way of its drafts.</summary>
public sealed class RefreshVatStatus(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, StripeCustomers customers, Platform.Secrets.Vault vault, TimeProvider clock) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is null)
            return OutboxResult.Wait("Stripe is not connected.", TimeSpan.FromSeconds(15));

        var customerId = Guid.Parse(row.Argument);
        await customers.RefreshVatStatusAsync(customerId, cancel);

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        foreach (var id in await db.Set<Invoice>().Where(i => i.CustomerId == customerId && i.Status == InvoiceStatus.ReadyForReview).Select(i => i.Id).ToListAsync(cancel))
            await AssessAgain.AssessAsync(db, vault, id, clock.GetUtcNow(), cancel);

        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }
}
