using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Identity;

namespace RevOps.Core.Billing;

/// <summary>How far a draft is on its way through approval, for whoever looks at it.</summary>
public sealed class ApprovalQueries(IDbContextFactory<RevOpsDb> databases, ActorNames names)
{
    /// <param name="invoiceId">Whose approvals.</param>
    /// <param name="userId">Who looks at it.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Null for what does not wait.</returns>
    public async Task<ApprovalView?> OfAsync(Guid invoiceId, Guid? userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invoiceId && row.Status == InvoiceStatus.ReadyForReview, cancel) is not { } invoice)
            return null;
        var draft = await ApprovalCases.LoadAsync(db, invoice, cancel);
        var actors = draft.ApprovedBy.Select(user => $"user:{user}").ToList();
        var called = await names.OfAsync(actors, cancel);
        return new(ApprovalPolicy.NeedOf(draft), [.. actors.Select(actor => called.GetValueOrDefault(actor))], userId is { } user ? ApprovalPolicy.RefusalOf(draft, user) : null);
    }

    /// <summary>What a list says beside each draft: those without anything to say are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, WaitingMark>> MarksAsync(IReadOnlyList<Guid> invoiceIds, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var approved = await (from decision in db.Set<InvoiceDecision>()
                              join invoice in db.Set<Invoice>() on decision.InvoiceId equals invoice.Id
                              where invoiceIds.Contains(decision.InvoiceId) && decision.Approved && decision.DraftVersion == invoice.DraftVersion && invoice.Status == InvoiceStatus.ReadyForReview
                              group decision by decision.InvoiceId into one
                              select new { one.Key, Count = one.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancel);
        var comments = await db.Set<InvoiceComment>().Where(comment => invoiceIds.Contains(comment.InvoiceId)).GroupBy(comment => comment.InvoiceId)
            .Select(one => new { one.Key, Count = one.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancel);
        return approved.Keys.Union(comments.Keys).ToDictionary(id => id, id => new WaitingMark(approved.GetValueOrDefault(id), comments.GetValueOrDefault(id)));
    }
}

/// <param name="ApprovedBy">What to call those who approved it so far; null where they are gone.</param>
/// <param name="Refusal">Why whoever looks may not approve it.</param>
public sealed record ApprovalView(ApprovalNeed Need, IReadOnlyList<string?> ApprovedBy, ApprovalRefusal? Refusal);

/// <param name="Approvals">Of two, while the second is missing.</param>
public sealed record WaitingMark(int Approvals, int Comments);
