using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Puts a booking on its invoice: one of its own, or the one on which the customer's bookings of that day or month are gathered.</summary>
internal static class PutOnInvoice
{
    public static async Task<Invoice> AddAsync(Reception reception, Booking booking, BookingContent content, Customer customer)
    {
        var (db, received) = (reception.Db, reception.Event);
        var rules = await BillingRules.CurrentAsync(db, reception.Cancel);

        // What another program invoiced waits on an invoice of its own: others would wait with it, or go out with it.
        var held = !rules.ShadowMode && await CutOver.ForeignOfAsync(reception, booking) is not null;
        var gathering = rules.ShadowMode || held ? null : GatheringOf(reception, booking, content, customer.Gather ?? rules.Gather);
        if (gathering is { } wanted && await OpenAsync(reception, booking, content, customer, wanted.Key) is { } open)
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
        else if (held)
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

    /// <summary>Puts a booking that is gathered with others on an invoice of its own; the others' draft is made anew without it. The caller saves.</summary>
    /// <returns>The invoice that it stands on now: of one that stands alone, the same.</returns>
    public static async Task<Invoice> ApartAsync(RevOpsDb db, Booking booking, Invoice invoice, CancellationToken cancel)
    {
        // What moved already in this context is not in the database yet.
        var others = await db.Set<Booking>().Where(other => other.InvoiceId == invoice.Id && other.Id != booking.Id).ToListAsync(cancel);
        if (!others.Exists(other => other.InvoiceId == invoice.Id))
            return invoice;
        var own = new Invoice
        {
            Id = Guid.CreateVersion7(),
            Reference = booking.Reference,
            CustomerId = invoice.CustomerId,
            PersonId = booking.PersonId,
            Mode = invoice.Mode,
            Currency = booking.Currency,
            OccurredAt = booking.OccurredAt,
            RecordedAt = invoice.RecordedAt,
            CompanyVersionId = invoice.CompanyVersionId,
        };
        booking.InvoiceId = own.Id;
        db.Add(own);
        db.Enqueue<DraftInvoice>(own.Id.ToString(), booking.OccurredAt, key: $"{own.Id}/v1", lane: $"customer:{own.CustomerId}");
        DraftInvoice.Again(db, invoice, booking.OccurredAt);
        return own;
    }

    public static Task<bool> StandsWithOthersAsync(Reception reception, Booking booking, Invoice invoice) =>
        reception.Db.Set<Booking>().AnyAsync(other => other.InvoiceId == invoice.Id && other.Id != booking.Id, reception.Cancel);

    /// <summary>Whether a booking as it is now may stand on an invoice with the others there: on one side of the tax, in one currency, and in no more lines than Stripe takes.</summary>
    public static async Task<bool> FitsAsync(Reception reception, Booking booking, BookingContent content, Invoice invoice)
    {
        if (await BillableSale.LoadAsync(reception.Db, reception.Vault, invoice.Id, reception.Now, reception.Cancel) is not { } sale)
            return false;
        var others = sale.Bookings.Where(other => other.Booking.Id != booking.Id);
        return others.All(other => other.Content.Currency == content.Currency && other.Content.TaxInclusive == content.TaxInclusive)
            && sale.Lines.Count(line => line.BookingId != booking.Id) + content.Lines.Count <= EditRules.MostLines;
    }

    /// <summary>What a content shares an invoice with: prices of one currency and one side of the tax, sold on one day or in one month.</summary>
    public static (string Key, DateOnly Until)? GatheringOf(Reception reception, Booking booking, BookingContent content, GatherRule rule)
    {
        var day = reception.Company.DayOf(booking.OccurredAt);
        return rule switch
        {
            GatherRule.PerDay => (KeyOf(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), content), day),
            GatherRule.PerMonth => (KeyOf(day.ToString("yyyy-MM", CultureInfo.InvariantCulture), content), new DateOnly(day.Year, day.Month, 1).AddMonths(1).AddDays(-1)),
            _ => null,
        };
    }

    /// <summary>The same period for another content: what changed its currency while it stood alone gathers others of that one.</summary>
    public static string? KeyFor(BookingContent content, string? key) => key is null ? null : KeyOf(key.Split('/')[0], content);

    private static string KeyOf(string period, BookingContent content) => $"{period}/{content.Currency}/{(content.TaxInclusive ? "inclusive" : "exclusive")}";

    /// <summary>The first that gathers and has room; where none has, the booking opens the next of the same period.</summary>
    private static async Task<Invoice?> OpenAsync(Reception reception, Booking booking, BookingContent content, Customer customer, string key)
    {
        var gathering = await reception.Db.Set<Invoice>().Where(invoice => invoice.CustomerId == customer.Id && invoice.GatherKey == key && invoice.Mode == reception.Event.Mode)
            .Where(Invoice.MayBeRedrafted).OrderBy(invoice => invoice.RecordedAt).ToListAsync(reception.Cancel);
        foreach (var invoice in gathering.Where(invoice => !invoice.IsKeptBack && !invoice.ProblemList.Contains(ReviewProblem.SaleConflict)))
        {
            if (await FitsAsync(reception, booking, content, invoice))
                return invoice;
        }

        return null;
    }
}
