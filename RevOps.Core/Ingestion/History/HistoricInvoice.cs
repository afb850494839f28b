using System.Globalization;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.History;

/// <summary>An invoice from before RevOps, in our own words.</summary>
/// <param name="Reference">The deal or booking that it was for where that is known, else its number.</param>
public sealed record HistoricInvoice(string? Number, string Reference, string Currency, DateTimeOffset IssuedAt, DateTimeOffset? DueAt, string? HostedUrl, IReadOnlyList<HistoricLine> Lines)
{
    public static HistoricInvoice Of(StripeInvoice theirs, IReadOnlyList<StripeLine> lines)
    {
        var (gross, net) = (StripeAmount.Read(theirs.Total, theirs.Currency), StripeAmount.Read(theirs.TotalExcludingTax ?? theirs.Total, theirs.Currency));
        var own = HistoricLine.AddUp([.. lines.Select(HistoricLine.Of)], net.Minor, gross.Minor - net.Minor);
        var issued = theirs.EffectiveAt ?? theirs.StatusTransitions?.FinalizedAt ?? theirs.Created ?? default;
        return new(theirs.Number, ForeignInvoices.ReferenceOf(theirs) ?? theirs.Number ?? theirs.Id, gross.Currency, issued, theirs.DueDate, theirs.HostedInvoiceUrl, own);
    }
}

/// <summary>One line of it.</summary>
/// <param name="Key">Stripe's id of the line (<c>il_…</c>).</param>
/// <param name="UnitAmount">In whole units of the currency, as text.</param>
public sealed record HistoricLine(string Key, string Description, decimal Quantity, string UnitAmount, long NetMinor, long TaxMinor, TaxCategory Category, int RateBasisPoints)
{
    public static HistoricLine Of(StripeLine theirs)
    {
        var (net, tax) = AmountsOf(theirs.Amount - (theirs.DiscountAmounts?.Sum(discount => discount.Amount) ?? 0), theirs.Taxes, theirs.Currency);
        var quantity = theirs.Quantity is > 0 and var many ? many : 1;
        var each = theirs.Pricing?.UnitAmountDecimal is { } stated ? StripeAmount.Units(stated, theirs.Currency) : new Money(net, theirs.Currency.ToUpperInvariant()).Amount / quantity;
        return new(theirs.Id, theirs.Description ?? "", quantity, Math.Round(each, 6).ToString(CultureInfo.InvariantCulture), net, tax, CategoryOf(theirs.Taxes), RateOf(theirs.Taxes));
    }

    /// <summary>What a credit note takes back, by the line of the invoice.</summary>
    public static IReadOnlyList<HistoricLine> Of(IReadOnlyList<StripeCreditedLine> theirs, string currency) =>
        [.. theirs.Where(line => line.InvoiceLineItem is not null).Select(line => AmountsOf(line.Amount, line.Taxes, currency) is var (net, tax) ? new HistoricLine(line.InvoiceLineItem!, "", 1, "0", net, tax, CategoryOf(line.Taxes), RateOf(line.Taxes)) : null!)];

    /// <summary>
    /// The lines to the cent of the total: where rounding, or a discount on the whole, leaves a difference it is put on the largest line.
    /// </summary>
    public static IReadOnlyList<HistoricLine> AddUp(IReadOnlyList<HistoricLine> lines, long netMinor, long taxMinor)
    {
        if (lines.Count == 0)
            return netMinor == 0 && taxMinor == 0 ? [] : [new("total", "", 1, "0", netMinor, taxMinor, taxMinor == 0 ? TaxCategory.OutsideScope : TaxCategory.Standard, Rate(taxMinor, netMinor))];
        var (net, tax) = (netMinor - lines.Sum(line => line.NetMinor), taxMinor - lines.Sum(line => line.TaxMinor));
        var largest = lines.Index().MaxBy(line => Math.Abs(line.Item.NetMinor)).Index;
        return [.. lines.Select((line, index) => index == largest ? line with { NetMinor = line.NetMinor + net, TaxMinor = line.TaxMinor + tax } : line)];
    }

    private static (long Net, long Tax) AmountsOf(long amount, IReadOnlyList<StripeTax>? taxes, string currency)
    {
        var inside = taxes?.Where(tax => tax.TaxBehavior == "inclusive").Sum(tax => tax.Amount) ?? 0;
        return (StripeAmount.Read(amount - inside, currency).Minor, StripeAmount.Read(taxes?.Sum(tax => tax.Amount) ?? 0, currency).Minor);
    }

    /// <summary>Stripe names rates by ids; amount and base tell which it was.</summary>
    private static int RateOf(IReadOnlyList<StripeTax>? taxes) => taxes is [var tax, ..] && tax.TaxableAmount is > 0 and var taxed ? Rate(tax.Amount, taxed) : 0;

    /// <summary>In basis points: one that is known where it comes to this amount, else what it comes to.</summary>
    internal static int Rate(long tax, long taxed)
    {
        var known = TaxRate.All.Select(rate => rate.BasisPoints).Distinct().FirstOrDefault(rate => tax != 0 && Math.Abs(tax - (taxed * (decimal)rate / 10_000)) <= 1);
        return known > 0 || taxed == 0 ? known : (int)Math.Round(tax * 10_000m / taxed, MidpointRounding.AwayFromZero);
    }

    private static TaxCategory CategoryOf(IReadOnlyList<StripeTax>? taxes) => taxes switch
    {
        [{ TaxabilityReason: "reverse_charge" }, ..] => TaxCategory.ReverseCharge,
        [{ Amount: not 0 }, ..] => TaxCategory.Standard,
        _ => TaxCategory.OutsideScope,
    };
}
