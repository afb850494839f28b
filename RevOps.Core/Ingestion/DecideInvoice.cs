using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Identity;

namespace RevOps.Core.Ingestion;

/// <summary>How a click on Approve or Reject ended: one effect, or a clear no.</summary>
public enum DecisionResult
{
    Done = 0,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened; or it lacks the second factor that it needs.</summary>
    NotAllowed = 1,

    /// <summary>Somebody decided, or the booking changed, since it was shown.</summary>
    Outdated = 2,

    /// <summary>What stands at Stripe is not what was shown: somebody edited it there.</summary>
    ChangedAtStripe = 3,

    /// <summary>Something is missing; the invoice names it.</summary>
    Blocked = 4,

    /// <summary>Stripe could not be asked; nothing was done.</summary>
    StripeUnreachable = 5,

    /// <summary>It was issued at Stripe directly: no draft is left to be made anew.</summary>
    IssuedAtStripe = 6,
}

/// <summary>Approve, reject and draft again, as the buttons call them.</summary>
public sealed class DecideInvoice(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver, TwoFactorRule rule)
{
    // In the place of a status, for what is no longer there.
    private const string Gone = "gone";

    /// <param name="seenHash">The review hash that stood on the screen.</param>
    public async Task<DecisionResult> ApproveAsync(Guid invoiceId, Approver approver, byte[] seenHash, CancellationToken cancel)
    {
        var (invoice, refusal) = await LoadAsync(invoiceId, approver, seenHash, cancel);
        if (refusal is { } no)
            return no;
        if (invoice.ProblemList.Count > 0)
            return DecisionResult.Blocked;
        if (await ReadHashAsync(invoice, cancel) is not { } atStripe)
            return DecisionResult.StripeUnreachable;
        if (!atStripe.AsSpan().SequenceEqual(seenHash))
            return DecisionResult.ChangedAtStripe;

        return await ReceiveAsync(invoice, InvoiceApproved.Type, new InvoiceApproved(invoice.Id, invoice.DraftVersion, approver.UserId, Convert.ToHexString(seenHash)), cancel);
    }

    public async Task<DecisionResult> RejectAsync(Guid invoiceId, Approver approver, byte[] seenHash, string reason, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var (invoice, refusal) = await LoadAsync(invoiceId, approver, seenHash, cancel);
        return refusal ?? await ReceiveAsync(invoice, InvoiceRejected.Type, new InvoiceRejected(invoice.Id, invoice.DraftVersion, approver.UserId, Convert.ToHexString(seenHash), reason), cancel);
    }

    /// <summary>Throws away a draft that somebody changed at Stripe, and makes it anew from the booking.</summary>
    public async Task<DecisionResult> DraftAgainAsync(Guid invoiceId, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == invoiceId, cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return DecisionResult.NotAllowed;
        if (!DraftAgainAsked.Fits(invoice))
            return DecisionResult.Outdated;
        return await ReadStatusAsync(invoice, cancel) switch
        {
            null => DecisionResult.StripeUnreachable,
            "draft" or Gone => await ReceiveAsync($"draft-again/{invoice.Id}/v{invoice.DraftVersion}", DraftAgainAsked.Type, new DraftAgainAsked(invoice.Id, invoice.DraftVersion, approver.UserId), cancel),
            _ => DecisionResult.IssuedAtStripe,
        };
    }

    private async Task<(Invoice Invoice, DecisionResult? Refusal)> LoadAsync(Guid invoiceId, Approver approver, byte[] seenHash, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == invoiceId, cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return (invoice, DecisionResult.NotAllowed);
        return (invoice, invoice.Status == InvoiceStatus.ReadyForReview && invoice.ReviewHash.AsSpan().SequenceEqual(seenHash) ? null : DecisionResult.Outdated);
    }

    private async Task<byte[]?> ReadHashAsync(Invoice invoice, CancellationToken cancel)
    {
        try
        {
            var review = await StripeReview.ReadAsync(stripe, invoice.StripeInvoiceId!, cancel);

            // Finalised elsewhere it is no draft any more, whatever its amounts.
            return review.Invoice.Status == "draft" ? review.ComputeHash() : [];
        }
        catch (StripeException gone) when (gone.Code == "resource_missing")
        {
            return [];
        }
        catch (StripeException)
        {
            return null;
        }
    }

    private async Task<string?> ReadStatusAsync(Invoice invoice, CancellationToken cancel)
    {
        try
        {
            return (await stripe.GetInvoiceAsync(invoice.StripeInvoiceId!, cancel)) is { Deleted: false } found ? found.Status : Gone;
        }
        catch (StripeException gone) when (gone.Code == "resource_missing")
        {
            return Gone;
        }
        catch (StripeException)
        {
            return null;
        }
    }

    private Task<DecisionResult> ReceiveAsync(Invoice invoice, string type, IncomingEvent decision, CancellationToken cancel) =>
        ReceiveAsync($"decision/{invoice.Id}/v{invoice.DraftVersion}", type, decision, cancel);

    /// <summary>One decision per draft: of two clicks at once one is the event, the other a repeat of it.</summary>
    private async Task<DecisionResult> ReceiveAsync(string eventId, string type, IncomingEvent decision, CancellationToken cancel)
    {
        try
        {
            var taken = await receiver.ReceiveInternalAsync("revops", eventId, type, decision, cancel);
            return taken ? DecisionResult.Done : DecisionResult.Outdated;
        }
        catch (DecisionTakenException)
        {
            return DecisionResult.Outdated;
        }
    }
}
