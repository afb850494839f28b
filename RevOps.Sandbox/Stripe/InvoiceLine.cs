using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record TaxRateDetails(string TaxRate);

/// <summary>One rate on a line, or on the whole invoice; the amount is Stripe's per-line rounding or the caller's own.</summary>
internal sealed record Tax(long Amount, string TaxBehavior, TaxRateDetails TaxRateDetails, long TaxableAmount)
{
    public string TaxabilityReason => "not_available";
    public string Type => "tax_rate_details";
}

internal sealed record Period(long End, long Start);

internal sealed record InvoiceLine : IDocument
{
    public required string Id { get; init; }
    public string Object => "line_item";
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<JsonObject> DiscountAmounts => [];
    public bool Discountable { get; init; } = true;
    public IReadOnlyList<string> Discounts => [];
    public required string Invoice { get; init; }
    public bool Livemode => false;
    public SortedDictionary<string, string> Metadata { get; init; } = new(StringComparer.Ordinal);
    public JsonObject? Parent => null;
    public required Period Period { get; init; }
    public required Pricing Pricing { get; init; }
    public decimal Quantity { get; init; } = 1;
    public long Subtotal => Amount;
    public IReadOnlyList<Tax> Taxes { get; init; } = [];

    long IDocument.Created => Period.Start;

    string? IDocument.Parent => Invoice;
}

internal sealed record Pricing(PriceDetails? PriceDetails, string? UnitAmountDecimal)
{
    public string Type => "price_details";
}

internal sealed record PriceDetails(string Price, string Product);
