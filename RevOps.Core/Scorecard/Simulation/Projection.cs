namespace RevOps.Core.Scorecard.Simulation;

/// <summary>What one draw of all inputs comes to, in whole units of the company's currency.</summary>
public readonly record struct Projection
{
    private const double DaysOfYear = 365;

    /// <summary>Freed once: an advance of what is owed anyway, no yearly flow.</summary>
    public required double CashReleased { get; init; }

    /// <summary>Of it what stays once the tax on it is paid on, which is due when clients pay.</summary>
    public required double CashKept { get; init; }

    /// <summary>What the kept cash saves a year.</summary>
    public required double CashWorth { get; init; }

    public required double DsoAfter { get; init; }
    public required double ErrorsAvoided { get; init; }
    public required double ErrorWorth { get; init; }
    public required double AttributionMargin { get; init; }
    public required double FeedbackMargin { get; init; }
    /// <summary>The same sales for less instead: what of the ad spend a better return would save. It is no gain beside the margin, but in its place.</summary>
    public required double SpendSaved { get; init; }

    /// <summary>What more ads sell, with returns that diminish, less what they cost.</summary>
    public required double BudgetMargin { get; init; }

    public required double ConversionsRecovered { get; init; }

    /// <summary>By how much the number of conversions that are seen grows: no sale by itself.</summary>
    public required double ObservedGrowth { get; init; }

    public required double PricingMargin { get; init; }
    public required double ForecastWorth { get; init; }
    public required double SetUp { get; init; }
    public required double Running { get; init; }

    /// <summary>Of the first year.</summary>
    public double Cost => SetUp + Running;

    /// <summary>A year, before its cost.</summary>
    public double Gain => CashWorth + ErrorWorth + AttributionMargin + FeedbackMargin + PricingMargin + ForecastWorth + BudgetMargin;

    /// <summary>Days until what is gained, less what it costs to run meanwhile, has paid the set-up; null where it never does.</summary>
    public double? PaybackDays => SetUp <= 0 ? (Gain >= Running ? 0 : null) : Gain > Running ? SetUp / (Gain - Running) * DaysOfYear : null;

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
        var (spend, roas, kept, incremental) = (draw(inputs.AdSpend), draw(inputs.Roas), draw(inputs.Margin), draw(inputs.Incrementality));
        var margin = spend * roas * kept * incremental;
        var (attribution, feedback) = (draw(inputs.RoasByAttribution), draw(inputs.RoasByFeedback));
        var (loss, recovery) = (draw(inputs.SignalLoss), draw(inputs.Recovery));
        var recovered = If(Levers.Feedback, draw(inputs.Conversions) * loss * recovery);
        var slots = draw(inputs.SlotSales) * draw(inputs.YieldGain);
        var buffer = draw(inputs.CashBuffer) * draw(inputs.BufferCut) * cost;
        var (perError, setUp, running) = (draw(inputs.CostOfError), draw(inputs.SetUpCost), draw(inputs.RunningCost));

        // Drawn last: what was drawn before keeps its lots.
        var (tax, rise, power) = (draw(inputs.VatRate), draw(inputs.BudgetRise), draw(inputs.BudgetPower));
        var (stays, uplift) = (released / (1 + tax), If(Levers.Attribution, attribution) + If(Levers.Feedback, feedback));
        return new()
        {
            CashReleased = released,
            CashKept = stays,
            CashWorth = stays * cost,
            DsoAfter = dso - cut,
            ErrorsAvoided = errors,
            ErrorWorth = errors * perError,
            AttributionMargin = If(Levers.Attribution, margin * attribution),
            FeedbackMargin = If(Levers.Feedback, margin * feedback),
            SpendSaved = uplift > -1 ? spend * uplift / (1 + uplift) : 0,
            BudgetMargin = rise == 0 ? 0 : (margin * (1 + uplift) * (Math.Pow(1 + rise, power) - 1)) - (spend * rise),
            ConversionsRecovered = recovered,
            ObservedGrowth = loss >= 1 ? 0 : If(Levers.Feedback, loss * recovery / (1 - loss)),

            // A better price costs nothing to serve: all of it stays.
            PricingMargin = If(Levers.Pricing, slots),
            ForecastWorth = If(Levers.Forecasting, buffer),
            SetUp = setUp,
            Running = running,
        };
    }
}
