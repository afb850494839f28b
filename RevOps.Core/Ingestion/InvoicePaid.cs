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

/// <summary>Money came in for an invoice: it counts for DSO, for attribution, and goes back to the ad platforms.</summary>
/// <param name="Kind">A payment, or money that was kept for the client.</param>
public sealed record InvoicePaid(Guid InvoiceId, string StripePaymentId, Money Amount, PaymentKind Kind = PaymentKind.Payment) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_paid";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, received) = (reception.Db, reception.Event);
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, reception.Cancel);
        await BookAsync(reception, invoice, new()
        {
            Id = received.Id,
            InvoiceId = invoice.Id,
            Kind = Kind,
            StripePaymentId = StripePaymentId,
            Mode = invoice.Mode,
            Currency = Amount.Currency,
            AmountMinor = Amount.Minor,
            OccurredAt = received.OccurredAt,
            RecordedAt = received.RecordedAt,
        });
        return EventFate.Applied;
    }

    /// <summary>Books a payment of an invoice, wherever it came in, with all that follows from it.</summary>
    internal static async Task BookAsync(Reception reception, Invoice invoice, Payment payment)
    {
        var db = reception.Db;
        db.Add(payment);
        invoice.PaidMinor += payment.AmountMinor;
        invoice.Moved(reception.Company.DayOf(payment.OccurredAt));
        if (!invoice.IsHistory)
            db.Enqueue<CreditTouches>(payment.Id.ToString(), reception.Now);
        await reception.Services.Audit.WriteAsync(db, new(AuditTrail.System, "invoice.paid", nameof(Invoice), invoice.Id.ToString())
        {
            After = new { Minor = payment.AmountMinor, payment.Currency, invoice.PaidMinor, invoice.GrossMinor },
        }, reception.Cancel);
        await CheckClaims.AskAsync(reception, invoice);
        if (invoice.Outstanding.Minor <= 0 && invoice.Status != InvoiceStatus.Paid)
            await SettleAsync(reception, invoice, payment.OccurredAt);
    }

    public override IEnumerable<string> WouldDo() => ["Record the payment"];

    private static async Task SettleAsync(Reception reception, Invoice invoice, DateTimeOffset paidAt)
    {
        (invoice.Status, invoice.PaidAt) = (InvoiceStatus.Paid, paidAt);
        if (invoice.IsHistory)
            return;
        foreach (var booking in await reception.Db.Set<Booking>().Where(row => row.InvoiceId == invoice.Id).ToListAsync(reception.Cancel))
            await TellAsync(reception, invoice, booking, paidAt);
    }

    /// <summary>A gathered invoice is told sale by sale, each with its share of what was paid.</summary>
    private static async Task TellAsync(Reception reception, Invoice invoice, Booking booking, DateTimeOffset paidAt)
    {
        var person = await reception.Db.Set<Person>().SingleAsync(row => row.Id == booking.PersonId, reception.Cancel);
        var lines = await reception.Db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion)
            .Select(line => new { line.BookingId, Minor = line.NetMinor + line.TaxMinor }).ToListAsync(reception.Cancel);
        var isAlone = lines.TrueForAll(line => line.BookingId is null || line.BookingId == booking.Id);
        var value = isAlone ? invoice.PaidMinor : lines.Where(line => line.BookingId == booking.Id).Sum(line => line.Minor);
        await ConversionPlan.AddAsync(reception with { Person = person }, ConversionStage.Paid, booking.Reference, invoice.Id, paidAt, new Money(value, invoice.Currency), booking);
    }
}

/// <summary>Stripe says that an invoice was voided, given up, or deleted outside: the local twin follows, forward only.</summary>
public sealed record InvoiceStatusRead(Guid InvoiceId, InvoiceStatus Status) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_status";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var invoice = await reception.Db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, reception.Cancel);
        if (!Follows(invoice.Status, Status))
            return EventFate.Applied;
        var before = invoice.Status;
        if (before == InvoiceStatus.Held && Status == InvoiceStatus.Void)
            DraftInvoice.Again(reception.Db, invoice, reception.Now);
        else
            invoice.Status = Status;
        if (Status == InvoiceStatus.Held)
            invoice.Problems = ReviewProblem.StripeDiffers;
        if (Status == InvoiceStatus.Void)
            await Deposits.RedraftDealAsync(reception.Db, invoice, reception.Now, reception.Cancel);
        await reception.Services.Audit.WriteAsync(reception.Db, new(AuditTrail.System, "invoice.status", nameof(Invoice), invoice.Id.ToString()) { Before = new { Status = before }, After = new { invoice.Status } }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Follow the status at Stripe"];

    /// <summary>
    /// Void and paid are final; a draft may be held; what is open may be given up. A draft that somebody issued at Stripe and voided again is
    /// drafted anew.
    /// </summary>
    public static bool Follows(InvoiceStatus from, InvoiceStatus to) => to switch
    {
        InvoiceStatus.Void when from is InvoiceStatus.Held => true,
        InvoiceStatus.Void or InvoiceStatus.Uncollectible => from is InvoiceStatus.Open or InvoiceStatus.Approved or InvoiceStatus.Uncollectible && from != to,
        InvoiceStatus.Held => from is InvoiceStatus.ReadyForReview,
        _ => false,
    };
}
