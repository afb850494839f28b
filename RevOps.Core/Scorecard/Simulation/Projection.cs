namespace RevOps.Core.Scorecard.Simulation;

/// <summary>What one draw of all inputs comes to, in whole units of the company's currency.</summary>
public readonly record struct Projection
{
    private const double DaysOfYear = 365;

    /// <summary>Freed once: an advance of what is owed anyway, no yearly flow.</summary>
    public required double CashReleased { get; init; }

    /// <summary>What the freed cash saves a year.</summary>
    public required double CashWorth { get; init; }

    public required double DsoAfter { get; init; }
    public required double ErrorsAvoided { get; init; }
    public required double ErrorWorth { get; init; }
    public required double AttributionMargin { get; init; }
    public required double FeedbackMargin { get; init; }
    public required double ConversionsRecovered { get; init; }

    /// <summary>By how much the number of conversions that are seen grows: no sale by itself.</summary>
    public required double ObservedGrowth { get; init; }

    public required double PricingMargin { get; init; }
    public required double ForecastWorth { get; init; }
    public required double Cost { get; init; }

    /// <summary>A year, before its cost.</summary>
    public double Gain => CashWorth + ErrorWorth + AttributionMargin + FeedbackMargin + PricingMargin + ForecastWorth;

    /// <param name="levers">What is in service.</param>
    /// <param name="draw">The value of an input, by its spread.</param>
    public static Projection Of(SimulationInputs inputs, Levers levers, Func<Spread, double> draw)
    {
        double If(Levers lever, double value) => levers.HasFlag(lever) ? value : 0;

        var (dso, sales, cost) = (draw(inputs.Dso), draw(inputs.CreditSales), draw(inputs.CostOfCash));

        // No client pays before the invoice.
        var cut = If(Levers.Billing, Math.Min(draw(inputs.DsoCut), dso));
        var released = sales / DaysOfYear * cut;
        var errors = If(Levers.Billing, draw(inputs.Invoices) * Math.Max(0, draw(inputs.ErrorRate) - draw(inputs.ErrorRateAfter)));
        var margin = draw(inputs.AdSpend) * draw(inputs.Roas) * draw(inputs.Margin) * draw(inputs.Incrementality);
        var (attribution, feedback) = (draw(inputs.RoasByAttribution), draw(inputs.RoasByFeedback));
        var (loss, recovery) = (draw(inputs.SignalLoss), draw(inputs.Recovery));
        var recovered = If(Levers.Feedback, draw(inputs.Conversions) * loss * recovery);
        var slots = draw(inputs.SlotSales) * draw(inputs.YieldGain);
        var buffer = draw(inputs.CashBuffer) * draw(inputs.BufferCut) * cost;
        return new()
        {
            CashReleased = released,
            CashWorth = released * cost,
            DsoAfter = dso - cut,
            ErrorsAvoided = errors,
            ErrorWorth = errors * draw(inputs.CostOfError),
            AttributionMargin = If(Levers.Attribution, margin * attribution),
            FeedbackMargin = If(Levers.Feedback, margin * feedback),
            ConversionsRecovered = recovered,
            ObservedGrowth = loss >= 1 ? 0 : If(Levers.Feedback, loss * recovery / (1 - loss)),

            // A better price costs nothing to serve: all of it stays.
            PricingMargin = If(Levers.Pricing, slots),
            ForecastWorth = If(Levers.Forecasting, buffer),
            Cost = draw(inputs.SetUpCost) + draw(inputs.RunningCost),
        };
    }
}
