using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks.Marketing;

/// <summary>
/// Journeys of 90 days are credited by an exact chain: shares that make one, money that adds up to what was paid in the last 90 days, and an
/// interval for each channel.
/// </summary>
public sealed class AttributionIsExact(AttributionQueries attribution) : Check
{
    private const int Days = 90;

    public override string Id => "M18";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var question = new AttributionQuestion { Period = Period.Ending(scope.Today, Days), LookBackDays = Days, Kind = ConversionKind.Paid, Model = AttributionModel.Markov1 };

        // Attribution is of the mode that works now, and of no other.
        var report = await attribution.CompareAsync(question, cancel);
        if (report is null || report.Basis.Mode != scope.Mode || report.Rows.Count == 0)
            return [Part.Fact("computed", null, 0)];
        var cells = report.Rows.Select(row => row.Models[AttributionModel.Markov1]).ToList();
        var (credited, shares) = (cells.Sum(cell => cell.Minor ?? 0) + (report.Unattributed.Minor ?? 0), cells.Sum(cell => cell.Share));
        return
        [
            Part.Fact("computed", true, report.DistinctPaths),
            new("shares", Measure.Ratio, Math.Abs(shares - 1), cells.Count, new(0.01, 1e-9)),
            new("difference", Measure.Money, Math.Abs(credited - (report.Minor ?? 0)), (long)report.Conversions, new(1, 0)),
            Part.Fact("intervals", report.IntervalsPending ? null : cells.TrueForAll(cell => cell.Low is not null), cells.Count),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        scope.Db.Set<AttributionSnapshot>().Where(snapshot => snapshot.FinishedAt != null)
            .Select(snapshot => new EvidenceRow { Kind = EvidenceKind.Snapshot, Id = snapshot.Id, At = snapshot.FinishedAt!.Value, Holds = true });
}
