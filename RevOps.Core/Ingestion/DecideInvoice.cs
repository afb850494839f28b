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

    /// <summary>It counts as the first of two; somebody else has to approve it too.</summary>
    FirstOfTwo = 7,

    /// <summary>Two people have to approve it, and this one gave the first approval already.</summary>
    SamePerson = 8,

    /// <summary>Two people have to approve it, and this one wrote what stands in it.</summary>
    IsMaker = 9,

    /// <summary>The other program's draft is made out to another customer at Stripe than ours, which a draft cannot change.</summary>
    OtherCustomer = 10,
}

/// <summary>Approve, reject and draft again, as the buttons call them.</summary>
public sealed class DecideInvoice(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver, CheckClaims claims, TwoFactorRule rule)
{
    /// <param name="seenHash">The review hash that stood on the screen.</param>
    public async Task<DecisionResult> ApproveAsync(Guid invoiceId, Approver approver, byte[] seenHash, CancellationToken cancel)
    {
        await claims.CheckDraftAsync(invoiceId, cancel);
        var (invoice, draft, refusal) = await LoadAsync(invoiceId, approver, seenHash, cancel);
        if (refusal is { } no)
            return no;
        if (invoice.ProblemList.Count > 0)
            return DecisionResult.Blocked;
        if (ApprovalPolicy.RefusalOf(draft, approver.UserId) is { } why)
            return why == ApprovalRefusal.IsMaker ? DecisionResult.IsMaker : DecisionResult.SamePerson;
        if (await DraftNow.HashAsync(stripe, invoice, cancel) is not { } atStripe)
            return DecisionResult.StripeUnreachable;
        if (!atStripe.AsSpan().SequenceEqual(seenHash))
            return DecisionResult.ChangedAtStripe;

        var approved = new InvoiceApproved(invoice.Id, invoice.DraftVersion, InvoiceDecisions.StepOf(draft), approver.UserId, Convert.ToHexString(seenHash));
        var result = await receiver.DecideAsync(approved.EventId, InvoiceApproved.Type, approved, cancel);
        return result == DecisionResult.Done && !ApprovalPolicy.IsLast(draft) ? DecisionResult.FirstOfTwo : result;
    }

    public async Task<DecisionResult> RejectAsync(Guid invoiceId, Approver approver, byte[] seenHash, string reason, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var (invoice, draft, refusal) = await LoadAsync(invoiceId, approver, seenHash, cancel);
        if (refusal is { } no)
            return no;
        var rejected = new InvoiceRejected(invoice.Id, invoice.DraftVersion, InvoiceDecisions.StepOf(draft), approver.UserId, Convert.ToHexString(seenHash), reason);
        return await receiver.DecideAsync(rejected.EventId, InvoiceRejected.Type, rejected, cancel);
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
        return await DraftNow.StatusAsync(stripe, invoice, cancel) switch
        {
            null => DecisionResult.StripeUnreachable,
            "draft" or DraftNow.Gone => await receiver.DecideAsync($"draft-again/{invoice.Id}/v{invoice.DraftVersion}", DraftAgainAsked.Type, new DraftAgainAsked(invoice.Id, invoice.DraftVersion, approver.UserId), cancel),
            _ => DecisionResult.IssuedAtStripe,
        };
    }

    private async Task<(Invoice Invoice, ApprovalCase Draft, DecisionResult? Refusal)> LoadAsync(Guid invoiceId, Approver approver, byte[] seenHash, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == invoiceId, cancel);
        var draft = await ApprovalCases.LoadAsync(db, invoice, cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return (invoice, draft, DecisionResult.NotAllowed);
        return (invoice, draft, invoice.Status == InvoiceStatus.ReadyForReview && invoice.ReviewHash.AsSpan().SequenceEqual(seenHash) ? null : DecisionResult.Outdated);
    }
}
