using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;

namespace RevOps.Tests.Billing;

/// <summary>A line beside the price in force, to the cent.</summary>
public sealed class PriceCheckTests
{
    private static readonly CataloguePrice Hundred = new(100, TaxInclusive: false, IsContract: true);

    [Fact]
    public void ALineThatFits_IsSilent() => Assert.Null(Of(new() { Key = "1", Description = "", Quantity = 3, UnitAmount = 100 }, Hundred));

    [Fact]
    public void ALineThatDoesNot_CarriesBothFigures()
    {
        var difference = Of(new() { Key = "1", Description = "", Quantity = 3, UnitAmount = 99.99m }, Hundred)!;
        Assert.Equal(new("1", 100, 99.99m, new Money(30_000, "EUR"), new Money(29_997, "EUR"), IsContract: true), difference);
        Assert.Equal(new Money(-3, "EUR"), difference.Difference);
    }

    [Fact]
    public void ASendersDiscount_IsPartOfThePrice_AndOneOfFinancesOwnIsNot()
    {
        var line = new BookingLine { Key = "1", Description = "", Quantity = 1, UnitAmount = 100, DiscountMinor = 500 };
        Assert.Equal(new Money(-500, "EUR"), Of(line, Hundred, withDiscount: true)!.Difference);
        Assert.Null(Of(line, Hundred, withDiscount: false));

        // Sold at 105 less 5: the client pays what the catalogue says.
        var dressed = line with { UnitAmount = 105 };
        Assert.Null(Of(dressed, Hundred, withDiscount: true));
        Assert.NotNull(Of(dressed, Hundred, withDiscount: false));
    }

    [Theory]
    [InlineData(83.33, true)]
    [InlineData(83.34, true)]
    [InlineData(83.35, false)]
    [InlineData(83.31, false)]
    public void APriceOnTheOtherSideOfTheTax_LeavesAMinorUnitToRounding(double stated, bool fits) =>
        Assert.Equal(fits, Of(new() { Key = "1", Description = "", Quantity = 1, UnitAmount = (decimal)stated }, new CataloguePrice(100, TaxInclusive: true, IsContract: false)) is null);

    private static PriceDifference? Of(BookingLine line, CataloguePrice price, bool withDiscount = true) => PriceCheck.Of(line, price, "EUR", taxInclusive: false, rateBasisPoints: 2_000, withDiscount);
}
