using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// What every object of Stripe has. The records below hold what we use of docs.stripe.com/api at
/// <see cref="StripeClient.ApiVersion"/>; amounts are Stripe's integers (<see cref="StripeAmount.Read"/>) in lower-case currencies.
/// </summary>
public abstract record StripeObject
{
    public required string Id { get; init; }
    public bool Livemode { get; init; }
    public DateTimeOffset? Created { get; init; }

    /// <summary>True when this is all that is left of it.</summary>
    public bool Deleted { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>One page of a list.</summary>
public sealed record StripeList<T>
{
    public IReadOnlyList<T> Data { get; init; } = [];
    public bool HasMore { get; init; }
}

public sealed record StripeCustomer : StripeObject
{
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public StripeAddress? Address { get; init; }
    public string? TaxExempt { get; init; }

    /// <summary>Only where asked for.</summary>
    public StripeList<StripeTaxId>? TaxIds { get; init; }

    public override string ToString() => Id;
}

public sealed record StripeTaxId : StripeObject
{
    public required string Type { get; init; }
    public required string Value { get; init; }
    public StripeVerification? Verification { get; init; }
}

/// <param name="Status">pending, verified, unverified or unavailable.</param>
public sealed record StripeVerification(string? Status, string? VerifiedName, string? VerifiedAddress);

public sealed record StripeInvoice : StripeObject
{
    /// <summary>draft, open, paid, uncollectible or void.</summary>
    public required string Status { get; init; }

    public required string Customer { get; init; }

    /// <summary>The buyer as it was when the invoice was finalised, and of a draft as it is.</summary>
    public string? CustomerName { get; init; }

    public string? CustomerEmail { get; init; }
    public string? CustomerPhone { get; init; }
    public StripeAddress? CustomerAddress { get; init; }
    public IReadOnlyList<StripeTaxNumber>? CustomerTaxIds { get; init; }
    public required string Currency { get; init; }

    /// <summary>None before it is finalised.</summary>
    public string? Number { get; init; }

    public string? CollectionMethod { get; init; }
    public bool AutoAdvance { get; init; }
    public long Subtotal { get; init; }
    public long? SubtotalExcludingTax { get; init; }
    public long Total { get; init; }
    public long? TotalExcludingTax { get; init; }
    public long AmountDue { get; init; }
    public long AmountPaid { get; init; }
    public long AmountRemaining { get; init; }
    public long AmountOverpaid { get; init; }

    /// <summary>The customer's balance before and after it was finalised: negative is money kept for them.</summary>
    public long StartingBalance { get; init; }

    public long? EndingBalance { get; init; }
    public long PrePaymentCreditNotesAmount { get; init; }
    public long PostPaymentCreditNotesAmount { get; init; }
    public IReadOnlyList<StripeTax>? TotalTaxes { get; init; }
    public DateTimeOffset? DueDate { get; init; }
    public DateTimeOffset? EffectiveAt { get; init; }
    public StripeInvoiceTimes? StatusTransitions { get; init; }
    public string? HostedInvoiceUrl { get; init; }
    public string? InvoicePdf { get; init; }
    public string? Description { get; init; }
    public string? Footer { get; init; }
    public IReadOnlyList<StripeCustomField>? CustomFields { get; init; }
    public StripeFailure? LastFinalizationError { get; init; }

    /// <summary>The first page only, and only where asked for; <see cref="StripeReads.GetPaymentsAsync"/> has them all.</summary>
    public StripeList<StripePayment>? Payments { get; init; }

    /// <summary>The first page only; <see cref="StripeReads.GetLinesAsync(StripeClient, StripeInvoice, CancellationToken)"/> has them all.</summary>
    public StripeList<StripeLine>? Lines { get; init; }
}

/// <param name="Type">Such as "eu_vat".</param>
public sealed record StripeTaxNumber(string Type, string? Value)
{
    public override string ToString() => Type;
}

public sealed record StripeInvoiceTimes(DateTimeOffset? FinalizedAt, DateTimeOffset? PaidAt, DateTimeOffset? VoidedAt, DateTimeOffset? MarkedUncollectibleAt);

public sealed record StripeFailure(string? Type, string? Code, string? Message, string? Param);

public sealed record StripeLine : StripeObject
{
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }
    public decimal? Quantity { get; init; }
    public StripePricing? Pricing { get; init; }
    public IReadOnlyList<StripeDiscountAmount>? DiscountAmounts { get; init; }
    public IReadOnlyList<StripeTax>? Taxes { get; init; }

    /// <summary>Our own name of the line; null: someone added it elsewhere.</summary>
    public string? Key => Metadata?.GetValueOrDefault("line_key");
}

/// <param name="UnitAmountDecimal">In the currency's minor units, decimals kept.</param>
public sealed record StripePricing(decimal? UnitAmountDecimal);

public sealed record StripeDiscountAmount(long Amount);

/// <param name="TaxBehavior">exclusive or inclusive.</param>
/// <param name="TaxabilityReason">Such as standard_rated, reverse_charge or not_subject_to_tax.</param>
public sealed record StripeTax(long Amount, long? TaxableAmount, string? TaxBehavior, StripeTaxRate? TaxRateDetails, string? TaxabilityReason = null)
{
    [JsonIgnore]
    public string? TaxRateId => TaxRateDetails?.TaxRate;
}

public sealed record StripeTaxRate(string? TaxRate);

/// <summary>One payment on an invoice (<c>invoice_payment</c>); an invoice may have several.</summary>
public sealed record StripePayment : StripeObject
{
    public required string Invoice { get; init; }
    public required string Currency { get; init; }

