using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;

namespace RevOps.Core.Ingestion;

/// <summary>Propose, approve and reject a credit note, as the buttons call them.</summary>
public sealed class CreditInvoice(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, TwoFactorRule rule)
{
    public const int LongestMemo = 500;

    /// <param name="clickId">Made when the form was opened: of a double click one is the proposal, the other a repeat of it.</param>
    /// <param name="approver">Who asks.</param>
    /// <param name="wanted">What is to be credited, with the user left to <paramref name="approver"/>.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="CreditRefusedException">It cannot be made as asked for; the message names the field.</exception>
    public async Task<DecisionResult> ProposeAsync(Guid clickId, Approver approver, CreditNoteProposed wanted, CancellationToken cancel)
    {
        if (wanted.Memo?.Length > LongestMemo)
            throw new CreditRefusedException("memo", $"At most {LongestMemo} characters are expected.");
        if (!await MayAsync(approver, cancel))
            return DecisionResult.NotAllowed;
        var taken = await receiver.ReceiveInternalAsync("revops", $"credit/{clickId}", CreditNoteProposed.Type, wanted with { UserId = approver.UserId }, cancel);
        return taken ? DecisionResult.Done : DecisionResult.Outdated;
    }

    /// <returns>Where a rule wants two people: the first of them, or a no to whoever proposed it or approved it already.</returns>
    public async Task<DecisionResult> ApproveAsync(Guid creditNoteId, Approver approver, CancellationToken cancel)
    {
        var (note, draft) = await LoadAsync(creditNoteId, cancel);
        if (await MayAsync(approver, cancel) && note.Status == CreditNoteStatus.Proposed && ApprovalPolicy.RefusalOf(draft, approver.UserId) is { } why)
            return why == ApprovalRefusal.IsMaker ? DecisionResult.IsMaker : DecisionResult.SamePerson;
        var result = await DecideAsync(note, approver, CreditNoteApproved.Type, new CreditNoteApproved(creditNoteId, approver.UserId), cancel);
        return result == DecisionResult.Done && !ApprovalPolicy.IsLast(draft) ? DecisionResult.FirstOfTwo : result;
    }

    public async Task<DecisionResult> RejectAsync(Guid creditNoteId, Approver approver, string reason, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var (note, _) = await LoadAsync(creditNoteId, cancel);
        return await DecideAsync(note, approver, CreditNoteRejected.Type, new CreditNoteRejected(creditNoteId, approver.UserId, reason), cancel);
    }

    private async Task<DecisionResult> DecideAsync(CreditNote note, Approver approver, string type, IncomingEvent decision, CancellationToken cancel)
    {
        if (!await MayAsync(approver, cancel))
            return DecisionResult.NotAllowed;
        return await receiver.DecideAsync(CreditNoteApproved.EventIdOf(note), type, decision, cancel);
    }

    private async Task<(CreditNote Note, ApprovalCase Draft)> LoadAsync(Guid creditNoteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var note = await db.Set<CreditNote>().AsNoTracking().SingleAsync(row => row.Id == creditNoteId, cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == note.InvoiceId, cancel);
        return (note, await ApprovalCases.LoadAsync(db, note, invoice, cancel));
    }

    private async Task<bool> MayAsync(Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await approver.MayDecideAsync(db, rule, cancel);
    }
}
