using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.People;

namespace RevOps.Core.Ingestion.History;

/// <summary>
/// An invoice that another program issued in the same Stripe account: it is owed, paid and counted like ours. Nothing is drafted, sent or
/// told to ad platforms on its account.
/// </summary>
/// <param name="Status">Open where it was paid: the payments, read after it, close it.</param>
public sealed record InvoiceImported(string StripeInvoiceId, string StripeCustomerId, CustomerDetails Buyer, HistoricInvoice Invoice, InvoiceStatus Status, DateTimeOffset? PaidAt) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_imported";

    public override Contact? Contact => CustomerImported.ContactOf(Buyer);

    public override bool IsHistory => true;

    public static InvoiceImported Of(StripeInvoice theirs, IReadOnlyList<StripeLine> lines)
    {
        var buyer = CustomerImported.DetailsOf(theirs.Customer, theirs.CustomerName, theirs.CustomerEmail, theirs.CustomerPhone, theirs.CustomerAddress, theirs.CustomerTaxIds);
        var status = theirs.Status switch
        {
            "void" => InvoiceStatus.Void,
            "uncollectible" => InvoiceStatus.Uncollectible,
            "paid" when theirs.Total <= 0 => InvoiceStatus.Paid,
            _ => InvoiceStatus.Open,
        };
        return new(theirs.Id, theirs.Customer, buyer, HistoricInvoice.Of(theirs, lines), status, status == InvoiceStatus.Paid ? theirs.StatusTransitions?.PaidAt : null);
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, received) = (reception.Db, reception.Event);
        // It may have been entered from a file of opening balances before: once is enough.
        if (await db.Set<Invoice>().AnyAsync(row => row.StripeInvoiceId == StripeInvoiceId || (row.Mode == received.Mode && row.Origin == InvoiceOrigin.OpeningBalance && row.Number != null && row.Number == Invoice.Number), reception.Cancel))
            return EventFate.Ignored;
        var customer = await CustomerImported.FindAsync(reception, StripeCustomerId) ?? await CustomerRecorded.UpsertAsync(reception, Buyer);
        await CustomerImported.PlaceAsync(reception, customer, StripeCustomerId);
        var invoice = await HistoricInvoices.AddAsync(reception, customer, InvoiceOrigin.Imported, Invoice, Buyer);
        (invoice.StripeInvoiceId, invoice.Status, invoice.PaidAt, invoice.CheckedAt) = (StripeInvoiceId, Status, PaidAt, received.RecordedAt);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Record an invoice of Stripe's history"];
}

/// <summary>Puts invoices from before RevOps into the books.</summary>
internal static class HistoricInvoices
{
    public static async Task<Invoice> AddAsync(Reception reception, Customer customer, InvoiceOrigin origin, HistoricInvoice history, CustomerDetails buyer)
    {
        var (db, vault, received, owner) = (reception.Db, reception.Vault, reception.Event, customer.OwnerId);
        var invoice = new Invoice
        {
            Id = received.Id,
            Origin = origin,
            Reference = history.Reference,
            CustomerId = customer.Id,
            PersonId = customer.PersonId,
            Mode = received.Mode,
            Currency = history.Currency,
            NetMinor = history.Lines.Sum(line => line.NetMinor),
            TaxMinor = history.Lines.Sum(line => line.TaxMinor),
            GrossMinor = history.Lines.Sum(line => line.NetMinor + line.TaxMinor),
            OccurredAt = received.OccurredAt,
            RecordedAt = received.RecordedAt,
            IssuedAt = history.IssuedAt,
            DueOn = history.DueAt is { } due ? reception.Company.DayOf(due) : reception.Company.DayOf(history.IssuedAt),
            Number = history.Number,
            HostedUrl = history.HostedUrl,
            CompanyVersionId = reception.Company.Id,
            OwnerId = owner,
            SealedBuyer = await vault.SealAsync(db, owner, received.Id, JsonSerializer.Serialize(buyer), reception.Cancel),
        };
        invoice.PaymentTermsDays = Math.Max(0, invoice.DueOn.Value.DayNumber - reception.Company.DayOf(history.IssuedAt).DayNumber);
        db.Add(invoice);
        foreach (var (index, line) in history.Lines.Index())
        {
            var id = Guid.CreateVersion7();
            db.Add(new InvoiceLine
            {
                Id = id,
                InvoiceId = invoice.Id,
                DraftVersion = invoice.DraftVersion,
                Position = index + 1,
                Key = line.Key,
                OwnerId = owner,
                SealedDescription = await vault.SealAsync(db, owner, id, line.Description, reception.Cancel),
                Quantity = line.Quantity,
                UnitAmount = line.UnitAmount,
                NetMinor = line.NetMinor,
                TaxMinor = line.TaxMinor,
                Category = line.Category,
                RateBasisPoints = line.RateBasisPoints,
            });
        }

        return invoice;
    }
}