    /// <summary>open, paid or canceled.</summary>
    public required string Status { get; init; }

    public long? AmountPaid { get; init; }
    public long AmountRequested { get; init; }
    public StripePaymentSource? Payment { get; init; }
    public StripePaymentTimes? StatusTransitions { get; init; }
}

/// <param name="Type">charge, payment_intent or payment_record.</param>
public sealed record StripePaymentSource(string? Type, string? Charge, string? PaymentIntent, string? PaymentRecord);

/// <summary>A payment that went past Stripe (<c>payment_record</c>), as somebody reported it.</summary>
public sealed record StripePaymentRecord : StripeObject
{
    public StripeRecordAmount? AmountRefunded { get; init; }
}

public sealed record StripeRecordAmount(long Value, string Currency);

public sealed record StripePaymentTimes(DateTimeOffset? PaidAt, DateTimeOffset? CanceledAt);

public sealed record StripeRefund : StripeObject
{
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? PaymentIntent { get; init; }

    /// <summary>pending, requires_action, succeeded, failed or canceled.</summary>
    public string? Status { get; init; }

    public string? Reason { get; init; }
}

/// <summary>The client's bank takes money back: a chargeback, or a direct debit that was returned.</summary>
public sealed record StripeDispute : StripeObject
{
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? PaymentIntent { get; init; }

    /// <summary>needs_response, under_review, won, lost, prevented, or warning_… for an inquiry.</summary>
    public required string Status { get; init; }

    public string? Reason { get; init; }
    public StripeDisputeMethod? PaymentMethodDetails { get; init; }

    /// <summary>A debit is returned by its bank without a procedure (SEPA: 8 weeks, 13 months if it was not authorised).</summary>
    [JsonIgnore]
    public bool IsReturnedDebit => PaymentMethodDetails?.Type is "sepa_debit" or "bacs_debit" or "us_bank_account" || Reason is "debit_not_authorized" or "insufficient_funds" or "incorrect_account_details" or "bank_cannot_process";
}

/// <param name="Type">Such as "card" or "sepa_debit".</param>
public sealed record StripeDisputeMethod(string? Type);

public sealed record StripeCreditNote : StripeObject
{
    public required string Invoice { get; init; }
    public required string Currency { get; init; }
    public string? Number { get; init; }

    /// <summary>issued or void.</summary>
    public string? Status { get; init; }

    public long Total { get; init; }
    public long Subtotal { get; init; }
    public long? TotalExcludingTax { get; init; }

