using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Platform;

namespace RevOps.Tests.Conversions;

/// <summary>What a stage is said to be worth, with amounts done by hand.</summary>
public sealed class ConversionValueTests
{
    private static readonly Money Paid = new(120_00, "EUR");
    private static readonly Money Booked = new(100_00, "EUR");
    private static readonly Money Margin = new(30_00, "EUR");

    [Theory]
    [InlineData(ValueRule.Given, 120_00L)]
    [InlineData(ValueRule.Paid, 120_00L)]
    [InlineData(ValueRule.Booking, 100_00L)]
    [InlineData(ValueRule.Margin, 30_00L)]
    [InlineData(ValueRule.Fixed, 15_00L)]
    [InlineData(ValueRule.None, null)]
    public void EachRule_TakesItsOwn(ValueRule rule, long? expected) => Assert.Equal(expected, ConversionValue.Of(Rule(rule), Paid, Booked, Margin)?.Minor);

    [Fact]
    public void AShare_IsOfTheWhole_HalfToEven()
    {
        Assert.Equal(40_00, ConversionValue.Of(Rule(ValueRule.Paid), Paid, Booked, Margin, 1 / 3m)!.Value.Minor);
        Assert.Equal(2, ConversionValue.Of(Rule(ValueRule.Paid), new Money(5, "EUR"), null, null, 0.5m)!.Value.Minor);
        Assert.Null(ConversionValue.Of(Rule(ValueRule.Margin), Paid, Booked, null, 0.5m));
    }

    [Fact]
    public void AMargin_IsNetLessCost()
    {
        // 2 × 60.00 with 20 % inside is 100.00 net; two cost 50.00.
        Assert.Equal(new Money(50_00, "EUR"), ConversionValue.Margin(Content(taxInclusive: true, Line("slot", 2, 60)), Costs(25_00), 2_000));

        // 2 × 60.00 and the tax on top; one of them at a loss.
        Assert.Equal(new Money(-10_00, "EUR"), ConversionValue.Margin(Content(taxInclusive: false, Line("slot", 2, 60)), Costs(65_00), 2_000));
    }

    [Fact]
    public void AMargin_IsNotGuessed()
    {
        Assert.Null(ConversionValue.Margin(Content(taxInclusive: false, Line("slot", 1, 60), Line(null, 1, 10)), Costs(25_00), 2_000));
        Assert.Null(ConversionValue.Margin(Content(taxInclusive: false, Line("slot", 1, 60)), _ => (null, null), 2_000));
        Assert.Null(ConversionValue.Margin(Content(taxInclusive: false, Line("slot", 1, 60)), _ => (new Money(25_00, "CHF"), null), 2_000));
        Assert.Null(ConversionValue.Margin(Content(taxInclusive: true, Line("slot", 1, 60)), Costs(25_00), standardRate: null));
    }

    private static StageRule Rule(ValueRule rule) => new(ConversionStage.Paid, AdPlatform.Meta, true, "InvoicePaid") { Value = rule, Fixed = new Money(15_00, "EUR") };

    private static Func<string, (Money? Cost, int? RateBasisPoints)?> Costs(long minor) => _ => (new Money(minor, "EUR"), null);

    private static BookingContent Content(bool taxInclusive, params BookingLine[] lines) => new() { Currency = "EUR", TaxInclusive = taxInclusive, Lines = lines };

    private static BookingLine Line(string? service, decimal quantity, decimal unit) => new() { Key = $"{service}{unit}", Description = "A slot", Quantity = quantity, UnitAmount = unit, ServiceCode = service };
}
