using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record AutomaticTax(bool Enabled)
{
    public string? Status => null;
}

internal sealed record CustomField(string Name, string Value);

internal sealed record StatusTransitions(long? FinalizedAt, long? MarkedUncollectibleAt, long? PaidAt, long? VoidedAt);

/// <summary>Field for field as the API shows it (without <c>paid</c>, <c>charge</c> and <c>payment_intent</c>, gone since Basil).</summary>
internal sealed record Invoice : IDocument
{
    public required string Id { get; init; }
    public string Object => "invoice";
    public string AccountCountry => "FR";
    public string AccountName => StripeAccountRoute.Name;
    public long AmountDue { get; init; }
    public long AmountOverpaid { get; init; }
    public long AmountPaid { get; init; }
    public long AmountRemaining { get; init; }
    public long AmountShipping => 0;
    public int AttemptCount { get; init; }
    public bool Attempted { get; init; }
    public bool AutoAdvance { get; init; }
    public AutomaticTax AutomaticTax => new(Enabled: false);
    public long? AutomaticallyFinalizesAt { get; init; }
    public string BillingReason => "manual";
    public string CollectionMethod { get; init; } = "charge_automatically";
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public IReadOnlyList<CustomField>? CustomFields { get; init; }
    public required string Customer { get; init; }
    public JsonObject? CustomerAddress { get; init; }
    public string? CustomerEmail { get; init; }
    public string? CustomerName { get; init; }
    public string? CustomerTaxExempt { get; init; }
    public IReadOnlyList<JsonObject> CustomerTaxIds { get; init; } = [];
    public IReadOnlyList<string> DefaultTaxRates { get; init; } = [];
    public string? Description { get; init; }
    public long? DueDate { get; init; }
    public long? EffectiveAt { get; init; }
    public long? EndingBalance { get; init; }
    public string? Footer { get; init; }

    /// <summary>Kept as a path with an unguessable token; the view puts today's address before it.</summary>
    public string? HostedInvoiceUrl { get; init; }
    public string? InvoicePdf { get; init; }
    public JsonObject? LastFinalizationError { get; init; }
    public bool Livemode => false;
    public SortedDictionary<string, string> Metadata { get; init; } = new(StringComparer.Ordinal);
    public string? Number { get; init; }
    public JsonObject? Parent => null;
    public JsonObject PaymentSettings { get; init; } = [];
    public long PeriodEnd => Created;
    public long PeriodStart => Created;
    public long PostPaymentCreditNotesAmount { get; init; }
    public long PrePaymentCreditNotesAmount { get; init; }
    public long StartingBalance { get; init; }
    public string Status { get; init; } = "draft";
    public StatusTransitions StatusTransitions { get; init; } = new(null, null, null, null);
    public long Subtotal { get; init; }
    public long SubtotalExcludingTax { get; init; }
    public long Total { get; init; }
    public IReadOnlyList<JsonObject> TotalDiscountAmounts => [];
    public long TotalExcludingTax { get; init; }
    public IReadOnlyList<Tax> TotalTaxes { get; init; } = [];

    string? IDocument.Parent => Customer;
}

internal static class InvoiceView
{
    private const int EmbeddedLines = 10;

    public static JsonObject Render(StripeSession session, Invoice invoice)
    {
        var view = StripeSession.Plain(invoice);
        var (lines, hasMore) = session.Documents.Page<InvoiceLine>(new PageQuery(EmbeddedLines, Parent: invoice.Id, OldestFirst: true));
        view["lines"] = Listing.List(lines.Select(session.Render), hasMore, $"/v1/invoices/{invoice.Id}/lines");
        foreach (var address in (ReadOnlySpan<string>)["hosted_invoice_url", "invoice_pdf"])
        {
            if (view[address] is { } path)
                view[address] = new Uri(session.Address, path.GetValue<string>()).ToString();
        }
        return view;
    }
}
