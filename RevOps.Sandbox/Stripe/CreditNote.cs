using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record CreditNoteLine
{
    public required string Id { get; init; }
    public string Object => "credit_note_line_item";
    public required long Amount { get; init; }
    public string? Description { get; init; }
    public long DiscountAmount => 0;
    public string? InvoiceLineItem { get; init; }
    public bool Livemode => false;
    public decimal? Quantity { get; init; }
    public IReadOnlyList<Tax> Taxes { get; init; } = [];
    public required string Type { get; init; }
    public string? UnitAmountDecimal { get; init; }
}

internal sealed record RefundOf(long AmountRefunded, string Refund);

internal sealed record CreditNoteLines(IReadOnlyList<CreditNoteLine> Data, string Url)
{
    public string Object => "list";
    public bool HasMore => false;
}

internal sealed record CreditNote : IDocument
{
    public required string Id { get; init; }
    public string Object => "credit_note";
    public long Amount => Total;
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public required string Customer { get; init; }
    public long DiscountAmount => 0;
    public long? EffectiveAt { get; init; }
    public required string Invoice { get; init; }
    public required CreditNoteLines Lines { get; init; }
    public bool Livemode => false;
    public string? Memo { get; init; }
    public SortedDictionary<string, string> Metadata { get; init; } = new(StringComparer.Ordinal);
    public string? Number { get; init; }
    public long? OutOfBandAmount { get; init; }
    public long PostPaymentAmount { get; init; }
    public long PrePaymentAmount { get; init; }
    public string? Reason { get; init; }
    public IReadOnlyList<RefundOf> Refunds { get; init; } = [];
    public string Status { get; init; } = "issued";
    public required long Subtotal { get; init; }
    public required long SubtotalExcludingTax { get; init; }
    public required long Total { get; init; }
    public required long TotalExcludingTax { get; init; }
    public required IReadOnlyList<Tax> TotalTaxes { get; init; }
    public string Type => PostPaymentAmount == 0 ? "pre_payment" : PrePaymentAmount == 0 ? "post_payment" : "mixed";
    public long? VoidedAt { get; init; }
    string? IDocument.Parent => Invoice;
}
