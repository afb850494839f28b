using Microsoft.EntityFrameworkCore;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Notes;
using RevOps.Core.Scorecard.Outlook;

namespace RevOps.Core.Scorecard.Claims;

/// <summary>What advised prices earn against fixed ones: the back-tests of the newest studies of the last month, in the company's currency, by what the fixed price earns.</summary>
public sealed class YieldGained : ClaimMeasure
{
    private const int Days = 31;

    public override string Id => "yield";

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        // Before a price was accepted there is no lever, only advice.
        if (await LeverStarts.PricingAsync(scope.Db, scope.Mode, cancel) is not { } start)
            return ClaimFinding.Nothing;
        var (since, studies) = (scope.Today.AddDays(-Days), scope.Db.Set<PricingStudy>().AsNoTracking().Where(study => study.Mode == scope.Mode && study.HasGain));
        var newest = await studies.Where(study => study.Day > since && !studies.Any(later => later.ServiceId == study.ServiceId && later.Day > study.Day)).ToListAsync(cancel);
        var tests = newest.Select(study => study.Findings).Where(found => found.Currency == scope.Owner.Currency).Select(found => found.Backtest).OfType<PriceBacktest>().Where(test => test.FixedMinor > 0).ToList();
        if (tests.Count == 0)
            return ClaimFinding.Nothing with { Since = start };

        // Services share their buyers: as if all of them were lucky together, which no interval is too narrow for.
        var all = tests.Sum(test => test.FixedMinor);
        double Of(Func<PriceBacktest, double> part) => tests.Sum(test => part(test) * test.FixedMinor) / all;
        return new(Of(test => test.Gain), Of(test => test.Low), Of(test => test.High), tests.Sum(test => (long)test.Slots), start, null);
    }
}

/// <summary>By which share forecasts err less than the last value, seasonally adjusted: what is kept idle for not knowing shrinks with the error. Of the newest forecast of every figure.</summary>
public sealed class ForecastErrorCut : ClaimMeasure
{
    private const int Days = 31;

    // Student's t, two-sided 95 %, of 1 to 9 degrees of freedom; of more, the normal law's is near enough.
    private static readonly double[] Student = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];
    private const double Normal = 1.96;

    public override string Id => "forecast";

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (since, runs) = (scope.Today.AddDays(-Days), scope.Db.Set<ForecastRun>().AsNoTracking().Where(run => run.Mode == scope.Mode));
        var start = await runs.MinAsync(run => (DateTimeOffset?)run.MadeAt, cancel);
        var cuts = (await runs.Where(run => run.Day > since && run.Owa != null && !runs.Any(later => later.Figure == run.Figure && later.Frequency == run.Frequency && later.Day > run.Day)).Select(run => run.Owa!.Value).ToListAsync(cancel)).ConvertAll(owa => 1 - owa);
        return Of(cuts) with { Since = start };
    }

    internal static ClaimFinding Of(IReadOnlyCollection<double> cuts)
    {
        if (cuts.Count == 0)
            return ClaimFinding.Nothing;
        var mean = cuts.Average();
        if (cuts.Count == 1)
            return new(mean, null, null, 1, null, null);
        var error = Math.Sqrt(cuts.Sum(cut => (cut - mean) * (cut - mean)) / (cuts.Count - 1) / cuts.Count);
        var half = error * (cuts.Count - 1 <= Student.Length ? Student[cuts.Count - 2] : Normal);
        return new(mean, mean - half, mean + half, cuts.Count, null, null);
    }
}
