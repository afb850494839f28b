using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>What follows from a sale: one booking, one invoice to draft, one conversion per platform, and whatever waited for it.</summary>
internal static class SaleRecorded
{
    public static async Task<EventFate> ApplyAsync(Reception reception, Sale sale)
    {
        var known = await FindAsync(reception, sale);
        if (known.Count > 1)
        {
            // Two sales under one deal: neither may be approved before somebody says which one it is.
            foreach (var booking in known)
            {
                var invoice = await BookingChanges.InvoiceOfAsync(reception, booking);
                if (invoice.IsDraft)
                    (invoice.Status, invoice.Problems) = (InvoiceStatus.Held, ReviewProblem.SaleConflict);
            }

            return EventFate.Parked($"conflict:booking {sale.BookingId} and deal {sale.DealId} are two sales already");
        }

        var customer = await CustomerRecorded.UpsertAsync(reception, sale.Customer);
        if (known.Count == 0)
        {
            await AddAsync(reception, sale, customer);
            return EventFate.Applied;
        }

        var sold = known[0];
        sold.BookingId ??= sale.BookingId;
        sold.DealId ??= sale.DealId;
        sold.VoiceSessionId ??= sale.VoiceSessionId;
        sold.VisitorId ??= sale.VisitorId;
        if (reception.Event.OccurredAt < sold.OccurredAt)
            sold.OccurredAt = reception.Event.OccurredAt;
        await ChangeCustomerAsync(reception, sold, customer);
        await BookingChanges.ReplaceContentAsync(reception, sold, sale.Content);
        await ParkedEvents.ReleaseAsync(reception, sold);
        return EventFate.Applied;
    }

    public static IEnumerable<string> WouldDo(Sale sale) =>
    [
        $"Record the sale {sale.BookingId ?? sale.DealId} of {sale.Content.Total()}",
        "Draft one Stripe invoice for it, or change the draft that it already has",
        "Tell the ad platforms of the booking and its value, where consent allows",
    ];

    /// <summary>The newest event says who is invoiced; after issue a correction is proposed, as for every other change.</summary>
    private static async Task ChangeCustomerAsync(Reception reception, Booking booking, Customer customer)
    {
        if (booking.CustomerId == customer.Id || reception.Event.OccurredAt < booking.ContentAt)
            return;
        booking.CustomerId = customer.Id;
        var invoice = await BookingChanges.InvoiceOfAsync(reception, booking);
        if (invoice.IsDraft || invoice.Status == InvoiceStatus.Rejected)
        {
            invoice.CustomerId = customer.Id;
            BookingChanges.Redraft(reception, invoice);
        }
        else if (invoice.Status != InvoiceStatus.Cancelled)
        {
            invoice.Correction = InvoiceCorrection.CreditAndReissue;
        }
    }

    private static async Task<List<Booking>> FindAsync(Reception reception, Sale sale) => await reception.Db.Set<Booking>()
        .Where(booking => (sale.BookingId != null && booking.BookingId == sale.BookingId) || (sale.DealId != null && booking.DealId == sale.DealId))
        .ToListAsync(reception.Cancel);

    private static async Task AddAsync(Reception reception, Sale sale, Customer customer)
    {
        var (db, received, person) = (reception.Db, reception.Event, reception.Somebody);
        var content = sale.Content;
        var booking = new Booking
        {
            Id = received.Id,
            BookingId = sale.BookingId,
            DealId = sale.DealId,
            Reference = sale.BookingId ?? sale.DealId!,
            CustomerId = customer.Id,
            PersonId = person.Id,
            OccurredAt = received.OccurredAt,
            RecordedAt = received.RecordedAt,
            Mode = received.Mode,
            Currency = content.Currency,
            AmountMinor = content.Total().Minor,
            SealedContent = await reception.Vault.SealAsync(db, person.Id, received.Id, JsonSerializer.Serialize(content), reception.Cancel),
            ContentHash = content.ComputeHash(),
            ContentAt = received.OccurredAt,
            VoiceSessionId = sale.VoiceSessionId,
            VisitorId = sale.VisitorId,
        };
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(),
            BookingId = booking.Id,
            CustomerId = customer.Id,
            PersonId = person.Id,
            Mode = received.Mode,
            Currency = content.Currency,
            OccurredAt = received.OccurredAt,
            RecordedAt = received.RecordedAt,
            CompanyVersionId = reception.Company.Id,
        };
        db.AddRange(booking, invoice);
        db.Enqueue<DraftInvoice>(invoice.Id.ToString(), reception.Now, key: $"{invoice.Id}/v1", lane: $"customer:{customer.Id}");
        await ConversionPlan.AddAsync(reception, ConversionStage.Booked, booking.Reference, booking.Id, received.OccurredAt, content.Total());

        // What waited for the booking asks the database for its invoice and conversions; all of it is committed together.
        await db.SaveChangesAsync(reception.Cancel);
        await ParkedEvents.ReleaseAsync(reception, booking);
    }
}

/// <summary>The customer of a sale: found by the sender's ref, described by the newest event.</summary>
internal static class CustomerRecorded
{
    public static async Task<Customer> UpsertAsync(Reception reception, CustomerDetails details)
    {
        var (db, vault, person) = (reception.Db, reception.Vault, reception.Somebody);
        var refHash = vault.LookupHash("customer", details.Ref.Trim());
        var json = JsonSerializer.Serialize(details);
        var hash = vault.LookupHash("details", json);

        // A company's name and address are no secret of a person's, and the law keeps them on invoices; a consumer's are their own.
        var owner = details.IsBusiness == false ? person.Id : DataKey.Company;

        var customer = await db.Set<Customer>().SingleOrDefaultAsync(row => row.RefHash == refHash, reception.Cancel);
        if (customer is null)
        {
            var id = Guid.CreateVersion7();
            customer = new()
            {
                Id = id,
                RefHash = refHash,
                PersonId = person.Id,
                OwnerId = owner,
                SealedDetails = await vault.SealAsync(db, owner, id, json, reception.Cancel),
                DetailsHash = hash,
                DetailsAt = reception.Event.OccurredAt,
            };
            db.Add(customer);
        }
        else if (reception.Event.OccurredAt >= customer.DetailsAt && customer.DetailsHash.AsSpan().SequenceEqual(hash))
        {
            customer.DetailsAt = reception.Event.OccurredAt;
        }
        else if (reception.Event.OccurredAt >= customer.DetailsAt && !customer.DetailsHash.AsSpan().SequenceEqual(hash))
        {
            if (await VatNumberAsync(reception, customer) != details.VatNumber)
                (customer.StripeTaxId, customer.VatStatus) = (null, null);
            (customer.OwnerId, customer.SealedDetails) = (owner, await vault.SealAsync(db, owner, customer.Id, json, reception.Cancel));
            (customer.DetailsHash, customer.DetailsAt) = (hash, reception.Event.OccurredAt);

            // A detail that was missing may have come: drafts are made anew with it, and say again what is missing.
            foreach (var invoice in await db.Set<Invoice>().Where(row => row.CustomerId == customer.Id).Where(Invoice.MayBeRedrafted).ToListAsync(reception.Cancel))
                BookingChanges.Redraft(reception, invoice);
        }

        return customer;
    }

    private static async Task<string?> VatNumberAsync(Reception reception, Customer customer) =>
        await reception.Vault.OpenAsync(customer.OwnerId, customer.Id, customer.SealedDetails, reception.Cancel) is { } json
            ? JsonSerializer.Deserialize<CustomerDetails>(json)!.VatNumber
            : null;
}
