using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Tests.Pricing;

public sealed class FormulaTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>Abramowitz and Stegun, tables 26.1 and 26.2.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.158655253931457)]
    [InlineData(2.5, 6.209665325776e-3)]
    [InlineData(-1, 0.841344746068543)]
    [InlineData(5, 2.866515718791946e-7)]
    public void TheNormalTail_IsTheTables(double z, double above)
    {
        Assert.Equal(1, NormalLaw.Above(z) / above, 1e-11);
        Assert.Equal(z, NormalLaw.Quantile(1 - above), 1e-8);
    }

    /// <summary>W(1) is the omega constant, W(e) = 1.</summary>
    [Fact]
    public void LambertW_HasItsKnownValues_AndUndoesItself()
    {
        Assert.Equal(0.567143290409783873, LambertW.OfExp(0), 15);
        Assert.Equal(1, LambertW.OfExp(1), 15);
        Assert.All([-30, -2, 0.5, 1.0001, 3, 40, 5_000.0], z => Assert.Equal(z, LambertW.OfExp(z) + Math.Log(LambertW.OfExp(z)), 1e-9));
    }

    /// <summary>No price on a fine grid earns more, whatever the curve, cost and stock.</summary>
    [Fact]
    public void NoOtherPrice_EarnsMore() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (rate, slope, cost, stock) = (10 + (90 * random.NextDouble()), 0.01 + (0.04 * random.NextDouble()), 20 * random.NextDouble(), 1 + (60 * random.NextDouble()));
        return new PriceCurve[] { new ExponentialCurve(rate, slope, cost), new LinearCurve(rate, slope * rate / 4, cost), new LogitCurve(rate, 3 * random.NextDouble(), slope, cost) }.All(curve =>
        {
            var best = curve.RunOut(stock, 1);
            return Enumerable.Range(0, 5_000).All(step => (step * 0.2) is var price && (price - cost) * Math.Min(stock, curve.DemandAt(price)) <= best.Value + 1e-9);
        });
    }));

    /// <summary>One place and one unit of time with λ* = 1: J = ln 2 / α, price J + 1/α. Gallego and van Ryzin (1994), section 2.3.</summary>
    [Fact]
    public void OnePlace_HasItsValueByHand()
    {
        var model = new GallegoVanRyzin(Math.E, 0.5);
        Assert.Equal(Math.Log(2) / 0.5, model.Value(1, 1), 12);
        Assert.Equal((Math.Log(2) + 1) / 0.5, model.Price(1, 1), 12);
        Assert.Equal(Math.Log(1 + 3 + 4.5) / 0.5, model.Value(2, 3), 12);
        Assert.Equal(2, model.Path(3, 1, 4)[^1].Price, 12);
    }

    /// <summary>Steps of the Hamilton–Jacobi equation that the closed form solves: dJ/dt = max over p of λ(p)(p − ΔJ).</summary>
    [Fact]
    public void TheClosedForm_SolvesItsEquation()
    {
        var (model, step) = (new GallegoVanRyzin(40, 0.02), 1e-4);
        foreach (var (stock, time) in new[] { (1, 0.3), (5, 1.0), (20, 1.0), (3, 4.0) })
        {
            var slope = (model.Value(stock, time + step) - model.Value(stock, time - step)) / (2 * step);
            var gap = model.Value(stock, time) - model.Value(stock - 1, time);
            var earns = Enumerable.Range(0, 6_000).Max(price => 40 * Math.Exp(-0.02 * price * 0.1) * ((price * 0.1) - gap));
            Assert.Equal(1, slope / earns, 1e-5);
        }
    }

    [Fact]
    public void Prices_FallWithStockAndTimeGone_AndValueStaysBelowTheBound() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (model, stock, time) = (new GallegoVanRyzin(1 + (500 * random.NextDouble()), 0.01 + random.NextDouble()), random.Next(1, 200), 0.1 + (5 * random.NextDouble()));
        var path = model.Path(stock, time, 10);
        return model.Price(stock, time) >= model.Price(stock + 1, time) && path.Zip(path.Skip(1)).All(pair => pair.First.Price >= pair.Second.Price)
            && model.Price(stock, time) >= 1 / model.Sensitivity && model.Value(stock, time) <= new ExponentialCurve(model.Rate, model.Sensitivity).RunOut(stock, time).Value * (1 + 1e-12);
    }));

    /// <summary>Against every limit tried, the shows summed one by one.</summary>
    [Fact]
    public void NoOtherLimit_CostsLess() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (capacity, come, denied, empty) = (random.Next(1, 60), 0.5 + (0.5 * random.NextDouble()), 10 + (500 * random.NextDouble()), 10 + (200 * random.NextDouble()));
        var best = Overbooking.Of(capacity, come, denied, empty);
        return Math.Abs(Cost(best.Limit, capacity, come, denied, empty) - best.Cost) < 1e-7
            && Enumerable.Range(capacity, 2 * capacity).All(limit => Cost(limit, capacity, come, denied, empty) >= best.Cost - 1e-7);
    }));

    [Fact]
    public void WhereEverybodyComes_NothingIsOverbooked() => Assert.Equal(new(30, 0, 0, 0), Overbooking.Of(30, 1, 100, 50));

    [Fact]
    public void WhatIsOutOfRange_IsNamed()
    {
        Assert.Equal("showChance", Assert.Throws<ArgumentOutOfRangeException>(() => Overbooking.Of(10, 1.2, 1, 1)).ParamName);
        Assert.Equal("stock", Assert.Throws<ArgumentOutOfRangeException>(() => new GallegoVanRyzin(1, 1).Price(0, 1)).ParamName);
        Assert.Equal("sensitivity", Assert.Throws<ArgumentOutOfRangeException>(() => new GallegoVanRyzin(1, 0).Price(1, 1)).ParamName);
    }

    private static double Cost(int limit, int capacity, double come, double denied, double empty)
    {
        // Shows by adding one booking after the other.
        var chances = new double[limit + 1];
        chances[0] = 1;
        for (var booked = 0; booked < limit; booked++)
        {
            for (var shows = booked + 1; shows > 0; shows--)
                chances[shows] = (chances[shows] * (1 - come)) + (chances[shows - 1] * come);
            chances[0] *= 1 - come;
        }

        return chances.Select((chance, shows) => chance * (shows > capacity ? denied * (shows - capacity) : empty * (capacity - shows))).Sum();
    }
}
