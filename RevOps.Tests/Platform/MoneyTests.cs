using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Billing;
using RevOps.Core.Platform;

namespace RevOps.Tests.Platform;

public sealed class MoneyTests
{
    [Fact]
    public void Split_AddsUpToTheWholeAndIsFair() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(long Minor, byte[] Weights)>(),
        given =>
        {
            var weights = given.Weights.Select(weight => (decimal)weight).ToArray();
            if (weights.Sum() == 0)
                return true;
            var whole = new Money(given.Minor % 1_000_000_000, "EUR");
            var parts = whole.Split(weights);
            return parts.Sum(part => part.Minor) == whole.Minor
                && parts.Zip(weights).All(pair => Math.Abs(pair.First.Minor - (whole.Minor * pair.Second / weights.Sum())) < 1);
        }));

    [Fact]
    public void Currencies_AreNeverAdded() => Assert.Throws<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "USD"));

    [Fact]
    public void Arithmetic_OverflowsLoudly() => Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "EUR") + new Money(1, "EUR"));

    [Theory]
    [InlineData("EUR", 1.005, 101)]
    [InlineData("EUR", -1.005, -101)]
    [InlineData("JPY", 1.5, 2)]
    [InlineData("TND", 1.0005, 1_001)]
    public void Round_GoesHalfAwayFromZeroToTheMinorUnit(string currency, double amount, long minor) => Assert.Equal(minor, Money.Round((decimal)amount, currency).Minor);

    [Fact]
    public void Totals_AddUpForEveryMixOfLinesRatesAndSides() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(uint[] Cents, byte[] Rates, bool Inclusive)>(),
        given =>
        {
            int[] rates = [2_000, 1_000, 550, 210, 0];
            var lines = given.Cents.Select((cents, index) => new TaxedAmount(
                new(cents % 10_000_000, "EUR"), TaxCategory.Standard, rates[given.Rates.Length == 0 ? 0 : given.Rates[index % given.Rates.Length] % rates.Length])).ToList();
            var totals = InvoiceTotals.Of("EUR", lines, given.Inclusive);
            var asked = lines.Sum(line => line.Amount.Minor);
            return totals.Gross == totals.Net + totals.Tax
                && totals.LineNets.Sum(net => net.Minor) == totals.Net.Minor
                && totals.LineTaxes.Sum(tax => tax.Minor) == totals.Tax.Minor
                && (given.Inclusive ? totals.Gross.Minor : totals.Net.Minor) == asked
                && totals.Subtotals.All(part => given.Inclusive || part.Tax == part.Base.Share(part.RateBasisPoints));
        }));

    [Fact]
    public void Tax_IsOnTheSumOfACategory()
    {
        var line = new TaxedAmount(new(3_333, "EUR"), TaxCategory.Standard, 2_000);
        Assert.Equal(2_000, InvoiceTotals.Of("EUR", [line, line, line], inclusive: false).Tax.Minor);
    }
}
