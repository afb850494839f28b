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

    /// <returns><see cref="DecisionResult.IsMaker"/> where a rule wants two people, and this one proposed it.</returns>
    public async Task<DecisionResult> ApproveAsync(Guid creditNoteId, Approver approver, CancellationToken cancel)
    {
        if (await MayAsync(approver, cancel) && await IsMakerAloneAsync(creditNoteId, approver, cancel))
            return DecisionResult.IsMaker;
        return await DecideAsync(creditNoteId, approver, CreditNoteApproved.Type, new CreditNoteApproved(creditNoteId, approver.UserId), cancel);
    }

    public Task<DecisionResult> RejectAsync(Guid creditNoteId, Approver approver, string reason, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return DecideAsync(creditNoteId, approver, CreditNoteRejected.Type, new CreditNoteRejected(creditNoteId, approver.UserId, reason), cancel);
    }

    /// <summary>One decision per credit note: of two clicks at once one is the event, the other a repeat of it.</summary>
    private async Task<DecisionResult> DecideAsync(Guid creditNoteId, Approver approver, string type, IncomingEvent decision, CancellationToken cancel)
    {
        if (!await MayAsync(approver, cancel))
            return DecisionResult.NotAllowed;
        try
        {
            var taken = await receiver.ReceiveInternalAsync("revops", $"credit-decision/{creditNoteId}", type, decision, cancel);
            return taken ? DecisionResult.Done : DecisionResult.Outdated;
        }
        catch (DecisionTakenException)
        {
            return DecisionResult.Outdated;
        }
    }

    private async Task<bool> IsMakerAloneAsync(Guid creditNoteId, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var note = await db.Set<CreditNote>().AsNoTracking().SingleAsync(row => row.Id == creditNoteId, cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == note.InvoiceId, cancel);
        return note.Status == CreditNoteStatus.Proposed && ApprovalPolicy.RefusalOf(await ApprovalCases.LoadAsync(db, note, invoice, cancel), approver.UserId) is not null;
    }

    private async Task<bool> MayAsync(Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await approver.MayDecideAsync(db, rule, cancel);
    }
}
