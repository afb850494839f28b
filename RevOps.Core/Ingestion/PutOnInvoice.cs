using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Puts a booking on its invoice: one of its own, or the one on which the customer's bookings of that day or month are gathered.</summary>
internal static class PutOnInvoice
{
    public static async Task<Invoice> AddAsync(Reception reception, Booking booking, BookingContent content, Customer customer)
    {
        var (db, received) = (reception.Db, reception.Event);
        var rules = await BillingRules.CurrentAsync(db, reception.Cancel);
        var gathering = rules.ShadowMode ? null : GatheringOf(reception, booking, content, customer.Gather ?? rules.Gather);
        if (gathering is { } wanted && await OpenAsync(reception, customer, wanted.Key) is { } open)
        {
            booking.InvoiceId = open.Id;
            BookingChanges.Redraft(reception, open);
            return open;
        }

        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(),
            Reference = booking.Reference,
            CustomerId = customer.Id,
            PersonId = booking.PersonId,
            Mode = received.Mode,
            Currency = content.Currency,
            OccurredAt = booking.OccurredAt,
            RecordedAt = received.RecordedAt,
            CompanyVersionId = reception.Company.Id,
            GatherKey = gathering?.Key,
            GathersUntil = gathering?.Until,
        };
        booking.InvoiceId = invoice.Id;
        db.Add(invoice);
        if (rules.ShadowMode)
            invoice.Status = InvoiceStatus.Shadow;
        else if (await CutOver.ForeignOfAsync(reception, booking) is not null)
            CutOver.Hold(invoice);

        // What is held for another program's invoice is not made at Stripe until somebody decides: its job finds that, and ends.
        db.Enqueue<DraftInvoice>(invoice.Id.ToString(), reception.Now, key: $"{invoice.Id}/v1", lane: $"customer:{customer.Id}");
        if (gathering is { } period)
            db.Enqueue<AssessAgain>(invoice.Id.ToString(), reception.Company.StartOf(period.Until.AddDays(1)), key: $"{invoice.Id}/gathered", lane: $"customer:{customer.Id}");
        return invoice;
    }

    /// <summary>After a credit note: the same bookings on a new invoice, which names the one that it stands in for.</summary>
    /// <param name="reception">The event that asks for it.</param>
    /// <param name="booking">Moves on.</param>
    /// <param name="before">The credited one.</param>
    /// <param name="next">The new one, once the first booking has made it.</param>
    public static Invoice Replace(Reception reception, Booking booking, Invoice before, Invoice? next)
    {
        if (next is null)
        {
            next = new()
            {
                Id = Guid.CreateVersion7(),
                Origin = before.IsHistory ? InvoiceOrigin.Sale : before.Origin,
                Reference = booking.Reference,
                CustomerId = booking.CustomerId,
                PersonId = booking.PersonId,
                Mode = before.Mode,
                Currency = booking.Currency,
                OccurredAt = booking.OccurredAt,
                RecordedAt = reception.Event.RecordedAt,
                CompanyVersionId = reception.Company.Id,
                ReplacesId = before.Id,
            };
            reception.Db.Add(next);
            reception.Db.Enqueue<DraftInvoice>(next.Id.ToString(), reception.Now, key: $"{next.Id}/v1", lane: $"customer:{next.CustomerId}");
        }

        booking.InvoiceId = next.Id;
        return next;
    }

    /// <summary>Takes a booking off a draft that others stand on too; one that stands alone keeps its invoice.</summary>
    /// <returns>False when it stands alone, or the invoice is no draft any more.</returns>
    public static async Task<bool> TakeOffAsync(Reception reception, Booking booking, Invoice invoice)
    {
        if (!invoice.IsDraft || !await StandsWithOthersAsync(reception, booking, invoice))
            return false;
        booking.InvoiceId = null;
        await reception.Db.SaveChangesAsync(reception.Cancel);
        BookingChanges.Redraft(reception, invoice);
        return true;
    }

    public static Task<bool> StandsWithOthersAsync(Reception reception, Booking booking, Invoice invoice) =>
        reception.Db.Set<Booking>().AnyAsync(other => other.InvoiceId == invoice.Id && other.Id != booking.Id, reception.Cancel);

    /// <summary>What a content shares an invoice with: prices of one currency and one side of the tax, sold on one day or in one month.</summary>
    public static (string Key, DateOnly Until)? GatheringOf(Reception reception, Booking booking, BookingContent content, GatherRule rule)
    {
        var day = reception.Company.DayOf(booking.OccurredAt);
        var side = content.TaxInclusive ? "inclusive" : "exclusive";
        return rule switch
        {
            GatherRule.PerDay => (string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{content.Currency}/{side}"), day),
            GatherRule.PerMonth => (string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM}/{content.Currency}/{side}"), new DateOnly(day.Year, day.Month, 1).AddMonths(1).AddDays(-1)),
            _ => null,
        };
    }

    private static Task<Invoice?> OpenAsync(Reception reception, Customer customer, string key) => reception.Db.Set<Invoice>()
        .Where(invoice => invoice.CustomerId == customer.Id && invoice.GatherKey == key && invoice.Mode == reception.Event.Mode)
        .Where(Invoice.MayBeRedrafted).OrderBy(invoice => invoice.RecordedAt).FirstOrDefaultAsync(reception.Cancel);
}
