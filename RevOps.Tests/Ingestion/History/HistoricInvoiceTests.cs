using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Ingestion.History;

namespace RevOps.Tests.Ingestion.History;

/// <summary>Stripe's lines in our words: net, tax, rate and category, adding up to the invoice to the cent.</summary>
public sealed class HistoricInvoiceTests
{
    [Fact]
    public void ALine_TakesItsDiscountAndTheTaxInsideOff()
    {
        var line = HistoricLine.Of(Line(12_000, Tax(1_800, 9_000, "inclusive")) with { DiscountAmounts = [new(1_200)], Quantity = 2, Pricing = new(6_000) });
        Assert.Equal((9_000L, 1_800L, TaxCategory.Standard, 2_000, "60", 2m), (line.NetMinor, line.TaxMinor, line.Category, line.RateBasisPoints, line.UnitAmount, line.Quantity));
    }

    [Theory]
    [InlineData(667, 3_333, 2_000)]
    [InlineData(183, 3_333, 550)]
    [InlineData(650, 10_000, 650)]
    public void ARate_IsTheKnownOneWhereItComesToTheAmount(long tax, long taxed, int expected) =>
        Assert.Equal(expected, HistoricLine.Of(Line(taxed, Tax(tax, taxed, "exclusive"))).RateBasisPoints);

    [Fact]
    public void ReverseCharge_IsToldFromOutOfScope()
    {
        Assert.Equal(TaxCategory.ReverseCharge, HistoricLine.Of(Line(100, Tax(0, 100, "exclusive") with { TaxabilityReason = "reverse_charge" })).Category);
        Assert.Equal(TaxCategory.OutsideScope, HistoricLine.Of(Line(100)).Category);
    }

    [Fact]
    public void ADiscountOnTheWhole_FallsOnTheLargestLine()
    {
        var lines = HistoricLine.AddUp([HistoricLine.Of(Line(100)), HistoricLine.Of(Line(900))], netMinor: 950, taxMinor: 3);
        Assert.Equal([(100L, 0L), (850L, 3L)], lines.Select(line => (line.NetMinor, line.TaxMinor)));
        Assert.Equal([(5L, 1L)], HistoricLine.AddUp([], 5, 1).Select(line => (line.NetMinor, line.TaxMinor)));
    }

    [Fact]
    public void ACurrencyWithoutCents_KeepsItsUnits()
    {
        var line = HistoricLine.Of(Line(5_000) with { Currency = "jpy", Pricing = new(5_000) });
        Assert.Equal((5_000L, "5000"), (line.NetMinor, line.UnitAmount));
    }

    private static StripeLine Line(long amount, params StripeTax[] taxes) => new() { Id = "il_1", Amount = amount, Currency = "eur", Description = "Audit", Taxes = taxes };

    private static StripeTax Tax(long amount, long taxed, string behavior) => new(amount, taxed, behavior, null, "standard_rated");
}
