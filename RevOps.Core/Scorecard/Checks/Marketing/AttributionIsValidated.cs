using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Scorecard.Checks.Marketing;

/// <summary>
/// On made-up journeys whose truth is known, the best of the models that look at all journeys puts less credit at wrong channels than last touch
/// and linear do. Lift tests stand beside it on the Attribution pages where there are any.
/// </summary>
public sealed class AttributionIsValidated(AttributionQueries attribution) : Check
{
    public override string Id => "M19";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        if (await attribution.EvidenceAsync(cancel) is not { } evidence)
            return [Part.Fact("better", null, 0)];
        double Of(AttributionModel model) => evidence.Errors.First(error => error.Model == model).Misplaced;
        var best = evidence.Errors.Where(error => !error.Model.IsRule).Min(error => error.Misplaced);
        return
        [
            new("misplaced", Measure.Share, best, evidence.Journeys, new(1, Math.Min(Of(AttributionModel.Last), Of(AttributionModel.Linear)))),
            Part.Fact("better", best < Of(AttributionModel.Last) && best < Of(AttributionModel.Linear), evidence.Journeys),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        scope.Db.Set<AttributionSnapshot>().Where(snapshot => snapshot.Evidence != null && snapshot.FinishedAt != null)
            .Select(snapshot => new EvidenceRow { Kind = EvidenceKind.Snapshot, Id = snapshot.Id, At = snapshot.FinishedAt!.Value, Holds = true });
}
