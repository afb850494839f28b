using System.Globalization;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;

namespace RevOps.Core.Billing;

/// <summary>A booking on an invoice, opened.</summary>
/// <param name="SuppliedOn">Day of supply in the company's zone: of the service where it is told, else of the sale.</param>
public sealed record BilledBooking(Booking Booking, BookingContent Content, DateOnly SuppliedOn)
{
    /// <summary>The price of a booking is what it was booked at.</summary>
    public BookedSlot? Slot => Content.SlotStart is { } start
        ? new(Content.PricedAs?.Start ?? start, (Content.PricedAs is { } priced ? priced.At : Content.SlotSince) ?? Booking.OccurredAt) { Fare = Content.FareClass } : null;
}

/// <summary>One line on its way to an invoice.</summary>
/// <param name="Line">As the sender or Finance has it; of a deducted deposit the price is negative.</param>
/// <param name="BookingId">Our booking; null on what Finance added and on deposits.</param>
/// <param name="SuppliedOn">The day whose tax rate and price count.</param>
public sealed record BilledLine(BookingLine Line, Guid? BookingId, DateOnly SuppliedOn)
{
    /// <summary>Whose own price may count; null where it is of none.</summary>
    public BookedSlot? Slot { get; init; }

    public bool IsDeduction => Line.UnitAmount < 0;
}

/// <summary>Puts together what an invoice says, out of the senders' contents, Finance's own version and the deposits asked for before.</summary>
public static class InvoiceContent
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>What the senders say, as one content. Of several bookings each line names its own, and the day, and its purchase order where they differ; terms that differ are left to the company's.</summary>
    public static (BookingContent Content, IReadOnlyList<BilledLine> Lines) OfSenders(IReadOnlyList<BilledBooking> bookings)
    {
        if (bookings is [var only])
            return (only.Content, [.. only.Content.Lines.Select(line => new BilledLine(line, only.Booking.Id, only.SuppliedOn) { Slot = only.Slot })]);

        var (first, order) = (bookings[0].Content, Common(bookings, content => content.PurchaseOrder));
        List<BilledLine> lines = [.. bookings.SelectMany(sale => sale.Content.Lines.Select(line => new BilledLine(Named(line, sale, order), sale.Booking.Id, sale.SuppliedOn) { Slot = sale.Slot }))];
        return (new()
        {
            Currency = first.Currency,
            TaxInclusive = first.TaxInclusive,
            Lines = [.. lines.Select(line => line.Line)],
            PaymentTermsDays = Common(bookings, content => content.PaymentTermsDays),
            PurchaseOrder = order,
        }, lines);
    }

    /// <summary>Finance's version: a line that keeps its key stays the booking's.</summary>
    public static IReadOnlyList<BilledLine> OfEdit(BookingContent edit, IReadOnlyList<BilledLine> senders, DateOnly suppliedOn)
    {
        var known = senders.ToDictionary(line => line.Line.Key, StringComparer.Ordinal);
        return [.. edit.Lines.Select(line => known.TryGetValue(line.Key, out var sent) ? sent with { Line = line } : new(line, null, edit.ServiceDate ?? suppliedOn))];
    }

    /// <param name="line">As it was sent.</param>
    /// <param name="sale">Its booking.</param>
    /// <param name="order">The purchase order of them all, which the invoice names; null where they have none, or several.</param>
    private static BookingLine Named(BookingLine line, BilledBooking sale, string? order) => line with
    {
        Key = $"{sale.Booking.Reference}/{line.Key}",
        Description = line.Description.Length == 0 ? "" : string.Join(" · ", OfLine(line, sale, order)),
    };

    private static IEnumerable<string> OfLine(BookingLine line, BilledBooking sale, string? order)
    {
        yield return line.Description;
        yield return sale.SuppliedOn.ToString("d", French);
        yield return sale.Booking.Reference;
        if (order is null && sale.Content.PurchaseOrder is { } own)
            yield return $"bon de commande {own}";
    }

    private static T? Common<T>(IReadOnlyList<BilledBooking> bookings, Func<BookingContent, T?> valueOf)
    {
        var first = valueOf(bookings[0].Content);
        return bookings.All(sale => EqualityComparer<T?>.Default.Equals(valueOf(sale.Content), first)) ? first : default;
    }
}
