using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>What a meeting is translated with, loaded before: the deciding part is pure.</summary>
/// <param name="Currency">The company's.</param>
/// <param name="Entered">By hand, beside the sender's values.</param>
public sealed record TranslationContext(MappingSet Mapping, PriceList Prices, string Currency, DateOnly Day, IReadOnlyDictionary<string, string> Entered)
{
    /// <summary>The customer that the ref already is.</summary>
    public CustomerDetails? Known { get; init; }

    /// <summary>The slot that a meeting takes: it may have a price of its own.</summary>
    public BookedSlot? Slot { get; init; }

    /// <summary>How the sale of a deal stands here; null: there is none.</summary>
    public BookingStatus? Sale { get; init; }
}

/// <summary>A meeting becomes a sale, a stage of a lead, a change or a cancellation, as the mapping says.</summary>
public static class MeetingTranslation
{
    public static CustomerDraft CustomerOf(Meeting meeting, MappingSet mapping, IReadOnlyDictionary<string, string> entered) =>
        new(mapping, meeting.Answers, entered) { Name = meeting.Name, Email = meeting.Email };

    /// <param name="meeting">As the calendar says.</param>
    /// <param name="root">What the booking is called here, however often it was moved.</param>
    /// <param name="context">What it is translated with.</param>
    public static Translation Of(Meeting meeting, string root, TranslationContext context)
    {
        var type = context.Mapping.Type(meeting.TypeKeys);
        var about = new Translation { TypeKey = meeting.TypeKeys.Count > 0 ? meeting.TypeKeys[0] : null, TypeName = meeting.TypeName, BookingId = root, OccurredAt = meeting.At };
        if (meeting.Move == MeetingMove.Other)
            return about with { Ignored = "trigger" };
        if (type is null && !context.Entered.ContainsKey("unitAmount"))
            return about with { Gaps = [DeliveryGap.Type] };
        return (type?.Target, meeting.Move) switch
        {
            (ConnectorMapping.Nothing, _) => about with { Ignored = "mapped" },
            (ConnectorMapping.Meeting, MeetingMove.Booked) => Stage(meeting, about, context),
            (ConnectorMapping.Meeting, _) => about with { Ignored = "meeting" },
            (_, MeetingMove.Moved) => about with { Type = BookingChanged.Type, Data = new() { ["bookingId"] = root, ["slotStart"] = Text(meeting.Start), ["slotEnd"] = Text(meeting.End) } },
            (_, MeetingMove.Cancelled) => about with { Type = BookingCancelled.Type, Data = new() { ["bookingId"] = root, ["reason"] = meeting.Reason } },
            _ => Sale(meeting, root, type, about, context),
        };
    }

    private static Translation Stage(Meeting meeting, Translation about, TranslationContext context)
    {
        var draft = CustomerOf(meeting, context.Mapping, context.Entered);
        var (contact, gaps) = draft.BuildContact(context.Known);
        return gaps.Count > 0 ? about with { Gaps = gaps } : about with { Type = LeadStageReached.Type, Data = new() { ["contact"] = contact, ["visitorId"] = draft.VisitorId, ["stage"] = "meeting" } };
    }

    private static Translation Sale(Meeting meeting, string root, ConnectorMapping? type, Translation about, TranslationContext context)
    {
        var draft = CustomerOf(meeting, context.Mapping, context.Entered);
        var (customer, gaps) = draft.Build(context.Known);
        var price = PriceOf(type, context);
        if (price is null)
            gaps = [DeliveryGap.Price, .. gaps];
        if (gaps.Count > 0)
            return about with { Gaps = gaps };

        var line = new JsonObject
        {
            ["key"] = "1",
            ["description"] = context.Prices.ServiceOf(type?.ServiceCode)?.Name ?? type?.Name ?? meeting.TypeName ?? meeting.Trigger,
            ["quantity"] = 1,
            ["unitAmount"] = price!.UnitAmount.ToString(CultureInfo.InvariantCulture),
        };
        if (price.RateBasisPoints is { } rate)
            line["taxRatePercent"] = rate / 100m;
        if (type?.ServiceCode is { } code)
            line["serviceCode"] = code;
        return about with
        {
            Type = BookingConfirmed.Type,
            Data = new()
            {
                ["bookingId"] = root,
                ["customer"] = customer,
                ["visitorId"] = draft.VisitorId,
                ["currency"] = price.Currency,
                ["taxBehavior"] = price.TaxInclusive ? "inclusive" : "exclusive",
                ["lines"] = new JsonArray(line),
                ["slotStart"] = Text(meeting.Start),
                ["slotEnd"] = Text(meeting.End),
            },
        };
    }

    /// <summary>What was entered for this delivery, else the mapping's own price, else the catalogue's; null where none says one.</summary>
    private static Price? PriceOf(ConnectorMapping? type, TranslationContext context)
    {
        var currency = context.Entered.GetValueOrDefault("currency") is { } given && Currency.IsKnown(given) ? given : type?.Currency ?? context.Currency;
        if (decimal.TryParse(context.Entered.GetValueOrDefault("unitAmount"), CultureInfo.InvariantCulture, out var entered))
            return new(entered, currency, type?.TaxInclusive ?? false, type?.TaxRateBasisPoints);
        if (type?.UnitAmount is { } own)
            return new(decimal.Parse(own, CultureInfo.InvariantCulture), currency, type.TaxInclusive, type.TaxRateBasisPoints);
        return context.Prices.Of(type?.ServiceCode, currency, context.Day, context.Slot) is { } listed ? new(listed.UnitAmount, currency, listed.TaxInclusive, type?.TaxRateBasisPoints) : null;
    }

    private static string? Text(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private sealed record Price(decimal UnitAmount, string Currency, bool TaxInclusive, int? RateBasisPoints);
}
