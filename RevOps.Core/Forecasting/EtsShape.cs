namespace RevOps.Core.Forecasting;

public enum EtsPart
{
    None = 0,
    Additive = 1,
    Damped = 2,
    Multiplicative = 3,
}

/// <summary>Which of the exponential smoothing models: how errors, trend and seasons enter (Hyndman, Koehler, Ord and Snyder 2008).</summary>
/// <param name="HasRelativeErrors">Errors are shares of what was expected; else they are added.</param>
/// <param name="Trend">None, additive or damped.</param>
/// <param name="Season">None, additive or multiplicative.</param>
/// <param name="Period">Steps of a season.</param>
public sealed record EtsShape(bool HasRelativeErrors, EtsPart Trend, EtsPart Season, int Period)
{
    public bool HasTrend => Trend != EtsPart.None;

    public bool IsDamped => Trend == EtsPart.Damped;

    public bool HasSeason => Season != EtsPart.None;

    /// <summary>Alpha, beta, gamma and phi, as far as there are such.</summary>
    public int Weights => 1 + (HasTrend ? 1 : 0) + (HasSeason ? 1 : 0) + (IsDamped ? 1 : 0);

    /// <summary>Level, slope and all seasons but one, which follows from the others.</summary>
    public int States => 1 + (HasTrend ? 1 : 0) + (HasSeason ? Period - 1 : 0);

    /// <summary>"ETS(A,Ad,M)".</summary>
    public override string ToString() => $"ETS({(HasRelativeErrors ? 'M' : 'A')},{Letter(Trend)},{Letter(Season)})";

    /// <summary>Those that a series admits: added errors with multiplied seasons are unstable and left out, and so is a multiplied trend, which runs away.</summary>
    public static IEnumerable<EtsShape> For(Series series)
    {
        foreach (var relative in series.IsPositive ? new[] { false, true } : [false])
        {
            foreach (var trend in new[] { EtsPart.None, EtsPart.Additive, EtsPart.Damped })
            {
                foreach (var season in SeasonsFor(series, relative))
                {
                    var shape = new EtsShape(relative, trend, season, series.Period);
                    if (series.Length - shape.Parameters > 2)
                        yield return shape;
                }
            }
        }
    }

    /// <summary>As the AICc counts them, the errors' variance included.</summary>
    public int Parameters => Weights + States + 1;

    private static IEnumerable<EtsPart> SeasonsFor(Series series, bool relative)
    {
        yield return EtsPart.None;
        if (series.Period < 2 || series.HasLongSeason || series.Length < 2 * series.Period)
            yield break;
        yield return EtsPart.Additive;
        if (relative)
            yield return EtsPart.Multiplicative;
    }

    private static string Letter(EtsPart part) => part switch { EtsPart.None => "N", EtsPart.Additive => "A", EtsPart.Damped => "Ad", _ => "M" };
}
