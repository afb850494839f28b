using RevOps.Core.Catalogue;
using RevOps.Core.Platform;

namespace RevOps.Tests.Catalogue;

/// <summary>Which price is in force on a day, for whom, and on which side of the tax.</summary>
public sealed class PriceListTests
{
    private static readonly Guid Customer = Guid.CreateVersion7();
    private static readonly Service Audit = new() { Id = Guid.CreateVersion7(), Code = "AUDIT", Name = "Audit", RecordedAt = default };

    [Theory]
    [InlineData("2025-12-31", null)]
    [InlineData("2026-01-01", 100.0)]
    [InlineData("2026-03-31", 100.0)]
    [InlineData("2026-04-01", 110.0)]
    public void ListPrice_HoldsUntilTheNextBegins(string day, double? expected) =>
        Assert.Equal((decimal?)expected, Of(day, Price("100", "2026-01-01"), Price("110", "2026-04-01"))?.UnitAmount);

    [Fact]
    public void Contract_GoesBeforeTheList()
    {
        var price = Of("2026-02-01", Price("100", "2026-01-01"), Price("80", "2025-01-01", Customer));
        Assert.Equal((80m, true), (price!.UnitAmount, price.IsContract));
    }

    [Fact]
    public void ContractThatEnded_GivesTheListPriceAndNotAnOlderContract()
    {
        var price = Of("2026-07-01", Price("100", "2026-01-01"), Price("70", "2025-01-01", Customer), Price("80", "2026-01-01", Customer, until: "2026-06-30"));
        Assert.Equal((100m, false), (price!.UnitAmount, price.IsContract));
        Assert.Equal(80m, Of("2026-06-30", Price("100", "2026-01-01"), Price("70", "2025-01-01", Customer), Price("80", "2026-01-01", Customer, until: "2026-06-30"))!.UnitAmount);
        Assert.Null(Of("2026-07-01", Price("90", "2025-01-01"), Price("100", "2026-01-01", until: "2026-06-30")));
    }

    [Fact]
    public void AnotherCurrencyOrCode_HasNone_AndCaseMakesNoDifference()
    {
        var list = new PriceList([Audit], [Price("100", "2026-01-01")]);
        Assert.Null(list.Of("AUDIT", "USD", new(2026, 2, 1)));
        Assert.Null(list.Of("VISIT", "EUR", new(2026, 2, 1)));
        Assert.Null(list.Of(null, "EUR", new(2026, 2, 1)));
        Assert.NotNull(list.Of("audit", "EUR", new(2026, 2, 1)));
    }

    [Theory]
    [InlineData(false, false, 100.0)]
    [InlineData(false, true, 120.0)]
    [InlineData(true, false, 83.333333)]
    [InlineData(true, true, 100.0)]
    public void On_TakesThePriceToTheAskedSideOfTheTax(bool inclusive, bool asked, double expected) =>
        Assert.Equal((decimal)expected, new CataloguePrice(100, inclusive, false).On(asked, 2_000));

    [Fact]
    public void Margin_IsBeforeTaxAndInOneCurrency()
    {
        var price = new CataloguePrice(120, TaxInclusive: true, IsContract: false);
        Assert.Equal(new Money(4_000, "EUR"), price.MarginOver("EUR", new Money(6_000, "EUR"), 2_000));
        Assert.Null(price.MarginOver("EUR", new Money(6_000, "USD"), 2_000));
        Assert.Null(price.MarginOver("EUR", null, 2_000));
        Assert.Null(price.MarginOver("EUR", new Money(6_000, "EUR"), null));
    }

    private static CataloguePrice? Of(string day, params PriceVersion[] prices) => new PriceList([Audit], prices).Of("AUDIT", "EUR", Day(day));

    private static PriceVersion Price(string amount, string from, Guid? customer = null, string? until = null) => new()
    {
        Id = Guid.CreateVersion7(), ServiceId = Audit.Id, CustomerId = customer, Currency = "EUR", UnitAmount = amount, ValidFrom = Day(from), ValidUntil = until is null ? null : Day(until), UserId = Guid.Empty, RecordedAt = default,
    };

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
