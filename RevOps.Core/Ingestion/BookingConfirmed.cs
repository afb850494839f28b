using RevOps.Core.People;

namespace RevOps.Core.Ingestion;

/// <summary>A booking is sold: it becomes a draft invoice, and its value goes to the ad platforms.</summary>
public sealed record BookingConfirmed(Sale Sale) : IncomingEvent
{
    public const string Type = "revops.booking_confirmed.v1";

    public override Contact Contact => Sale.Contact;

    public override string? VisitorId => Sale.VisitorId;

    public static BookingConfirmed? Read(Fields data) => Sale.Read(data, "bookingId") is { } sale ? new(sale) : null;

    public override Task<EventFate> ApplyAsync(Reception reception) => SaleRecorded.ApplyAsync(reception, Sale);

    public override IEnumerable<string> WouldDo() => SaleRecorded.WouldDo(Sale);
}

/// <summary>A deal is won: the same as a booking, and the same invoice where both carry one deal id.</summary>
public sealed record DealWon(Sale Sale) : IncomingEvent
{
    public const string Type = "revops.deal_won.v1";

    public override Contact Contact => Sale.Contact;

    public override string? VisitorId => Sale.VisitorId;

    public static DealWon? Read(Fields data) => Sale.Read(data, "dealId") is { } sale ? new(sale) : null;

    public override Task<EventFate> ApplyAsync(Reception reception) => SaleRecorded.ApplyAsync(reception, Sale);

    public override IEnumerable<string> WouldDo() => SaleRecorded.WouldDo(Sale);
}
