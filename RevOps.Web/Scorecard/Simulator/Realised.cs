using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Web.Scorecard.Simulator;

/// <summary>What was projected for one input, and what has been measured of it.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="Band">As projected.</param>
/// <param name="Line">The claim that measures it.</param>
public sealed record Realised(string Input, Spread Band, ClaimLine? Line)
{
    private const int Months = 12;

    /// <summary>Those that measure an input.</summary>
    public static readonly IReadOnlyList<string> Claims = ["dso", "errors", "roas", "recovered"];

    public ClaimFinding Found => Line?.Finding ?? ClaimFinding.Nothing;

    public double P10 => Band.At(0.1);

    public double P90 => Band.At(0.9);

    public bool IsDays => Input == nameof(SimulationInputs.DsoCut);

    /// <summary>By overlap of what was projected and what was measured.</summary>
    public ClaimVerdict Verdict => Found is not { Low: { } low, High: { } high } ? ClaimVerdict.Inconclusive
        : low >= P10 && high <= P90 ? ClaimVerdict.Confirmed
        : high < P10 || low > P90 ? ClaimVerdict.Contradicted
        : ClaimVerdict.Inconclusive;

    /// <summary>What was measured last in each month, the newest twelve.</summary>
    public IReadOnlyList<ClaimResult> ByMonth =>
        [.. (Line?.Days ?? []).Where(day => day.Finding?.Value is not null).GroupBy(day => (day.Day.Year, day.Day.Month)).Select(month => month.Last()).TakeLast(Months)];

    /// <summary>Those that a claim measures.</summary>
    public static IReadOnlyList<Realised> Of(SimulationInputs inputs, IReadOnlyList<ClaimLine> claims)
    {
        Realised One(string input, Spread band, string claim) => new(input, band, claims.FirstOrDefault(line => line.Claim.Id == claim));
        return
        [
            One(nameof(SimulationInputs.DsoCut), inputs.DsoCut, Claims[0]), One(nameof(SimulationInputs.ErrorRateAfter), inputs.ErrorRateAfter, Claims[1]),
            One(nameof(SimulationInputs.RoasByFeedback), inputs.RoasByFeedback, Claims[2]), One(nameof(SimulationInputs.SignalLoss), inputs.SignalLoss, Claims[3]),
        ];
    }
}
