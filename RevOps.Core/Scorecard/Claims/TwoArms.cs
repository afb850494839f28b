using RevOps.Core.Attribution.Lift;

namespace RevOps.Core.Scorecard.Claims;

/// <summary>
/// Two Poisson counts beside each other. Given their sum, the count of one arm is binomial (Przyborowski and Wilenski 1940), so the interval of
/// their ratio is as exact as that of a proportion, however few they are.
/// </summary>
public static class TwoArms
{
    // Two-sided 5 %, power of 80 %.
    private const double Z = 1.959964 + 0.841621;

    /// <summary>By which share the treated arm has more than the other, per person or region; null while the control arm has none.</summary>
    public static (double Value, double Low, double High)? LiftOf(LiftArms arms)
    {
        if (arms.Control == 0)
            return null;
        var (low, high) = ExactProportion.Of(arms.Treated, arms.Treated + arms.Control);
        double Ratio(double share) => share / (1 - share) * arms.ControlShare / (1 - arms.ControlShare);
        return (Ratio((double)arms.Treated / (arms.Treated + arms.Control)) - 1, Ratio(low) - 1, Ratio(high) - 1);
    }

    /// <summary>How many conversions the control arm needs for such a lift to be told from none, with arms of the same size: 752 for 15 %, 433 for 20 %.</summary>
    public static long ControlFor(double lift) => (long)Math.Ceiling(Z * Z * (1 + (1 / (1 + lift))) / Math.Pow(Math.Log(1 + lift), 2));
}
