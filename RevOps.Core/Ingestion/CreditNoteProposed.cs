using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>Somebody of Finance wants an issued invoice taken back, whole or in part; another click approves it.</summary>
/// <param name="Lines">Null: all that is left.</param>
/// <param name="Reissues">The invoice is made anew from its bookings afterwards.</param>
public sealed record CreditNoteProposed(
    Guid InvoiceId, Guid UserId, CreditReason Reason, CreditSettlement Settlement, string? Memo, IReadOnlyList<CreditAsked>? Lines, bool Reissues) : IncomingEvent
{
    public const string Type = "revops.internal.credit_note_proposed";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var invoice = await reception.Db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, reception.Cancel);
        if (!invoice.IsIssued)
            throw new CreditRefusedException("invoice", "An issued invoice is expected: a draft is changed or rejected instead.");
        if (invoice.StripeInvoiceId is null)
            throw new CreditRefusedException("invoice", "An invoice that stands at Stripe is expected: an opening balance is credited where it was made.");
        var lines = await CreditableLines.OfAsync(reception.Db, invoice, except: null, reception.Cancel);
        var parts = Lines is null ? CreditRules.Whole(lines) : CreditRules.Of(lines, Lines);
        if (parts.Count == 0)
            throw new CreditRefusedException("lines", "Nothing is left to credit.");
        await CreditProposals.AddAsync(reception, invoice, parts, new(Reason, Settlement, Memo, Reissues, UserId));
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Propose a credit note"];
}

/// <summary>What a credit note is proposed for.</summary>
internal sealed record CreditProposal(CreditReason Reason, CreditSettlement Settlement, string? Memo, bool Reissues, Guid? UserId);

internal static class CreditProposals
{
    /// <summary>A booking was cancelled or changed after its invoice had left the house: Finance decides what becomes of it.</summary>
    public static async Task FollowAsync(Reception reception, Invoice invoice, Booking booking)
    {
        // What was invoiced before RevOps was told of by its sender then: a later word is no change of it.
        if (invoice.IsHistory)
            return;
        var (db, cancelled) = (reception.Db, booking.Status == BookingStatus.Cancelled);
        var open = await db.Set<CreditNote>().Where(note => note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Proposed && note.MakerId == null).ToListAsync(reception.Cancel);
        open.AddRange(db.Set<CreditNote>().Local.Where(note => note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Proposed && note.MakerId == null).Except(open).ToList());

        // The newest word of the sender stands; of what nobody has decided yet only one proposal waits.
        open.ForEach(note => note.Status = CreditNoteStatus.Rejected);
        var lines = await CreditableLines.OfAsync(db, invoice, except: null, reception.Cancel);
        var ofBooking = await db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion && line.BookingId == booking.Id).Select(line => line.Id).ToListAsync(reception.Cancel);

        // Of a gathered invoice the cancelled booking's lines go, and the others stay as they are.
        var alone = lines.All(line => ofBooking.Contains(line.LineId)) || ofBooking.Count == 0;
        var parts = CreditRules.Whole(cancelled && !alone ? lines.Where(line => ofBooking.Contains(line.LineId)) : lines);
        invoice.Correction = !cancelled ? InvoiceCorrection.CreditAndReissue : alone ? InvoiceCorrection.CreditWhole : InvoiceCorrection.CreditPart;
        if (parts.Count == 0)
            return;
        await AddAsync(reception, invoice, parts, new(cancelled ? CreditReason.Cancelled : CreditReason.Changed, CreditSettlement.Refund, Memo: null, Reissues: !cancelled, UserId: null));
    }

    /// <summary>What an invoice still asks for once a credit note was decided on: nothing, unless another one waits.</summary>
    public static async Task<InvoiceCorrection> CorrectionWithoutAsync(Reception reception, Invoice invoice, CreditNote decided) =>
        await reception.Db.Set<CreditNote>().AnyAsync(other => other.InvoiceId == invoice.Id && other.Id != decided.Id && other.Status == CreditNoteStatus.Proposed, reception.Cancel)
            ? invoice.Correction : InvoiceCorrection.None;

    public static async Task AddAsync(Reception reception, Invoice invoice, IReadOnlyList<CreditPart> parts, CreditProposal why)
    {
        var (db, id, owner) = (reception.Db, Guid.CreateVersion7(), invoice.OwnerId == default ? DataKey.Company : invoice.OwnerId);
        var note = new CreditNote
        {
            Id = id,
            InvoiceId = invoice.Id,
            CustomerId = invoice.CustomerId,
            Mode = invoice.Mode,
            Reason = why.Reason,
            SealedMemo = why.Memo is { Length: > 0 } memo ? await reception.Vault.SealAsync(db, owner, id, memo, reception.Cancel) : null,
            Currency = invoice.Currency,
            NetMinor = parts.Sum(part => part.Net.Minor),
            TaxMinor = parts.Sum(part => part.Tax.Minor),
            GrossMinor = parts.Sum(part => part.Gross.Minor),
            Settlement = why.Settlement,
            Reissues = why.Reissues,
            MakerId = why.UserId,
            OccurredAt = reception.Event.OccurredAt,
            RecordedAt = reception.Event.RecordedAt,
            OwnerId = owner,
        };
        db.Add(note);
        foreach (var (index, part) in parts.Index())
        {
            db.Add(new CreditNoteLine
            {
                Id = Guid.CreateVersion7(),
                CreditNoteId = id,
                InvoiceLineId = part.Line.LineId,
                Position = index + 1,
                NetMinor = part.Net.Minor,
                TaxMinor = part.Tax.Minor,
                Category = part.Line.Category,
                RateBasisPoints = part.Line.RateBasisPoints,
            });
        }

        var actor = why.UserId is { } user ? $"user:{user}" : AuditTrail.System;
        await reception.Services.Audit.WriteAsync(db, new(actor, "creditNote.proposed", nameof(CreditNote), id.ToString())
        {
            After = new { Invoice = invoice.Number ?? invoice.Reference, note.Reason, note.GrossMinor, note.Currency, note.Settlement, note.Reissues },
        }, reception.Cancel);
    }
}
