using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Connectors.HubSpot;

/// <summary>
/// What a deal sells. A sale stands on one side of the tax: where lines of both meet, the prices that hold it are taken apart by their rate.
/// </summary>
public sealed record DealLines(JsonArray Lines, bool TaxInclusive)
{
    /// <summary>A code of <see cref="DeliveryGap"/>: what keeps it from being read.</summary>
    public string? Gap { get; private init; }

    /// <summary>The line that lacks it.</summary>
    public HubSpotObject? Lacking { get; private init; }

    public static DealLines Of(HubSpotDeal deal, string currency, TranslationContext context)
    {
        if (deal.Lines.Count == 0)
        {
            var amount = AmountOf(context.Entered.GetValueOrDefault("unitAmount")) ?? AmountOf(deal["amount"]);
            return amount is null ? new([], false) { Gap = DeliveryGap.Price }
                : new([new JsonObject { ["key"] = "deal", ["description"] = deal["dealname"] ?? deal.Id, ["quantity"] = 1, ["unitAmount"] = Text(amount.Value) }], false);
        }

        var priced = deal.Lines.Select(line => Priced.Of(line, currency, context)).ToList();
        if (priced.Find(line => line.Unit is null) is { } free)
            return new([], false) { Gap = DeliveryGap.Price, Lacking = free.Line };

        // What costs nothing stands on no side of the tax.
        var inclusive = priced.TrueForAll(line => line.TaxInclusive || line.Unit == 0);
        if (!inclusive && priced.Find(line => line is { TaxInclusive: true, Inside: null }) is { } unknown)
            return new([], false) { Gap = DeliveryGap.TaxRate, Lacking = unknown.Line };
        return new([.. priced.Select(line => line.ToJson(inclusive, currency, context))], inclusive);
    }

    /// <summary>Keys under which a line may be mapped, the most telling first.</summary>
    public static IEnumerable<string?> KeysOf(HubSpotObject line) => [line["hs_product_id"], line["hs_sku"], line["name"]];

    internal static decimal? AmountOf(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && amount >= 0 ? amount : null;

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    /// <param name="Unit">Null: nothing says a price.</param>
    /// <param name="TaxInclusive">Said by whoever says the price; of a price that was agreed in the deal, by the mapping.</param>
    /// <param name="Rate">In basis points; null leaves it to the tax rules.</param>
    private sealed record Priced(HubSpotObject Line, string? Code, decimal? Unit, bool TaxInclusive, int? Rate)
    {
        /// <summary>The rate of the tax within a price that holds it: the mapping's, else the service's; null where neither says one.</summary>
        public int? Inside { get; private init; }

        public static Priced Of(HubSpotObject line, string currency, TranslationContext context)
        {
            var type = context.Mapping.Type(KeysOf(line));
            var code = type?.ServiceCode ?? context.Prices.ServiceOf(line["hs_sku"])?.Code;

            // The deal says what was agreed; the mapping and the catalogue speak where it says nothing.
            var inside = type?.TaxRateBasisPoints ?? context.Prices.ServiceOf(code)?.TaxRateBasisPoints;
            if ((AmountOf(line["price"]) ?? AmountOf(type?.UnitAmount)) is { } said)
                return new(line, code, said, type?.TaxInclusive ?? false, type?.TaxRateBasisPoints) { Inside = inside };
            var listed = context.Prices.Of(code, currency, context.Day);
            return new(line, code, listed?.UnitAmount, listed?.TaxInclusive ?? false, type?.TaxRateBasisPoints) { Inside = inside };
        }

        public JsonObject ToJson(bool inclusive, string currency, TranslationContext context)
        {
            var (quantity, unit) = (AmountOf(Line["quantity"]) ?? 1, Unit!.Value);
            var apart = TaxInclusive && !inclusive ? 1 + (Inside!.Value / 10_000m) : 1;
            var read = new JsonObject
            {
                ["key"] = Line.Id,
                ["description"] = Line["name"] ?? Line["description"] ?? context.Prices.ServiceOf(Code)?.Name ?? Line.Id,
                ["quantity"] = Math.Round(quantity, 6),
                ["unitAmount"] = Text(Math.Round(unit / apart, 6)),
            };
            if (Money.Round(DiscountOf(quantity, unit) / apart, currency).Minor is > 0 and var discount)
                read["discountMinor"] = discount;
            if (Rate is { } rate)
                read["taxRatePercent"] = rate / 100m;
            if (Code is not null)
                read["serviceCode"] = Code;
            return read;
        }

        private decimal DiscountOf(decimal quantity, decimal unit) =>
            AmountOf(Line["hs_discount_percentage"]) is > 0 and var percent ? quantity * unit * percent / 100 : AmountOf(Line["discount"]) is > 0 and var each ? quantity * each : 0;
    }
}
