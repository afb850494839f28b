using FsCheck;
using FsCheck.Fluent;
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
}
