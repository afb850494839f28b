using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution.Returns;

namespace RevOps.Tests.Spend;

public sealed class ClickMaturityTests
{
    private static readonly DateOnly Today = new(2026, 5, 31);

    [Fact]
    public void EveryClickPaysHalfAfterTwoWeeksAndHalfAfterFive_SoTwoWeekCohortsAreHalfRipe()
    {
        var credits = Enumerable.Range(0, 140).Select(age => Today.AddDays(-age)).SelectMany(clicked => new[] { (clicked, clicked.AddDays(10), 1_000L), (clicked, clicked.AddDays(31), 1_000L) }).Where(credit => credit.Item2 <= Today);
        var maturity = ClickMaturity.Of(credits, Today);

        Assert.Equal((0d, 0.5, 0.5, 1d, 1d), (maturity.At(3)!.Value, Math.Round(maturity.At(14)!.Value, 6), Math.Round(maturity.At(28)!.Value, 6), maturity.At(40)!.Value, maturity.At(500)!.Value));
        Assert.Equal((false, true, 35), (maturity.IsMature(30), maturity.IsMature(36), maturity.EnoughAfter!.Value));
    }

    [Fact]
    public void TooFewSales_NobodyKnowsAndNothingIsRipe()
    {
        var maturity = ClickMaturity.Of(Enumerable.Range(0, ClickMaturity.FewestSales - 1).Select(age => (Today.AddDays(-100 - age), Today.AddDays(-90), 1_000L)), Today);

        Assert.Equal((false, null, null, false), (maturity.IsKnown, maturity.At(400), maturity.EnoughAfter, maturity.IsMature(400)));
    }

    [Fact]
    public void OlderDays_AreNeverLessRipe() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Credits), credits =>
    {
        var maturity = ClickMaturity.Of(credits, Today);
        if (!maturity.IsKnown)
            return;
        var parts = Enumerable.Range(0, 400).Select(age => maturity.At(age)!.Value).ToList();
        Assert.All(parts, part => Assert.InRange(part, 0, 1));
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.True(pair.Second >= pair.First));
        Assert.Equal(1, parts[^1]);
    }));

    private static Gen<(DateOnly, DateOnly, long)[]> Credits => (
        from age in Gen.Choose(0, 200) from lag in Gen.Choose(0, 90) from minor in Gen.Choose(-5_000, 100_000) where minor != 0
        select (Today.AddDays(-age), Today.AddDays(lag - age), (long)minor)).ArrayOf();
}
