using RevOps.Core.Forecasting;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>A series' forecast by the model that is best over many series, where it beats Naive2 on the series' own past, and how all of them did. Pure: the same series gives the same.</summary>
/// <param name="Model">What it was made with.</param>
/// <param name="Steps">From the step after the last one on.</param>
/// <param name="Trial">The rolling-origin trial.</param>
public sealed record Foresight(ForecastModel Model, IReadOnlyList<ForecastStep> Steps, BacktestReport Trial, bool IsShort)
{
    public static Foresight Of(FigureSeries past)
    {
        var (frequency, series) = (past.Frequency, new Series([.. past.Values.Select(value => (double)value)], past.Frequency.Season())
        {
            // A week in which more went back than came foretells no other.
            IsNeverNegative = true,
        });

        // What is too short to be tried over the whole reach is tried over a shorter one.
        var trial = frequency.Aheads().Reverse().Select(steps => Backtest.Of(series, Math.Max(steps, 2))).FirstOrDefault(report => report.Origins > 0) ?? Backtest.Of(series, frequency.Steps());
        var found = Forecaster.Of(series, frequency.Steps(), trial.Chosen);
        var start = frequency.Later(past.Last, 1);
        return new(found.Model, [.. found.Mean.Select((mean, step) => new ForecastStep(
            frequency.Later(start, step), Whole(mean), Whole(found.Low80[step]), Whole(found.High80[step]), Whole(found.Low95[step]), Whole(found.High95[step])))], trial, found.IsShort);
    }

    private static long Whole(double value) => (long)Math.Round(value, MidpointRounding.AwayFromZero);
}
