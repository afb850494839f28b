using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>A credit note stands at Stripe: less is owed, what was paid goes its way, and where it was asked for the invoice is made anew.</summary>
/// <param name="SettledMinor">The part that had been paid already, and not gone back before.</param>
public sealed record CreditNoteIssued(Guid CreditNoteId, string StripeCreditNoteId, string? StripeNumber, long SettledMinor) : IncomingEvent
{
    public const string Type = "revops.internal.credit_note_issued";

    /// <summary>Under it Stripe keeps how much of the note had gone back before it, in our minor units.</summary>
    internal const string ReturnedKey = "revops_returned";

    public static CreditNoteIssued Of(Guid id, StripeCreditNote made)
    {
        var before = long.TryParse(made.Metadata.GetValueOrDefault(ReturnedKey), CultureInfo.InvariantCulture, out var returned) ? returned : 0;
        return new(id, made.Id, made.Number, StripeAmount.Read(made.PostPaymentAmount, made.Currency).Minor - before);
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var note = await db.Set<CreditNote>().SingleAsync(row => row.Id == CreditNoteId, cancel);
        if (note.Status != CreditNoteStatus.Approved)
            return EventFate.Applied;
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == note.InvoiceId, cancel);
        (note.Status, note.IssuedAt, note.StripeCreditNoteId, note.StripeNumber, note.SettledMinor) = (CreditNoteStatus.Issued, reception.Event.OccurredAt, StripeCreditNoteId, StripeNumber, SettledMinor);
        invoice.CreditedMinor += note.GrossMinor;
        invoice.Correction = await CreditProposals.CorrectionWithoutAsync(reception, invoice, note);
        SettleOutside(reception, note, invoice);
        invoice.Moved(reception.Company.DayOf(reception.Event.OccurredAt));
        invoice.CloseAfterCredit(reception.Event.OccurredAt);
        await CheckClaims.AskAsync(reception, invoice);
        await reception.Services.Audit.WriteAsync(db, new(AuditTrail.System, "creditNote.issued", nameof(CreditNote), note.Id.ToString())
        {
            After = new { note.Status, note.Number, note.StripeNumber, note.GrossMinor, note.SettledMinor, note.Settlement, note.Currency, Invoice = invoice.Number, InvoiceStatus = invoice.Status },
        }, cancel);

        var bookings = await db.Set<Booking>().Where(row => row.InvoiceId == invoice.Id).ToListAsync(cancel);

        // A refund is told by its own webhook, with the same value.
        foreach (var booking in bookings.Where(_ => SettledMinor == 0 || note.Settlement != CreditSettlement.Refund || note.Reissues))
            await TellAsync(reception, invoice, booking, note.Reissues);
        if (note.Reissues)
            await ReissueAsync(reception, invoice, bookings);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Record the credit note, and what is owed after it"];

    /// <summary>A refund is told by Stripe with a hook of its own; what is kept for the client, or paid back by transfer, is booked here.</summary>
    private void SettleOutside(Reception reception, CreditNote note, Invoice invoice)
    {
        if (SettledMinor == 0 || note.Settlement == CreditSettlement.Refund)
            return;
        invoice.PaidMinor -= SettledMinor;
        if (!invoice.IsHistory)
            reception.Db.Enqueue<CreditTouches>(reception.Event.Id.ToString(), reception.Now);
        reception.Db.Add(new Payment
        {
            Id = reception.Event.Id,
            InvoiceId = invoice.Id,
            Kind = note.Settlement == CreditSettlement.Balance ? PaymentKind.ToBalance : PaymentKind.Refund,
            StripePaymentId = $"{StripeCreditNoteId}/settled",
            Mode = invoice.Mode,
            Currency = note.Currency,
            AmountMinor = -SettledMinor,
            OccurredAt = reception.Event.OccurredAt,
            RecordedAt = reception.Event.RecordedAt,
        });
    }

    /// <summary>What remains of the sale; where the invoice is made anew, what the sale is worth now.</summary>
    private async Task TellAsync(Reception reception, Invoice invoice, Booking booking, bool reissued)
    {
        if (invoice.GrossMinor == 0)
            return;
        var person = await reception.Db.Set<Person>().SingleAsync(row => row.Id == booking.PersonId, reception.Cancel);
        var now = reception with { Person = person };
        if (reissued && booking.Status == BookingStatus.Confirmed)
            await ConversionPlan.RestateAsync(now, booking.Reference, StripeCreditNoteId, invoice.Id, told => ConversionPlan.AnewAsync(now, told, booking), isAnew: true);
        else
            await ConversionPlan.RestateAsync(now, booking.Reference, StripeCreditNoteId, invoice.Id, ConversionPlan.Share(reception, invoice));
    }

    /// <summary>The bookings move on to a new invoice; the old one stays what it was, with its credit note.</summary>
    private static async Task ReissueAsync(Reception reception, Invoice invoice, List<Booking> bookings)
    {
        Invoice? next = null;
        foreach (var booking in bookings.Where(row => row.Status == BookingStatus.Confirmed))
            next = PutOnInvoice.Replace(reception, booking, invoice, next);
        await reception.Db.SaveChangesAsync(reception.Cancel);
    }
}
