using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Bookings;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Connectors.HubSpot;

/// <summary>One notice of HubSpot's: ids only, what they are about is read back.</summary>
public sealed record HubSpotNotice(string Trigger, string ObjectId, string? Property, DateTimeOffset? At, string DeliveryId)
{
    private const string DealType = "0-3";

    /// <summary>HubSpot's id of the kind of object, where the notice is of a kind that all objects share.</summary>
    public string? ObjectType { get; init; }

    /// <exception cref="UnreadableHookException">Not what HubSpot sends.</exception>
    public static HubSpotNotice Read(System.Text.Json.JsonElement root)
    {
        if (root.Text("subscriptionType") is not { } trigger || root.Text("objectId") is not { } id)
            throw new UnreadableHookException("noObject");
        var at = long.TryParse(root.Text("occurredAt"), CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 946_684_800_000 and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : (DateTimeOffset?)null;

        // HubSpot does not promise that its event ids are unique alone; the number of the attempt differs from try to try.
        return new(trigger, id, root.Text("propertyName"), at, $"{root.Text("eventId")}:{root.Text("subscriptionId")}:{id}:{root.Text("occurredAt")}") { ObjectType = root.Text("objectTypeId") };
    }

    public bool IsOfDeal => Trigger is "deal.creation" or "deal.propertyChange" or "deal.deletion" or "deal.restore"
        || (Trigger is "object.creation" or "object.propertyChange" && ObjectType is null or DealType)
        || (Trigger is "object.deletion" or "object.restore" && ObjectType == DealType);

    public bool IsDeletion => Trigger is "deal.deletion" or "object.deletion";

    /// <summary>It says that the deal is at another stage, or is there again.</summary>
    public bool IsMove => Property == "dealstage" || Trigger is "deal.restore" or "object.restore";
}

/// <summary>A deal becomes a sale when it is won, and a stage of a lead before; won no more, its sale is cancelled.</summary>
public static class DealTranslation
{
    /// <summary>Says by the names of the objects what the mapping may ask for: "company.name".</summary>
    public static Answers AnswersOf(HubSpotDeal deal)
    {
        var answers = new Answers();
        foreach (var (name, about) in new[] { ("deal", deal), ("company", deal.Company), ("contact", deal.Contact) })
        {
            foreach (var (property, value) in about?.Properties ?? new Dictionary<string, string>())
                answers.Add($"{name}.{property}", value);
        }

        return answers;
    }

    public static CustomerDraft CustomerOf(HubSpotDeal deal, MappingSet mapping, IReadOnlyDictionary<string, string> entered) => new(mapping, AnswersOf(deal), entered)
    {
        VendorRef = deal.Company is { } company ? $"hubspot-company-{company.Id}" : deal.Contact is { } contact ? $"hubspot-contact-{contact.Id}" : null,
        VendorPersonRef = deal.Contact is { } person ? $"hubspot-contact-{person.Id}" : null,
        Name = $"{deal.Contact?["firstname"]} {deal.Contact?["lastname"]}".Trim() is { Length: > 0 } name ? name : null,
        Email = deal.Contact?["email"],
    };

    /// <summary>Services that its lines may name.</summary>
    public static IEnumerable<string> CodesOf(HubSpotDeal deal, MappingSet mapping) => deal.Lines.Select(line => mapping.Type(DealLines.KeysOf(line))?.ServiceCode ?? line["hs_sku"]).OfType<string>();

    public static Translation Of(HubSpotNotice notice, HubSpotDeal deal, IReadOnlyList<HubSpotStage> stages, TranslationContext context)
    {
        var id = deal["dealstage"] ?? "";
        var known = stages.FirstOrDefault(stage => stage.Id == id);
        var about = new Translation { OccurredAt = notice.At, BookingId = deal.Id, TypeName = known?.Name };
        var stage = context.Mapping.Stage(id) ?? known?.Usual ?? HubSpotStage.UsualOf(id);
        return stage switch
        {
            null => about with { TypeKey = id, Gaps = [DeliveryGap.Stage] },
            ConnectorMapping.Nothing => about with { Ignored = "mapped" },
            "won" when context.Sale == BookingStatus.Cancelled && notice.IsMove => about with { Gaps = [DeliveryGap.SaleCancelled] },
            "won" => Won(deal, about, context),
            _ when context.Sale == BookingStatus.Confirmed => Lost(about, known?.Name ?? id),
            _ when notice.Property is not null and not "dealstage" => about with { Ignored = "notWon" },
            _ => Reached(deal, stage, about, context),
        };
    }

    /// <summary>What HubSpot has no more: a notice of something else is no proof that the deal was given up, a token of another account finds none either.</summary>
    public static Translation OfGone(HubSpotNotice notice, BookingStatus? sale) => notice.IsDeletion && sale == BookingStatus.Confirmed
        ? Lost(new() { OccurredAt = notice.At, BookingId = notice.ObjectId }, "deleted")
        : new() { Ignored = "gone" };

    private static Translation Lost(Translation about, string reason) =>
        about with { Type = BookingCancelled.Type, Data = new() { ["dealId"] = about.BookingId, ["reason"] = $"HubSpot: {reason}" } };

    private static Translation Reached(HubSpotDeal deal, string stage, Translation about, TranslationContext context)
    {
        var draft = CustomerOf(deal, context.Mapping, context.Entered);
        var (contact, gaps) = draft.BuildContact(context.Known);
        if (gaps.Count > 0)
            return about with { Gaps = gaps };
        var data = new JsonObject { ["contact"] = contact, ["visitorId"] = draft.VisitorId, ["stage"] = stage };
        if (DealLines.AmountOf(deal["amount"]) is { } amount && CurrencyOf(deal, context) is var currency)
            data["value"] = new JsonObject { ["minor"] = Money.Round(amount, currency).Minor, ["currency"] = currency };
        return about with { Type = LeadStageReached.Type, Data = data, EventId = $"deal:{deal.Id}:{stage}" };
    }

    private static Translation Won(HubSpotDeal deal, Translation about, TranslationContext context)
    {
        var draft = CustomerOf(deal, context.Mapping, context.Entered);
        var (customer, missing) = draft.Build(context.Known);
        var currency = CurrencyOf(deal, context);
        var sold = DealLines.Of(deal, currency, context);
        IReadOnlyList<string> gaps = sold.Gap is { } gap ? [gap, .. missing] : missing;
        return gaps.Count > 0 ? about with { Gaps = gaps, TypeKey = sold.Lacking is { } line ? DealLines.KeysOf(line).OfType<string>().FirstOrDefault() : null, TypeName = sold.Lacking?["name"] ?? about.TypeName } : about with
        {
            Type = DealWon.Type,
            Data = new()
            {
                ["dealId"] = deal.Id,
                ["customer"] = customer,
                ["contact"] = deal.Contact is null ? null : draft.BuildContact(context.Known).Contact,
                ["visitorId"] = draft.VisitorId,
                ["currency"] = currency,
                ["taxBehavior"] = sold.TaxInclusive ? "inclusive" : "exclusive",
                ["lines"] = sold.Lines,
            },
        };
    }

    private static string CurrencyOf(HubSpotDeal deal, TranslationContext context) =>
        new[] { context.Entered.GetValueOrDefault("currency"), deal["deal_currency_code"]?.ToUpperInvariant() }.FirstOrDefault(Currency.IsKnown) ?? context.Currency;
}
