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

    /// <summary>Set-up of 1,000 and 1,200 a year to run, on a gain of 2,400: the 1,200 that are left a year pay it in 304 days.</summary>
    [Fact]
    public void Payback_CountsWhatItCostsToRunMeanwhile()
    {
        var inputs = Nothing with { Invoices = Spread.Exactly(240), ErrorRate = Spread.Exactly(0.5), CostOfError = Spread.Exactly(20), SetUpCost = Spread.Exactly(1_000), RunningCost = Spread.Exactly(1_200) };

        Assert.Equal(1_000 / 1_200d * 365, ImpactSimulation.Of(inputs, Levers.Billing, 1).PaybackDays!.Value, 6);
        Assert.Null(ImpactSimulation.Of(inputs with { RunningCost = Spread.Exactly(2_400) }, Levers.Billing, 1).PaybackDays);
    }

    /// <summary>Of 49,315 with 20 % of tax in it 41,096 stay; +15 % of return saves 13.0 % of the spend at equal sales; a doubled budget with a power of 0.5 sells 41 % more.</summary>
    [Fact]
    public void Results_AreThoseOfTheFormulae()
    {
        var inputs = Cash with { DsoCut = Spread.Exactly(15), VatRate = Spread.Exactly(0.2), AdSpend = Spread.Exactly(100_000), Roas = Spread.Exactly(4), RoasByFeedback = Spread.Exactly(0.15), Margin = Spread.Exactly(0.4), Incrementality = Spread.Exactly(1) };
        var result = ImpactSimulation.Of(inputs, Levers.Billing | Levers.Feedback, 1);

        Assert.Equal((49_315, 41_096, 2_055, 13_043), (Math.Round(result.CashReleased.P50), Math.Round(result.CashKept.P50), Math.Round(result.CashWorth.P50), Math.Round(result.SpendSaved.P50)));
        Assert.Equal(0, result.BudgetMargin.P90);
        var raised = ImpactSimulation.Of(inputs with { BudgetRise = Spread.Exactly(1), BudgetPower = Spread.Exactly(0.5) }, Levers.None, 1);
        Assert.Equal((160_000 * (Math.Sqrt(2) - 1)) - 100_000, raised.BudgetMargin.P50, 6);
    }

    [Fact]
    public void Inputs_NameWhatCannotBeReckonedWith()
    {
        Assert.Null(PrefillQueries.Usual.Wrong);
        Assert.Null(Cash.Wrong);
        Assert.Equal(nameof(SimulationInputs.Margin), (Cash with { Margin = Spread.Exactly(1.5) }).Wrong);
        Assert.Equal(nameof(SimulationInputs.AdSpend), (Cash with { AdSpend = Spread.Exactly(1e30) }).Wrong);
        Assert.Equal(nameof(SimulationInputs.DsoCut), (Cash with { DsoCut = new(3, 2, 26) }).Wrong);
    }

    [Fact]
    public void Tornado_NamesWhatMovesTheResultMost()
    {
        var result = ImpactSimulation.Of(Cash with { CostOfCash = new(0.04, 0.05, 0.06) }, Levers.Billing, 1);

        Assert.Equal([nameof(SimulationInputs.DsoCut), nameof(SimulationInputs.CostOfCash)], result.Tornado.Select(bar => bar.Input));
    }
}
