using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>The lines of a booking changed, or when it takes place.</summary>
/// <param name="Lines">Null: they stay as they are, it was only moved.</param>
public sealed record BookingChanged(string BookingId, IReadOnlyList<SaleLine>? Lines) : IncomingEvent
{
    public const string Type = "revops.booking_changed.v1";

    public DateOnly? ServiceDate { get; init; }
    public DateTimeOffset? SlotStart { get; init; }
    public DateTimeOffset? SlotEnd { get; init; }

    public static BookingChanged? Read(Fields data)
    {
        var (id, day, start, end) = (data.RequiredText("bookingId"), data.Day("serviceDate"), data.Time("slotStart"), data.Time("slotEnd"));

        // The currency is the booking's, which may not have come yet: until it has, the euro's decimals serve for checking.
        var isMoved = (day is not null || start is not null) && !data.Has("lines");
        var lines = isMoved ? null : Sale.ReadLines(data, "EUR");
        return data.Ok ? new(id, lines) { ServiceDate = day, SlotStart = start, SlotEnd = end } : null;
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var booking = await reception.Db.Set<Booking>().SingleOrDefaultAsync(row => row.BookingId == BookingId, reception.Cancel);
        if (booking is null)
            return EventFate.Parked(ParkedEvents.On(BookingId));
        await ApplyToAsync(reception, booking);
        return EventFate.Applied;
    }

    public override Task<Guid?> OwnerAsync(RevOpsDb db, CancellationToken cancel) => BookingChanges.PersonOfAsync(db, BookingId, cancel);

    public override IEnumerable<string> WouldDo() => [$"Change booking {BookingId}: its draft follows, an issued invoice is held for a credit note"];

    internal async Task ApplyToAsync(Reception reception, Booking booking)
    {
        var content = await BookingChanges.ContentOfAsync(reception, booking);
        if (content is not null)
            await BookingChanges.ReplaceContentAsync(reception, booking, Changed(content), saysRest: Lines is not null, saysSlot: ServiceDate is not null || SlotStart is not null);
    }

    private BookingContent Changed(BookingContent content) => content with
    {
        Lines = Lines is null ? content.Lines : [.. Lines.Select(line => line.In(content.Currency))],
        ServiceDate = ServiceDate ?? content.ServiceDate,
        SlotStart = SlotStart ?? content.SlotStart,
        SlotEnd = SlotStart is null ? content.SlotEnd : SlotEnd,
    };
}

/// <summary>A booking will not take place, or a deal is won no more.</summary>
/// <param name="BookingId">Null: it is said of the deal.</param>
public sealed record BookingCancelled(string? BookingId, string? DealId, string? Reason) : IncomingEvent
{
    public const string Type = "revops.booking_cancelled.v1";

    public static BookingCancelled? Read(Fields data)
    {
        var (deal, reason) = (data.Text("dealId", 200), data.Text("reason"));
        var id = deal is null ? data.RequiredText("bookingId") : data.Text("bookingId", 200);
        return data.Ok ? new(id, deal, reason) : null;
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var booking = await Of(reception.Db).SingleOrDefaultAsync(reception.Cancel);
        if (booking is null)
            return EventFate.Parked(BookingId is null ? ParkedEvents.OnDeal(DealId!) : ParkedEvents.On(BookingId));
        await ApplyToAsync(reception, booking);
        return EventFate.Applied;
    }

    public override Task<Guid?> OwnerAsync(RevOpsDb db, CancellationToken cancel) => Of(db).Select(row => (Guid?)row.PersonId).SingleOrDefaultAsync(cancel);

    public override IEnumerable<string> WouldDo() => [$"Cancel {(BookingId is null ? "the sale of deal" : "booking")} {BookingId ?? DealId}: its draft goes, an issued invoice is held for a credit note"];

    private IQueryable<Booking> Of(RevOpsDb db) => BookingId is null ? db.Set<Booking>().Where(row => row.DealId == DealId) : db.Set<Booking>().Where(row => row.BookingId == BookingId);

    internal static async Task ApplyToAsync(Reception reception, Booking booking)
    {
        if (booking.Status == BookingStatus.Cancelled)
            return;
        booking.Status = BookingStatus.Cancelled;
        await SlotsOfSale.FreeAsync(reception, booking);
        await ConversionPlan.FollowAsync(reception, booking);

        var invoice = await BookingChanges.InvoiceOfAsync(reception, booking);
        if (invoice is null || await PutOnInvoice.TakeOffAsync(reception, booking, invoice))
            return;
        if (invoice.FollowsItsBooking)
        {
            BookingChanges.Drop(reception, invoice);
        }
        else if (invoice.Status is not InvoiceStatus.Cancelled and not InvoiceStatus.Void)
        {
            await CreditProposals.FollowAsync(reception, invoice, booking);
        }
    }
}

