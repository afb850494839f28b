using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing.Stripe;

/// <summary>Whether Stripe prints a customer as exempt, or with the "reverse charge" text.</summary>
public enum StripeTaxExempt
{
    None = 0,
    Exempt = 1,
    Reverse = 2,
}

/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record StripeAddress(string? Line1, string? Line2, string? PostalCode, string? City, string? Country)
{
    public override string ToString() => $"address in {Country}";
}

/// <summary>A customer to make. Metadata must name our own customer, so that a lost answer can be looked up.</summary>
public sealed record StripeCustomerDraft
{
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public StripeAddress? Address { get; init; }
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
    public StripeTaxExempt TaxExempt { get; init; }

    /// <summary>IETF tags, the preferred one first: <c>fr-FR</c>.</summary>
    public IReadOnlyList<string> PreferredLocales { get; init; } = [];

    public override string ToString() => "a Stripe customer";
}

/// <summary>One of at most four printed pairs, such as the purchase order: name up to 40 characters, value up to 140.</summary>
public sealed record StripeCustomField(string Name, string Value);

/// <summary>An invoice to make, without lines: Stripe takes those in a second call.</summary>
public sealed record StripeInvoiceDraft
{
    public required string CustomerId { get; init; }

    /// <summary>ISO 4217, upper case.</summary>
    public required string Currency { get; init; }

    /// <summary>
    /// Stripe refuses an invoice to be sent that has no term. It counts from the making of the draft, so it only stands in until
    /// approval sets the due date.
    /// </summary>
    public required int DaysUntilDue { get; init; }

    /// <summary>Must name our own invoice, so that a lost answer can be looked up.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public string? Description { get; init; }
    public string? Footer { get; init; }
    public IReadOnlyList<StripeCustomField> CustomFields { get; init; } = [];
}

/// <summary>What changes on a draft; null keeps what is there.</summary>
public sealed record StripeInvoiceChange
{
    public DateTimeOffset? DueDate { get; init; }

    /// <summary>The printed date of issue.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    public string? Description { get; init; }
    public string? Footer { get; init; }
    public IReadOnlyList<StripeCustomField>? CustomFields { get; init; }
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>
    /// Set on a draft that another program made: from then on it is one to be sent, which Stripe neither issues nor mails by itself, with a
    /// term as in <see cref="StripeInvoiceDraft.DaysUntilDue"/>.
    /// </summary>
    public int? TakenOverWithDays { get; init; }
}

/// <summary>One line of an invoice. <see cref="Amount"/> is the truth: Stripe is never left to round it.</summary>
public sealed record StripeLineDraft
{
    /// <summary>Our own name of the line, kept as metadata <c>line_key</c>.</summary>
    public required string Key { get; init; }

    public required string Description { get; init; }
    public required decimal Quantity { get; init; }

    /// <summary>Price of one in whole units of the currency, up to 6 decimals: 0.125 is 12.5 cents.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>What the line comes to, after its discount; with tax when its taxes are inclusive, else without.</summary>
    public required Money Amount { get; init; }

    public IReadOnlyList<StripeTaxDraft> Taxes { get; init; } = [];

    /// <summary>Quantity times price is left to Stripe only where nothing can be rounded; otherwise it gets our cents and prints the sum.</summary>
    public bool IsExact => Amount.Minor >= 0 && Quantity > 0 && Quantity == decimal.Truncate(Quantity) && Quantity * Price == StripeAmount.Of(Amount);

    /// <summary>What the client reads: where Stripe does not print quantity and price they stand in it, and what was taken off them, as French law wants.</summary>
    public string Printed
    {
        get
        {
            var off = Money.Round(Quantity * UnitPrice, Amount.Currency) - Amount;
            if (IsExact || (Quantity == 1 && off.Minor == 0))
                return Description;
            var taken = off.Minor > 0 && Amount.Minor >= 0 ? $", remise {Number(off.Amount)} {off.Currency}" : "";
            return $"{Description} ({Number(Quantity)} × {Number(UnitPrice)} {Amount.Currency}{taken})";
        }
    }

    internal decimal Price => StripeAmount.Of(UnitPrice, Amount.Currency);

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}

/// <summary>A tax of one line that we worked out ourselves: VAT is due per category on the summed base, Stripe rounds by line.</summary>
public sealed record StripeTaxDraft
{
    public required Money Amount { get; init; }
    public required Money Taxable { get; init; }

    /// <summary>Printed beside the rate: "TVA", or "Autoliquidation" at 0 %.</summary>
    public required string DisplayName { get; init; }

    /// <summary>2,000 is 20 %.</summary>
    public required int RateBasisPoints { get; init; }

    /// <summary>True when the line's amount holds the tax already.</summary>
    public bool Inclusive { get; init; }

    /// <summary>Country that levies the tax, ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "FR";
}

/// <summary>
/// A credit note on an issued invoice. It first lowers what is still owed; the rest must equal
/// <see cref="Refund"/> + <see cref="Credit"/> + <see cref="OutOfBand"/>, else Stripe refuses.
/// </summary>
public sealed record StripeCreditDraft
{
    public required string InvoiceId { get; init; }
    public required IReadOnlyList<StripeCreditLine> Lines { get; init; }

    /// <summary>duplicate, fraudulent, order_change or product_unsatisfactory.</summary>
    public string? Reason { get; init; }

    /// <summary>Printed on the note.</summary>
    public string? Memo { get; init; }

    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>Paid back to the card or account the payment came from.</summary>
    public Money? Refund { get; init; }

    /// <summary>Kept on the customer's balance for the next invoice.</summary>
    public Money? Credit { get; init; }

    /// <summary>Paid back outside Stripe.</summary>
    public Money? OutOfBand { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <param name="InvoiceLineId">Stripe's id of the credited line (<c>il_…</c>).</param>
/// <param name="Amount">Part of the line to credit, on the same side of the tax as the line.</param>
public sealed record StripeCreditLine(string InvoiceLineId, Money Amount, IReadOnlyList<StripeCreditTax> Taxes);

/// <param name="TaxRateId">From <see cref="StripeTax.TaxRateId"/> of the invoice line (<c>txr_…</c>).</param>
public sealed record StripeCreditTax(string TaxRateId, Money Amount, Money Taxable);

/// <summary>Our name of a line that stands at Stripe already.</summary>
/// <param name="LineId">Stripe's id of it (<c>il_…</c>).</param>
public sealed record StripeLineName(string LineId, string Key, string Description);
