using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>A line beside the price in force: what it should come to, and what it says.</summary>
/// <param name="LineKey">Which line.</param>
/// <param name="InForce">Unit price by the catalogue, on the line's side of the tax.</param>
/// <param name="Stated">Unit price of the line.</param>
/// <param name="Expected">Quantity at the price in force.</param>
/// <param name="Amount">What the line comes to.</param>
/// <param name="IsContract">The price in force is the customer's own.</param>
public sealed record PriceDifference(string LineKey, decimal InForce, decimal Stated, Money Expected, Money Amount, bool IsContract)
{
    public Money Difference => Amount - Expected;
}

/// <summary>Compares a line with the catalogue, to the cent.</summary>
public static class PriceCheck
{
    /// <param name="line">As the sender or Finance has it.</param>
    /// <param name="price">In force on the day of supply.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="taxInclusive">Which side of the tax the line is on.</param>
    /// <param name="rateBasisPoints">The line's VAT rate, for a price on the other side of the tax.</param>
    /// <param name="withDiscount">A sender's discount is part of the price; what Finance gives away by itself is not.</param>
    /// <returns>Null when the line fits. Where the price stands on the other side of the tax, a minor unit is left to rounding.</returns>
    public static PriceDifference? Of(BookingLine line, CataloguePrice price, string currency, bool taxInclusive, int rateBasisPoints, bool withDiscount)
    {
        var inForce = price.On(taxInclusive, rateBasisPoints);
        var expected = Money.Round(line.Quantity * inForce, currency);
        var amount = withDiscount ? line.Amount(currency) : Money.Round(line.Quantity * line.UnitAmount, currency);
        var leeway = price.TaxInclusive == taxInclusive ? 0 : 1;
        return Math.Abs(amount.Minor - expected.Minor) <= leeway ? null : new(line.Key, inForce, line.UnitAmount, expected, amount, price.IsContract);
    }
}
