using System.Text.Json.Serialization;

namespace RevOps.Core.Scorecard.Simulation;

/// <summary>
/// What a projection starts from. Money in whole units of the company's currency a year; shares from 0 to 1. Each is the company's own figure
/// where it is known, else a range with its source.
/// </summary>
public sealed record SimulationInputs
{
    /// <summary>With tax, since that is what clients owe.</summary>
    public required Spread CreditSales { get; init; }

    /// <summary>Today's DSO.</summary>
    public required Spread Dso { get; init; }

    /// <summary>By how many days billing at once shortens it; no survey found 26 for a small agency, so the usual range is 3, 15, 26.</summary>
    public required Spread DsoCut { get; init; }

    /// <summary>What a year of borrowed money costs.</summary>
    public required Spread CostOfCash { get; init; }

    public required Spread Invoices { get; init; }
    public required Spread ErrorRate { get; init; }
    public required Spread ErrorRateAfter { get; init; }
    public required Spread CostOfError { get; init; }

    public required Spread AdSpend { get; init; }
    public required Spread Roas { get; init; }

    /// <summary>By how much better knowledge of what an ad brought raises it: of attribution.</summary>
    public required Spread RoasByAttribution { get; init; }

    /// <summary>By how much the platforms' own learning from sales raises it: of the feedback loop.</summary>
    public required Spread RoasByFeedback { get; init; }

    /// <summary>What stays of a sale.</summary>
    public required Spread Margin { get; init; }

    /// <summary>Which part of what ads are credited with would not have come without them.</summary>
    public required Spread Incrementality { get; init; }

    /// <summary>That there are, whether they are seen or not.</summary>
    public required Spread Conversions { get; init; }

    /// <summary>The share of them that browsers do not tell.</summary>
    public required Spread SignalLoss { get; init; }

    /// <summary>The share of the lost that comes back.</summary>
    public required Spread Recovery { get; init; }

    /// <summary>Without tax, of what has a slot.</summary>
    public required Spread SlotSales { get; init; }

    public required Spread YieldGain { get; init; }

    /// <summary>Cash that is kept idle because nobody knows the next weeks, and the share of it that a forecast frees.</summary>
    public required Spread CashBuffer { get; init; }

    public required Spread BufferCut { get; init; }

    /// <summary>Once, and a year.</summary>
    public required Spread SetUpCost { get; init; }

    public required Spread RunningCost { get; init; }

    /// <summary>What clients owe holds this part of tax on the price without it, which is paid on when they pay.</summary>
    public Spread VatRate { get; init; }

    /// <summary>By which part of it ad spend rises as well; 0: it stays.</summary>
    public Spread BudgetRise { get; init; }

    /// <summary>How returns diminish: sales by ads grow with this power of the spend. 1: a doubled budget sells double; 0: nothing more.</summary>
    public Spread BudgetPower { get; init; }

    /// <summary>Name of the first whose three figures are out of order, or beyond what can be; null where all may be reckoned with. What was saved before may be any.</summary>
    [JsonIgnore]
    public string? Wrong => All.FirstOrDefault(input => !InputLimits.Of(input.Name).Holds(input.Value)).Name;

    /// <summary>In the order of the page, each under its name.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, Spread Value)> All =>
    [
        (nameof(CreditSales), CreditSales), (nameof(Dso), Dso), (nameof(DsoCut), DsoCut), (nameof(CostOfCash), CostOfCash),
        (nameof(Invoices), Invoices), (nameof(ErrorRate), ErrorRate), (nameof(ErrorRateAfter), ErrorRateAfter), (nameof(CostOfError), CostOfError),
        (nameof(AdSpend), AdSpend), (nameof(Roas), Roas), (nameof(RoasByAttribution), RoasByAttribution), (nameof(RoasByFeedback), RoasByFeedback), (nameof(Margin), Margin), (nameof(Incrementality), Incrementality),
        (nameof(Conversions), Conversions), (nameof(SignalLoss), SignalLoss), (nameof(Recovery), Recovery),
        (nameof(SlotSales), SlotSales), (nameof(YieldGain), YieldGain), (nameof(CashBuffer), CashBuffer), (nameof(BufferCut), BufferCut),
        (nameof(VatRate), VatRate), (nameof(BudgetRise), BudgetRise), (nameof(BudgetPower), BudgetPower), (nameof(SetUpCost), SetUpCost), (nameof(RunningCost), RunningCost),
    ];

    /// <summary>The same with one of them replaced.</summary>
    public SimulationInputs With(string name, Spread value)
    {
        var copy = this with { };
        typeof(SimulationInputs).GetProperty(name)!.SetValue(copy, value);
        return copy;
    }
}
