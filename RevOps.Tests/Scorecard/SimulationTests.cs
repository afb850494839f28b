using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Tests.Scorecard;

public sealed class SimulationTests
{
    private static readonly SimulationInputs Nothing = new()
    {
        CreditSales = default, Dso = default, DsoCut = default, CostOfCash = default, Invoices = default, ErrorRate = default, ErrorRateAfter = default, CostOfError = default, AdSpend = default, Roas = default,
        RoasByAttribution = default, RoasByFeedback = default, Margin = default, Incrementality = default, Conversions = default, SignalLoss = default, Recovery = default, SlotSales = default, YieldGain = default,
        CashBuffer = default, BufferCut = default, SetUpCost = default, RunningCost = default,
    };

    private static readonly SimulationInputs Cash = Nothing with { CreditSales = Spread.Exactly(1_200_000), Dso = Spread.Exactly(60), DsoCut = new(3, 15, 26), CostOfCash = Spread.Exactly(0.05) };

    [Theory]
    [InlineData(3, 9_863)]
    [InlineData(15, 49_315)]
    [InlineData(23, 75_616)]
    [InlineData(26, 85_479)]
    public void Cash_IsTheSalesOfTheDaysThatAreSaved(double days, double released) =>
        Assert.Equal(released, Projection.Of(Cash with { DsoCut = Spread.Exactly(days) }, Levers.Billing, spread => spread.Mode).CashReleased, 0);

    /// <summary>Expected figures and tolerance are those of the scorecard's facts.</summary>
    [Fact]
    public void Draws_AreTriangular()
    {
        var result = ImpactSimulation.Of(Cash, Levers.Billing, seed: 1);

        Assert.InRange(60 - result.DsoAfter.Mean, 14.667 - 0.15, 14.667 + 0.15);
        Assert.InRange(60 - result.DsoAfter.P90, 8.254 - 0.15, 8.254 + 0.15);
        Assert.InRange(60 - result.DsoAfter.P50, 14.747 - 0.15, 14.747 + 0.15);
        Assert.InRange(60 - result.DsoAfter.P10, 20.970 - 0.15, 20.970 + 0.15);
        Assert.InRange(result.CashReleased.Mean, 48_219 - 500, 48_219 + 500);
        Assert.InRange(result.CashReleased.P10, 27_135 - 500, 27_135 + 500);
        Assert.InRange(result.CashReleased.P90, 68_943 - 500, 68_943 + 500);
    }

    [Fact]
    public void Draws_AreTheSameForTheSameSeed()
    {
        var (one, again, other) = (ImpactSimulation.Of(Cash, Levers.All, 7), ImpactSimulation.Of(Cash, Levers.All, 7), ImpactSimulation.Of(Cash, Levers.All, 8));

        Assert.Equal(one.CashReleased, again.CashReleased);
        Assert.NotEqual(one.CashReleased, other.CashReleased);
    }

    [Fact]
    public void Lever_CountsOnlyWhileItIsInService()
    {
        var inputs = Cash with { AdSpend = Spread.Exactly(100_000), Roas = Spread.Exactly(4), RoasByFeedback = Spread.Exactly(0.15), Margin = Spread.Exactly(0.4), Incrementality = Spread.Exactly(1), SignalLoss = Spread.Exactly(0.3), Recovery = Spread.Exactly(1), Conversions = Spread.Exactly(1_000) };

        Assert.Equal(0, ImpactSimulation.Of(inputs, Levers.Billing, 1).FeedbackMargin.P90);
        var fed = ImpactSimulation.Of(inputs, Levers.Feedback, 1);
        Assert.Equal(24_000, fed.FeedbackMargin.P50, 6);
        Assert.Equal(300, fed.ConversionsRecovered.P50, 6);
        Assert.Equal(0.3 / 0.7, fed.ObservedGrowth.P50, 6);
        Assert.Equal(0, fed.CashReleased.P90);
        Assert.Equal(2.5, fed.BreakEvenRoas);
    }

    [Fact]
    public void Tornado_NamesWhatMovesTheResultMost()
    {
        var result = ImpactSimulation.Of(Cash with { CostOfCash = new(0.04, 0.05, 0.06) }, Levers.Billing, 1);

        Assert.Equal([nameof(SimulationInputs.DsoCut), nameof(SimulationInputs.CostOfCash)], result.Tornado.Select(bar => bar.Input));
    }
}