/// <summary>What a changed booking does to its invoice: while a draft it follows; after issue a correction is proposed, never a silent edit.</summary>
internal static class BookingChanges
{
    public static Task<Guid?> PersonOfAsync(RevOpsDb db, string bookingId, CancellationToken cancel) =>
        db.Set<Booking>().Where(row => row.BookingId == bookingId).Select(row => (Guid?)row.PersonId).SingleOrDefaultAsync(cancel);

    public static async Task<BookingContent?> ContentOfAsync(Reception reception, Booking booking) =>
        await reception.Vault.OpenAsync(booking.PersonId, booking.Id, booking.SealedContent, reception.Cancel) is { } json ? JsonSerializer.Deserialize<BookingContent>(json) : null;

    /// <summary>The invoice that the booking stands on, loaded or still unsaved; null while it stands on none.</summary>
    public static async Task<Invoice?> InvoiceOfAsync(Reception reception, Booking booking) => booking.InvoiceId is not { } id ? null
        : reception.Db.Set<Invoice>().Local.SingleOrDefault(invoice => invoice.Id == id) ?? await reception.Db.Set<Invoice>().SingleAsync(invoice => invoice.Id == id, reception.Cancel);

    /// <summary>Takes over what is newer of it than what is there.</summary>
    public static async Task ReplaceContentAsync(Reception reception, Booking booking, BookingContent said, bool saysRest = true, bool saysSlot = true)
    {
        var (known, saidAt) = (await ContentOfAsync(reception, booking), reception.Event.OccurredAt);
        if (known is null && saidAt < booking.ContentAt)
            return;
        var (content, at) = known is null ? (said, saidAt) : ContentMerge.Of(known, booking.ContentAt, said, saidAt, saysRest, saysSlot);
        var hash = content.ComputeHash();
        var isSame = hash.AsSpan().SequenceEqual(booking.ContentHash);
        if (isSame && at == booking.ContentAt && (content.RestAt, content.SlotAt) == (known?.RestAt, known?.SlotAt))
            return;

        // The same again and later holds from then on, against anything older that is still on its way.
        (booking.ContentHash, booking.ContentAt) = (hash, at);
        booking.SealedContent = await reception.Vault.SealAsync(reception.Db, booking.PersonId, booking.Id, JsonSerializer.Serialize(content), reception.Cancel);
        if (isSame)
            return;
        (booking.Currency, booking.AmountMinor) = (content.Currency, content.Total().Minor);
        booking.ContentVersion++;
        await SlotsOfSale.FollowAsync(reception, booking, content);
        await ConversionPlan.FollowAsync(reception, booking);
        await FollowAsync(reception, booking, content);
    }

    /// <summary>What has not left the house goes, and its draft at Stripe with it.</summary>
    public static void Drop(Reception reception, Invoice invoice)
    {
        (invoice.Status, invoice.CancelledAt) = (InvoiceStatus.Cancelled, reception.Event.OccurredAt);
        reception.Db.Enqueue<DropDraft>(invoice.Id.ToString(), reception.Now, key: $"{invoice.Id}/v{invoice.DraftVersion}/drop", lane: $"customer:{invoice.CustomerId}");
    }

    public static void Redraft(Reception reception, Invoice invoice) => DraftInvoice.Again(reception.Db, invoice, reception.Now);

    private static async Task FollowAsync(Reception reception, Booking booking, BookingContent content)
    {
        if (booking.Status == BookingStatus.Cancelled || await InvoiceOfAsync(reception, booking) is not { } invoice)
            return;
        var moves = invoice.IsDraft && await PutOnInvoice.StandsWithOthersAsync(reception, booking, invoice) && !await PutOnInvoice.FitsAsync(reception, booking, content, invoice);
        if (moves && await PutOnInvoice.TakeOffAsync(reception, booking, invoice))
        {
            await PutOnInvoice.AddAsync(reception, booking, content, await reception.Db.Set<Customer>().SingleAsync(row => row.Id == booking.CustomerId, reception.Cancel));
        }
        else if (invoice.FollowsItsBooking)
        {
            (invoice.Currency, invoice.GatherKey) = (booking.Currency, PutOnInvoice.KeyFor(content, invoice.GatherKey));
            Redraft(reception, invoice);
        }
        else if (invoice.Status is not InvoiceStatus.Cancelled and not InvoiceStatus.Void)
        {
            await CreditProposals.FollowAsync(reception, invoice, booking);
        }
    }
}
