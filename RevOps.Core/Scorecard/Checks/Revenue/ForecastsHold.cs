using Microsoft.EntityFrameworkCore;
using RevOps.Core.Forecasting;
using RevOps.Core.Scorecard.Outlook;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// By the newest forecast of every figure, tried on the company's own past: the models err less than Naive2, all figures together, their
/// 95 % intervals held what came as often as they should, and the network, which learned, took part. Figures whose history is too short to be tried say nothing.
/// </summary>
public sealed class ForecastsHold : Check
{
    /// <summary>An older forecast is no longer in service.</summary>
    private const int Days = 31;

    // Below 1 passes: the bar's two ends lie as near each other as can be written.
    private static readonly Bar Owa = new(1, 0.999);
    private static readonly Bar Coverage = new(0.85, 0.9);
    private const double Widest = 0.98;

    public override string Id => "R17";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var newest = await Newest(scope).Select(run => new { run.Owa, run.Coverage95, run.Points, run.Trials }).ToListAsync(cancel);
        var tried = newest.FindAll(run => run.Owa is not null);
        var points = tried.Sum(run => run.Points);
        double? held = points == 0 ? null : tried.Sum(run => run.Coverage95!.Value * run.Points) / points;

        // Before Naive2 takes the place of what it is not worse than: otherwise nothing could ever err more.
        var models = tried.ConvertAll(run => (Chosen: run.Owa!.Value, Rows: ForecastRun.ModelsOf(run.Trials)));
        var owa = models.ConvertAll(run => Backtest.BestOverMany(run.Rows)?.Owa ?? run.Chosen);
        var learned = models.Count(run => run.Rows.Any(row => row.Model == ForecastModel.Network));
        return
        [
            Part.Fact("live", newest.Count > 0 ? true : null, newest.Count),
            new("owa", Measure.Ratio, owa.Count == 0 ? null : owa.Average(), owa.Count, Owa),
            new("coverage", Measure.Share, held, points, Coverage),
            Part.Fact("narrow", held is { } share ? share <= Widest : null, points),
            Part.Fact("learned", tried.Count == 0 ? null : learned > 0, learned),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) => Newest(scope).Where(run => run.Owa != null)
        .Select(run => new EvidenceRow { Kind = EvidenceKind.Forecast, Id = run.Id, At = run.MadeAt, Holds = run.Owa < 1 && run.Coverage95 >= Coverage.Target && run.Coverage95 <= Widest });

    private static IQueryable<ForecastRun> Newest(CheckScope scope)
    {
        var (since, runs) = (scope.Today.AddDays(-Days), scope.Db.Set<ForecastRun>().AsNoTracking().Where(run => run.Mode == scope.Mode));
        return runs.Where(run => run.Day > since && !runs.Any(later => later.Figure == run.Figure && later.Frequency == run.Frequency && later.Day > run.Day));
    }
}
