using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Finance approved a credit note: with the last approval that it needs it takes its number in this commit, and goes to Stripe.</summary>
public sealed record CreditNoteApproved(Guid CreditNoteId, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.credit_note_approved";

    /// <summary>The first decision and, where two people have to approve it, the second: of two clicks at once one is the event, the other a repeat of it.</summary>
    internal static string EventIdOf(CreditNote note) => note.FirstApproverId is null ? $"credit-decision/{note.Id}" : $"credit-decision/{note.Id}/2";

    /// <exception cref="DecisionTakenException">It was decided on before, what it takes back is not there any more, or a rule wants somebody else.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var note = await db.Set<CreditNote>().SingleAsync(row => row.Id == CreditNoteId, cancel);
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == note.InvoiceId, cancel);
        if (note.Status != CreditNoteStatus.Proposed || !invoice.IsIssued || !await FitsAsync(reception, note, invoice))
            throw new DecisionTakenException();
        var draft = await ApprovalCases.LoadAsync(db, note, invoice, cancel);
        if (ApprovalPolicy.RefusalOf(draft, UserId) is not null)
            throw new DecisionTakenException();
        if (ApprovalPolicy.IsLast(draft))
            await IssueAsync(reception, note, invoice);
        else
            await KeepFirstAsync(reception, note, invoice);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Number the credit note and issue it"];

    private Task KeepFirstAsync(Reception reception, CreditNote note, Invoice invoice)
    {
        note.FirstApproverId = UserId;
        return reception.Services.Audit.WriteAsync(reception.Db, new($"user:{UserId}", "creditNote.approvedFirst", nameof(CreditNote), note.Id.ToString())
        {
            After = new { note.Status, Invoice = invoice.Number, note.GrossMinor, note.Currency },
        }, reception.Cancel);
    }

    private async Task IssueAsync(Reception reception, CreditNote note, Invoice invoice)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        note.Number = await CreditNumbers.TakeAsync(db, note.Mode, reception.Company.DayOf(reception.Event.OccurredAt), cancel);
        (note.Status, note.ApprovedAt, note.ApproverId) = (CreditNoteStatus.Approved, reception.Event.OccurredAt, UserId);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "creditNote.approved", nameof(CreditNote), note.Id.ToString())
        {
            Before = new { Status = CreditNoteStatus.Proposed },
            After = new { note.Status, note.Number, Invoice = invoice.Number, note.GrossMinor, note.Currency },
        }, cancel);
        // From here on it counts: what is left of a deposit is what its deal deducts.
        await Deposits.RedraftDealAsync(db, invoice, reception.Now, cancel);
        db.Enqueue<IssueCreditNote>(note.Id.ToString(), reception.Now, lane: $"customer:{note.CustomerId}");
    }

    /// <summary>Another credit note may have taken the same lines back in the meantime.</summary>
    private static async Task<bool> FitsAsync(Reception reception, CreditNote note, Invoice invoice)
    {
        var left = (await CreditableLines.OfAsync(reception.Db, invoice, note.Id, reception.Cancel)).ToDictionary(line => line.LineId);
        var asked = await reception.Db.Set<CreditNoteLine>().AsNoTracking().Where(line => line.CreditNoteId == note.Id).ToListAsync(reception.Cancel);
        return asked.TrueForAll(part => left.TryGetValue(part.InvoiceLineId, out var line) && Math.Abs(part.NetMinor) <= Math.Abs(line.LeftNet.Minor) && Math.Abs(part.TaxMinor) <= Math.Abs(line.LeftTax.Minor));
    }
}

/// <summary>Finance does not want the credit note: no number was used, and nothing else happens.</summary>
public sealed record CreditNoteRejected(Guid CreditNoteId, Guid UserId, string Reason) : IncomingEvent
{
    public const string Type = "revops.internal.credit_note_rejected";

    /// <exception cref="DecisionTakenException">It was decided on before.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var note = await reception.Db.Set<CreditNote>().SingleAsync(row => row.Id == CreditNoteId, reception.Cancel);
        if (note.Status != CreditNoteStatus.Proposed)
            throw new DecisionTakenException();
        note.Status = CreditNoteStatus.Rejected;
        var invoice = await reception.Db.Set<Invoice>().SingleAsync(row => row.Id == note.InvoiceId, reception.Cancel);
        invoice.Correction = await CreditProposals.CorrectionWithoutAsync(reception, invoice, note);
        await reception.Services.Audit.WriteAsync(reception.Db, new($"user:{UserId}", "creditNote.rejected", nameof(CreditNote), note.Id.ToString())
        {
            Before = new { Status = CreditNoteStatus.Proposed },
            After = new { note.Status },
            Reason = Reason,
        }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Refuse the credit note"];
}
