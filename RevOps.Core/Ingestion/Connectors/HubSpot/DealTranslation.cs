using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Connectors.HubSpot;

/// <summary>One notice of HubSpot's: ids only, what they are about is read back.</summary>
public sealed record HubSpotNotice(string Trigger, string ObjectId, string? Property, DateTimeOffset? At, string DeliveryId)
{
    /// <exception cref="UnreadableHookException">Not what HubSpot sends.</exception>
    public static HubSpotNotice Read(System.Text.Json.JsonElement root)
    {
        if (root.Text("subscriptionType") is not { } trigger || root.Text("objectId") is not { } id)
            throw new UnreadableHookException("noObject");
        var at = long.TryParse(root.Text("occurredAt"), CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 946_684_800_000 and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : (DateTimeOffset?)null;

        // HubSpot does not promise that its event ids are unique alone; the number of the attempt differs from try to try.
        return new(trigger, id, root.Text("propertyName"), at, $"{root.Text("eventId")}:{root.Text("subscriptionId")}:{id}:{root.Text("occurredAt")}");
    }

    public bool IsOfDeal => Trigger is "deal.creation" or "deal.propertyChange" || (Trigger is "object.creation" or "object.propertyChange");
}

/// <summary>A deal becomes a sale when it is won, and a stage of a lead before.</summary>
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
    public static IEnumerable<string> CodesOf(HubSpotDeal deal, MappingSet mapping) => deal.Lines.Select(line => mapping.Type(KeysOf(line))?.ServiceCode ?? line["hs_sku"]).OfType<string>();

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
            "won" => Won(deal, about, context),
            _ when notice.Property is not null and not "dealstage" => about with { Ignored = "notWon" },
            _ => Reached(deal, stage, about, context),
        };
    }

    private static Translation Reached(HubSpotDeal deal, string stage, Translation about, TranslationContext context)
    {
        var draft = CustomerOf(deal, context.Mapping, context.Entered);
        var (contact, gaps) = draft.BuildContact(context.Known);
        if (gaps.Count > 0)
            return about with { Gaps = gaps };
        var data = new JsonObject { ["contact"] = contact, ["visitorId"] = draft.VisitorId, ["stage"] = stage };
        if (AmountOf(deal["amount"]) is { } amount && CurrencyOf(deal, context) is var currency)
            data["value"] = new JsonObject { ["minor"] = Money.Round(amount, currency).Minor, ["currency"] = currency };
        return about with { Type = LeadStageReached.Type, Data = data, EventId = $"deal:{deal.Id}:{stage}" };
    }

    private static Translation Won(HubSpotDeal deal, Translation about, TranslationContext context)
    {
        var draft = CustomerOf(deal, context.Mapping, context.Entered);
        var (customer, missing) = draft.Build(context.Known);
        var currency = CurrencyOf(deal, context);
        var lines = LinesOf(deal, currency, context);
        IReadOnlyList<string> gaps = lines is null ? [DeliveryGap.Price, .. missing] : missing;
        var unpriced = lines is null ? deal.Lines.FirstOrDefault(line => LineOf(line, currency, context) is null) : null;
        return gaps.Count > 0 ? about with { Gaps = gaps, TypeKey = unpriced is null ? null : KeysOf(unpriced).OfType<string>().FirstOrDefault(), TypeName = unpriced?["name"] ?? about.TypeName } : about with
        {
            Type = DealWon.Type,
            Data = new()
            {
                ["dealId"] = deal.Id,
                ["customer"] = customer,
                ["contact"] = deal.Contact is null ? null : draft.BuildContact(context.Known).Contact,
                ["visitorId"] = draft.VisitorId,
                ["currency"] = currency,
                ["taxBehavior"] = deal.Lines.Any(line => context.Mapping.Type(KeysOf(line)) is { TaxInclusive: true }) ? "inclusive" : "exclusive",
                ["lines"] = lines,
            },
        };
    }

    /// <summary>Null when something of it has no price.</summary>
    private static JsonArray? LinesOf(HubSpotDeal deal, string currency, TranslationContext context)
    {
        if (deal.Lines.Count == 0)
        {
            var amount = AmountOf(context.Entered.GetValueOrDefault("unitAmount")) ?? AmountOf(deal["amount"]);
            return amount is null ? null : [new JsonObject { ["key"] = "deal", ["description"] = deal["dealname"] ?? deal.Id, ["quantity"] = 1, ["unitAmount"] = Text(amount.Value) }];
        }

        var lines = new JsonArray();
        foreach (var line in deal.Lines)
        {
            if (LineOf(line, currency, context) is not { } read)
                return null;
            lines.Add(read);
        }

        return lines;
    }

    private static JsonObject? LineOf(HubSpotObject line, string currency, TranslationContext context)
    {
        var type = context.Mapping.Type(KeysOf(line));
        var code = type?.ServiceCode ?? context.Prices.ServiceOf(line["hs_sku"])?.Code;

        // The deal says what was agreed; the mapping and the catalogue speak where it says nothing.
        var price = AmountOf(line["price"]) ?? AmountOf(type?.UnitAmount) ?? context.Prices.Of(code, currency, context.Day)?.UnitAmount;
        if (price is not { } unit)
            return null;
        var quantity = AmountOf(line["quantity"]) ?? 1;
        var read = new JsonObject
        {
            ["key"] = line.Id,
            ["description"] = line["name"] ?? line["description"] ?? context.Prices.ServiceOf(code)?.Name ?? line.Id,
            ["quantity"] = Math.Round(quantity, 6),
            ["unitAmount"] = Text(Math.Round(unit, 6)),
        };
        if (DiscountOf(line, quantity, unit, currency) is > 0 and var discount)
            read["discountMinor"] = discount;
        if (type?.TaxRateBasisPoints is { } rate)
            read["taxRatePercent"] = rate / 100m;
        if (code is not null)
            read["serviceCode"] = code;
        return read;
    }

    private static long DiscountOf(HubSpotObject line, decimal quantity, decimal unit, string currency) =>
        AmountOf(line["hs_discount_percentage"]) is > 0 and var percent ? Money.Round(quantity * unit * percent / 100, currency).Minor
        : AmountOf(line["discount"]) is > 0 and var each ? Money.Round(quantity * each, currency).Minor : 0;

    private static string CurrencyOf(HubSpotDeal deal, TranslationContext context) =>
        new[] { context.Entered.GetValueOrDefault("currency"), deal["deal_currency_code"]?.ToUpperInvariant() }.FirstOrDefault(Currency.IsKnown) ?? context.Currency;

    private static IEnumerable<string?> KeysOf(HubSpotObject line) => [line["hs_product_id"], line["hs_sku"], line["name"]];

    private static decimal? AmountOf(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && amount >= 0 ? amount : null;

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
