using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Finance wrote an invoice or a deposit by hand: from here on it goes the same way as every other.</summary>
/// <param name="Reference">What it is called before it has a number.</param>
/// <param name="DepositFor">The deal or booking that a deposit is for; null on an invoice.</param>
public sealed record InvoiceWritten(Guid UserId, Guid CustomerId, string Reference, BookingContent Content, string? DepositFor) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_written";

    /// <exception cref="EditRefusedException">It cannot be taken as written.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        if (EditRules.Check(Content, sent: null) is { Count: > 0 } faults)
            throw new EditRefusedException(faults);
        var customer = await db.Set<Customer>().SingleOrDefaultAsync(row => row.Id == CustomerId && row.MergedIntoId == null, cancel) ?? throw new EditRefusedException([new("customer", "customer")]);
        if (DepositFor is { } deal && await Deposits.FaultsAsync(db, deal, CustomerId, Content.Currency, cancel) is { Count: > 0 } undeducted)
            throw new EditRefusedException(undeducted);
        var invoice = new Invoice
        {
            Id = reception.Event.Id,
            Origin = DepositFor is null ? InvoiceOrigin.ByHand : InvoiceOrigin.Deposit,
            Reference = Reference,
            CustomerId = customer.Id,
            PersonId = customer.PersonId,
            Mode = reception.Event.Mode,
            Currency = Content.Currency,
            OccurredAt = reception.Event.OccurredAt,
            RecordedAt = reception.Event.RecordedAt,
            CompanyVersionId = reception.Company.Id,
            OwnerId = customer.OwnerId,
            DepositFor = DepositFor,
            MakerId = UserId,
        };
        invoice.EditId = await DraftEdits.AddAsync(reception, invoice, UserId, Content, sent: null);
        db.Add(invoice);
        db.Enqueue<DraftInvoice>(invoice.Id.ToString(), reception.Now, key: $"{invoice.Id}/v1", lane: $"customer:{customer.Id}");
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "invoice.written", nameof(Invoice), invoice.Id.ToString())
        {
            After = new { invoice.Origin, Reference, DepositFor, Total = Content.Total().Minor, Content.Currency },
        }, cancel);

        // The deal's own draft must not leave without deducting it.
        await Deposits.RedraftDealAsync(db, invoice, reception.Now, cancel);
        return EventFate.Applied;
    }

    public override Task<Guid?> OwnerAsync(RevOpsDb db, CancellationToken cancel) =>
        db.Set<Customer>().Where(row => row.Id == CustomerId).Select(row => (Guid?)row.OwnerId).SingleOrDefaultAsync(cancel);

    public override IEnumerable<string> WouldDo() => ["Draft an invoice that Finance wrote"];
}
