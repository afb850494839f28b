namespace RevOps.Core.Scorecard.Simulation;

/// <summary>What draws come to: one in ten lies below P10, half below P50, nine in ten below P90.</summary>
public readonly record struct Range(double P10, double P50, double P90, double Mean)
{
    internal static Range Of(Projection[] drawn, Func<Projection, double> value)
    {
        var sorted = Array.ConvertAll(drawn, one => value(one));
        var mean = sorted.Average();
        Array.Sort(sorted);
        return new(At(sorted, 0.1), At(sorted, 0.5), At(sorted, 0.9), mean);
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}

/// <summary>In days.</summary>
public readonly record struct PaybackRange(double Low, double Middle, double High);

/// <param name="Input">Name of the input.</param>
/// <param name="Low">Gain less cost at the input's P10.</param>
/// <param name="High">The same at its P90.</param>
public readonly record struct TornadoBar(string Input, double Low, double High);

/// <summary>A projection and how sure it is. Money in whole units of the company's currency.</summary>
public sealed record SimulationResult
{
    public required Range CashReleased { get; init; }

    /// <summary>Without the tax on it, which is paid on.</summary>
    public required Range CashKept { get; init; }

    public required Range CashWorth { get; init; }
    public required Range DsoAfter { get; init; }
    public required Range ErrorsAvoided { get; init; }
    public required Range ErrorWorth { get; init; }
    public required Range AttributionMargin { get; init; }
    public required Range FeedbackMargin { get; init; }

    /// <summary>At the same sales; in the place of the margins, not beside them.</summary>
    public required Range SpendSaved { get; init; }

    public required Range BudgetMargin { get; init; }
    public required Range ConversionsRecovered { get; init; }
    public required Range ObservedGrowth { get; init; }
    public required Range PricingMargin { get; init; }
    public required Range ForecastWorth { get; init; }

    /// <summary>A year, before its cost.</summary>
    public required Range Gain { get; init; }

    /// <summary>Of the first year.</summary>
    public required Range Cost { get; init; }

    /// <summary>In which share of the draws the first year's gain is more than its cost.</summary>
    public required double GainExceedsCost { get; init; }

    /// <summary>Of the middle draw; null where it never pays back.</summary>
    public required double? PaybackDays { get; init; }

    /// <summary>Days until a draw has earned its cost: half lie below the middle, 95 of 100 between the ends. Null without a cost.</summary>
    public required PaybackRange? Payback { get; init; }

    /// <summary>Below this return an ad costs more than it brings; null without a margin.</summary>
    public required double? BreakEvenRoas { get; init; }

    public required IReadOnlyList<TornadoBar> Tornado { get; init; }
}
