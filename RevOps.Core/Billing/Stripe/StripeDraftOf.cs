using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing.Stripe;

/// <summary>Our sale in Stripe's words.</summary>
internal static class StripeDraftOf
{
    public const string InvoiceKey = "revops_invoice";
    public const string VersionKey = "revops_draft";
    public const string CustomerKey = "revops_customer";
    public const string BookingName = "booking_id";
    public const string DealName = "deal_id";
    private const int LongestValue = 500;

    public static StripeInvoiceDraft Invoice(BillableSale sale) => new()
    {
        CustomerId = sale.Customer.StripeCustomerId ?? throw new InvalidOperationException("The customer is made before its invoice."),
        Currency = sale.Content.Currency,
        DaysUntilDue = Math.Max(1, sale.Invoice.PaymentTermsDays),
        Metadata = Metadata(sale),
        Footer = string.Join('\n', InvoiceMentions.Of(sale.Company, toBusiness: sale.Details.IsBusiness == true, SaleMentions.Of(sale))),
        CustomFields = [.. FieldsOf(sale)],
    };

    /// <summary>What stands before the reference that a transfer should name; in French as all that is printed.</summary>
    public const string TransferReference = "Référence du virement";

    /// <summary>The buyer's SIREN is a mention of its own since September 2026; Stripe prints VAT numbers only.</summary>
    private static IEnumerable<StripeCustomField> FieldsOf(BillableSale sale)
    {
        if (sale.Content.PurchaseOrder is { } order)
            yield return new("PO", order);
        if (sale.Details is { IsBusiness: true, Siren: { } siren })
            yield return new("SIREN client", siren);
        yield return new(TransferReference, CreditorReference.Grouped(CreditorReference.Of(sale.Invoice.Id)));
    }

    public static IReadOnlyList<StripeLineDraft> Lines(BillableSale sale, Assessment assessment) =>
        [.. sale.Lines.Select(line => line.Line).Select((line, index) => new StripeLineDraft
        {
            Key = line.Key,
            Description = line.Description.Length > 0 ? line.Description : line.Key,
            Quantity = line.Quantity,
            UnitPrice = line.UnitAmount,
            Amount = line.Amount(sale.Content.Currency),
            Taxes = [Tax(sale, assessment, index)],
        })];

    private static StripeTaxDraft Tax(BillableSale sale, Assessment assessment, int index)
    {
        var tax = assessment.Taxes[index];
        return new()
        {
            Amount = assessment.Totals.LineTaxes[index],
            Taxable = assessment.Totals.LineNets[index],
            DisplayName = tax.Category == TaxCategory.ReverseCharge ? "Autoliquidation" : "TVA",
            RateBasisPoints = tax.RateBasisPoints,
            Inclusive = sale.Content.TaxInclusive,
            Country = sale.Company.Country,
        };
    }

    private static Dictionary<string, string> Metadata(BillableSale sale)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [InvoiceKey] = sale.Invoice.Id.ToString(),
            [VersionKey] = sale.Invoice.DraftVersion.ToString(CultureInfo.InvariantCulture),
        };
        AddNames(metadata, BookingName, sale.Bookings.Select(sold => sold.Booking.BookingId));
        AddNames(metadata, DealName, sale.Bookings.Select(sold => sold.Booking.DealId));
        return metadata;
    }

    /// <summary>Of many gathered bookings as many as a value of Stripe's holds; our own id is what counts.</summary>
    private static void AddNames(Dictionary<string, string> metadata, string key, IEnumerable<string?> names)
    {
        var joined = string.Join(' ', names.OfType<string>());
        if (joined.Length > 0)
            metadata[key] = joined.Length > LongestValue ? joined[..LongestValue] : joined;
    }
}
