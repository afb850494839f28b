using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Money of a paid invoice went back: refunded, disputed, or returned by the client's bank; or came again, when a dispute was won or a
/// refund failed. The invoice keeps its status; what is owed, the credit of its touches and what ad platforms were told follow.
/// </summary>
/// <param name="StripeId">Of the refund or dispute, and what became of it: once each.</param>
/// <param name="PaymentId">Stripe's payment that it takes back.</param>
/// <param name="Amount">Negative when it went back.</param>
public sealed record MoneyReturned(Guid InvoiceId, PaymentKind Kind, string StripeId, string PaymentId, Money Amount) : IncomingEvent
{
    public const string Type = "revops.internal.money_returned";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, received) = (reception.Db, reception.Event);
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, reception.Cancel);
        var reversed = await db.Set<Payment>().Where(row => row.StripePaymentId == PaymentId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(reception.Cancel);
        var moved = new Payment
        {
            Id = received.Id,
            InvoiceId = invoice.Id,
            Kind = Kind,
            ReversesId = reversed,
            StripePaymentId = StripeId,
            Mode = invoice.Mode,
            Currency = Amount.Currency,
            AmountMinor = Amount.Minor,
            OccurredAt = received.OccurredAt,
            RecordedAt = received.RecordedAt,
        };
        db.Add(moved);
        invoice.PaidMinor += Amount.Minor;
        invoice.Moved(reception.Company.DayOf(received.OccurredAt));
        await reception.Services.Audit.WriteAsync(db, new(AuditTrail.System, "invoice.moneyReturned", nameof(Invoice), invoice.Id.ToString())
        {
            After = new { Kind, Amount.Minor, Amount.Currency, invoice.PaidMinor, invoice.CreditedMinor, invoice.GrossMinor },
        }, reception.Cancel);
        await CheckClaims.AskAsync(reception, invoice);
        if (invoice.IsHistory)
            return EventFate.Applied;

        db.Enqueue<CreditTouches>(moved.Id.ToString(), reception.Now);
        foreach (var booking in await db.Set<Booking>().Where(row => row.InvoiceId == invoice.Id).ToListAsync(reception.Cancel))
            await TellAsync(reception, invoice, booking);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Record that money went back, and what is owed again"];

    /// <summary>
    /// Where the paid value was told, it is told again as what remains of it, on every change under an id of its own. Of a gathered invoice
    /// each sale keeps its share.
    /// </summary>
    private async Task TellAsync(Reception reception, Invoice invoice, Booking booking)
    {
        var person = await reception.Db.Set<Person>().SingleAsync(row => row.Id == booking.PersonId, reception.Cancel);
        await ConversionPlan.RestateAsync(reception with { Person = person }, booking.Reference, StripeId, invoice.Id, ConversionPlan.Share(reception, invoice));
    }
}
