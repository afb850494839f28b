namespace RevOps.Core.Scorecard.Simulation;

/// <summary>Between which figures an input may lie: beyond them nothing is meant, and amounts would no longer fit.</summary>
public readonly record struct InputLimits(double Least, double Most)
{
    private const double Money = 1e11;
    private const double Count = 1e9;

    public bool Holds(Spread spread) => spread.IsValid && spread.Low >= Least && spread.High <= Most;

    /// <param name="name">Of the input.</param>
    public static InputLimits Of(string name) => name switch
    {
        nameof(SimulationInputs.CreditSales) or nameof(SimulationInputs.AdSpend) or nameof(SimulationInputs.SlotSales) or nameof(SimulationInputs.CashBuffer) or nameof(SimulationInputs.SetUpCost) or nameof(SimulationInputs.RunningCost) => new(0, Money),
        nameof(SimulationInputs.CostOfError) => new(0, 1e6),
        nameof(SimulationInputs.Invoices) or nameof(SimulationInputs.Conversions) => new(0, Count),
        nameof(SimulationInputs.Dso) or nameof(SimulationInputs.DsoCut) => new(0, ImpactSimulation.Never),
        nameof(SimulationInputs.Roas) => new(0, 1_000),

        // What is hoped for may turn out a loss.
        nameof(SimulationInputs.RoasByAttribution) or nameof(SimulationInputs.RoasByFeedback) => new(-1, 10),
        nameof(SimulationInputs.YieldGain) => new(-1, 1),
        nameof(SimulationInputs.BudgetRise) => new(-1, 10),
        _ => new(0, 1),
    };
}
