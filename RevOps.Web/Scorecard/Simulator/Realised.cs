using RevOps.Core.Forecasting;
using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Web.Scorecard.Simulator;

/// <summary>What was projected for one input, and what has been measured of it.</summary>
/// <param name="Input">Name of the input, or of what two of them come to together.</param>
/// <param name="P10">As projected: a tenth of the draws lie below.</param>
/// <param name="P90">Nine tenths do.</param>
/// <param name="Line">The claim that measures it.</param>
public sealed record Realised(string Input, double P10, double P90, ClaimLine? Line)
{
    /// <summary>Of what the platform was told, what only the server told: signal that was lost and came back.</summary>
    public const string Recovered = "Recovered";

    private const int Months = 12;

    // Of each spread; together they are ten thousand draws.
    private const int Places = 100;

    /// <summary>Those that measure an input.</summary>
    public static readonly IReadOnlyList<string> Claims = ["dso", "errors", "roas", "recovered", "yield", "forecast"];

    public ClaimFinding Found => Line?.Finding ?? ClaimFinding.Nothing;

    public bool IsDays => Input == nameof(SimulationInputs.DsoCut);

    /// <summary>By overlap of what was projected and what was measured.</summary>
    public ClaimVerdict Verdict => Found is not { Low: { } low, High: { } high } ? ClaimVerdict.Inconclusive
        : low >= P10 && high <= P90 ? ClaimVerdict.Confirmed
        : high < P10 || low > P90 ? ClaimVerdict.Contradicted
        : ClaimVerdict.Inconclusive;

    /// <summary>What was measured last in each month, the newest twelve.</summary>
    public IReadOnlyList<ClaimResult> ByMonth =>
        [.. (Line?.Days ?? []).Where(day => day.Finding?.Value is not null).GroupBy(day => (day.Day.Year, day.Day.Month)).Select(month => month.Last()).TakeLast(Months)];

    /// <summary>Those of every lever, with the claim that measures it; none measures what attribution alone does to ROAS: that takes a holdout of decisions.</summary>
    public static IReadOnlyList<Realised> Of(SimulationInputs inputs, IReadOnlyList<ClaimLine> claims)
    {
        ClaimLine? LineOf(string claim) => claims.FirstOrDefault(line => line.Claim.Id == claim);
        Realised One(string input, Spread band, string claim) => new(input, band.At(0.1), band.At(0.9), LineOf(claim));
        var (low, high) = RecoveredOf(inputs.SignalLoss, inputs.Recovery);
        return
        [
            One(nameof(SimulationInputs.DsoCut), inputs.DsoCut, Claims[0]), One(nameof(SimulationInputs.ErrorRateAfter), inputs.ErrorRateAfter, Claims[1]),
            One(nameof(SimulationInputs.RoasByAttribution), inputs.RoasByAttribution, ""), One(nameof(SimulationInputs.RoasByFeedback), inputs.RoasByFeedback, Claims[2]),
            One(nameof(SimulationInputs.YieldGain), inputs.YieldGain, Claims[4]), One(nameof(SimulationInputs.BufferCut), inputs.BufferCut, Claims[5]), new(Recovered, low, high, LineOf(Claims[3])),
        ];
    }

    /// <summary>P10 and P90 of lost × recovered ÷ (1 − lost + lost × recovered), the share that the claim measures.</summary>
    internal static (double P10, double P90) RecoveredOf(Spread loss, Spread recovery)
    {
        double[] drawn = [.. from lost in PlacesOf(loss) from back in PlacesOf(recovery) select lost * back / Math.Max(double.Epsilon, 1 - lost + (lost * back))];
        Array.Sort(drawn);
        return (Statistics.Quantile(drawn, 0.1), Statistics.Quantile(drawn, 0.9));
    }

    private static IEnumerable<double> PlacesOf(Spread spread) => Enumerable.Range(0, Places).Select(place => spread.At((place + 0.5) / Places));
}