    /// <summary>The part of it that had been paid already.</summary>
    public long PostPaymentAmount { get; init; }

    /// <summary>Of that part: what was paid back outside Stripe.</summary>
    public long? OutOfBandAmount { get; init; }

    /// <summary>Of that part: what was paid back through Stripe.</summary>
    public IReadOnlyList<StripeCreditRefund>? Refunds { get; init; }

    public string? Reason { get; init; }
    public string? Memo { get; init; }
    public DateTimeOffset? EffectiveAt { get; init; }
    public string? Pdf { get; init; }

    /// <summary>The first page only.</summary>
    public StripeList<StripeCreditedLine>? Lines { get; init; }
}

public sealed record StripeCreditRefund(long AmountRefunded);

/// <summary>What a credit note takes back of one line of its invoice, or of none.</summary>
public sealed record StripeCreditedLine : StripeObject
{
    public required long Amount { get; init; }
    public string? InvoiceLineItem { get; init; }
    public IReadOnlyList<StripeTax>? Taxes { get; init; }
}

/// <summary>Money on its way from Stripe's balance to the bank.</summary>
public sealed record StripePayout : StripeObject
{
    public required long Amount { get; init; }
    public required string Currency { get; init; }

    /// <summary>pending, in_transit, paid, failed or canceled.</summary>
    public required string Status { get; init; }

    public DateTimeOffset? ArrivalDate { get; init; }

    /// <summary>False for one that somebody asked for: Stripe does not say what it carried.</summary>
    public bool Automatic { get; init; }

    /// <summary>completed, in_progress or not_applicable: whether all that it carried is known.</summary>
    public string? ReconciliationStatus { get; init; }

    public string? FailureCode { get; init; }
}

/// <summary>One movement of the account's balance.</summary>
public sealed record StripeBalanceTransaction : StripeObject
{
    /// <summary>charge, payment, refund, payment_refund, adjustment, stripe_fee, payout or another of Stripe's.</summary>
    public required string Type { get; init; }

    public required long Amount { get; init; }
    public required long Fee { get; init; }
    public required long Net { get; init; }
    public required string Currency { get; init; }

    /// <summary>What moved: its id, or itself where asked for.</summary>
    public JsonElement Source { get; init; }

    [JsonIgnore]
    public string? SourceId => Source.ValueKind is JsonValueKind.String ? Source.GetString() : Text("id");

    /// <summary>Of a charge, refund or dispute that was asked for with it.</summary>
    [JsonIgnore]
    public string? PaymentIntent => Text("payment_intent");

    private string? Text(string field) =>
        Source.ValueKind is JsonValueKind.Object && Source.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <summary>
/// A hint that something changed, delivered at least once and in no order: read the object again and do not trust the body.
/// </summary>
public sealed record StripeEvent : StripeObject
{
    public required string Type { get; init; }
    public required StripeEventData Data { get; init; }
    public string? ApiVersion { get; init; }

    /// <summary>The call that caused it; null where none did.</summary>
    public StripeEventRequest? Request { get; init; }

    /// <summary>Id of what changed: <c>in_1</c>.</summary>
    [JsonIgnore]
    public string? ObjectId => Text("id");

    /// <summary>Kind of what changed: <c>invoice</c>.</summary>
    [JsonIgnore]
    public string? ObjectType => Text("object");

    /// <summary>Reads the body of a webhook whose signature was verified.</summary>
    /// <exception cref="JsonException">No event of Stripe.</exception>
    public static StripeEvent Parse(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize<StripeEvent>(body, StripeJson.Options) ?? throw new JsonException("The event is null.");

    /// <summary>A text of the object that changed, such as <c>invoice</c> of an <c>invoice_payment</c>.</summary>
    public string? Text(string field) =>
        Data.Object.ValueKind is JsonValueKind.Object && Data.Object.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    public override string ToString() => $"{Type} {Id}";
}

public sealed record StripeEventData(JsonElement Object);

/// <param name="IdempotencyKey">The key of the call that caused the event: ours, where we called.</param>
public sealed record StripeEventRequest(string? Id, string? IdempotencyKey);
