using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.People;
using RevOps.Core.Platform;
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
                if (invoice is { IsDraft: true })
                    (invoice.Status, invoice.Problems) = (InvoiceStatus.Held, ReviewProblem.SaleConflict);
            }

            return EventFate.Parked($"conflict:booking {sale.BookingId} and deal {sale.DealId} are two sales already");
        }

        // What was tried with a test key has no invoice in the real account, and can have none: somebody has to give the sale a name of its own.
        if (known is [{ Mode: not Mode.Live } trial] && reception.Event.Mode == Mode.Live)
            return EventFate.Parked($"mode:{trial.Reference}");

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
        if (booking.CustomerId == customer.Id || reception.Event.OccurredAt < ((await BookingChanges.ContentOfAsync(reception, booking))?.RestAt ?? booking.ContentAt))
            return;
        booking.CustomerId = customer.Id;
        var invoice = await BookingChanges.InvoiceOfAsync(reception, booking);
        if (invoice is null)
            return;
        if (await PutOnInvoice.TakeOffAsync(reception, booking, invoice))
        {
            if (await BookingChanges.ContentOfAsync(reception, booking) is { } content)
                await PutOnInvoice.AddAsync(reception, booking, content, customer);
        }
        else if (invoice.FollowsItsBooking)
        {
            (invoice.CustomerId, invoice.GatherKey, invoice.GathersUntil) = (customer.Id, null, null);
            BookingChanges.Redraft(reception, invoice);
        }
        else if (invoice.Status is not InvoiceStatus.Cancelled and not InvoiceStatus.Void)
        {
            await CreditProposals.FollowAsync(reception, invoice, booking);
        }
    }

    private static async Task<List<Booking>> FindAsync(Reception reception, Sale sale) => await reception.Db.Set<Booking>()
        .Where(booking => (sale.BookingId != null && booking.BookingId == sale.BookingId) || (sale.DealId != null && booking.DealId == sale.DealId))
        .ToListAsync(reception.Cancel);

    private static async Task AddAsync(Reception reception, Sale sale, Customer customer)
    {
        var (db, received, person) = (reception.Db, reception.Event, reception.Somebody);
        var content = sale.Content with { SlotSince = sale.Content.SlotStart is null ? null : received.OccurredAt };
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
        };
        db.Add(booking);
        await SlotsOfSale.FollowAsync(reception, booking, content);
        await PutOnInvoice.AddAsync(reception, booking, content, customer);
        await ConversionPlan.AddAsync(reception, ConversionStage.Booked, booking.Reference, booking.Id, received.OccurredAt, content.Total(), booking);

        // What waited for the booking asks the database for its invoice and conversions; all of it is committed together.
        await db.SaveChangesAsync(reception.Cancel);
        await ParkedEvents.ReleaseAsync(reception, booking);
    }
}
