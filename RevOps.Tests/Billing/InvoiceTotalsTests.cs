using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Billing;
using RevOps.Core.Platform;

namespace RevOps.Tests.Billing;

/// <summary>Totals after EN 16931, for any lines: deductions, rates side by side, with and without the tax in the price.</summary>
public sealed class InvoiceTotalsTests
{
    private static readonly int[] Rates = [0, 210, 550, 1_000, 2_000];

    private static readonly Arbitrary<(TaxedAmount[] Lines, bool Inclusive)> Invoices = (
        from count in Gen.Choose(1, 12)
        from lines in Gen.Choose(-50_000, 500_000).SelectMany(minor => Gen.Elements(Rates).Select(rate => new TaxedAmount(new(minor, "EUR"), TaxCategory.Standard, rate))).ArrayOf(count)
        from inclusive in Gen.Elements(true, false)
        select (lines, inclusive)).ToArbitrary();

    [Fact]
    public void Totals_OfAnyLines_AddUpToTheCent() => Check.QuickThrowOnFailure(Prop.ForAll(Invoices, invoice =>
    {
        var (lines, inclusive) = invoice;
        var totals = InvoiceTotals.Of("EUR", lines, inclusive);
        var stated = lines.Sum(line => line.Amount.Minor);
        return totals.Net + totals.Tax == totals.Gross
            && totals.LineNets.Sum(net => net.Minor) == totals.Net.Minor
            && totals.LineTaxes.Sum(tax => tax.Minor) == totals.Tax.Minor
            && (inclusive ? totals.Gross.Minor : totals.Net.Minor) == stated
            && lines.Zip(totals.LineNets.Zip(totals.LineTaxes)).All(line => (inclusive ? line.Second.First + line.Second.Second : line.Second.First) == line.First.Amount);
    }));

    /// <summary>VAT is due on the sum of a category, half away from zero; no line's share is further than its own rounding and one cent per line away.</summary>
    [Fact]
    public void Tax_OfEachRate_IsThatOfItsSumAndEveryLineCarriesItsShare() => Check.QuickThrowOnFailure(Prop.ForAll(Invoices, invoice =>
    {
        var (lines, inclusive) = invoice;
        var totals = InvoiceTotals.Of("EUR", lines, inclusive);
        return totals.Subtotals.All(subtotal =>
        {
            var sum = lines.Where(line => line.RateBasisPoints == subtotal.RateBasisPoints).Sum(line => line.Amount.Minor);
            var exact = inclusive ? sum - (sum * 10_000m / (10_000 + subtotal.RateBasisPoints)) : sum * (decimal)subtotal.RateBasisPoints / 10_000;
            return Math.Abs(subtotal.Tax.Minor - exact) <= 0.5m;
        }) && lines.Zip(totals.LineTaxes).All(line =>
        {
            var (amount, rate) = (line.First.Amount.Minor, (decimal)line.First.RateBasisPoints);
            var exact = inclusive ? amount - (amount * 10_000 / (10_000 + rate)) : amount * rate / 10_000;
            return lines.Any(other => other.RateBasisPoints == line.First.RateBasisPoints && other.Amount.Minor < 0) || Math.Abs(line.Second.Minor - exact) <= 1 + (lines.Length * 0.5m);
        });
    }));

    [Fact]
    public void Tax_OfThreeLinesOfOneRate_IsOnTheirSum() =>
        Assert.Equal(new Money(2_000, "EUR"), InvoiceTotals.Of("EUR", [.. Enumerable.Repeat(new TaxedAmount(new(3_333, "EUR"), TaxCategory.Standard, 2_000), 3)], inclusive: false).Tax);
}
