using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Forecasting;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks.Marketing;

/// <summary>
/// On made-up journeys whose truth is known, the model that is shown where nothing is chosen puts less credit at wrong channels than last touch
/// and linear do; no other is picked afterwards. Where there are lift tests, its credit is laid beside them: how far they lie apart is said, and
/// not judged, since credit is not cause.
/// </summary>
public sealed class AttributionIsValidated(AttributionQueries attribution, LiftTestQueries lift) : Check
{
    private const int Days = 180;

    public override string Id => "M19";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        if (await attribution.EvidenceAsync(cancel) is not { } evidence)
            return [Part.Fact("better", null, 0)];
        var (usual, last, linear) = (evidence.Usual.Misplaced, evidence.Of(AttributionModel.Last).Misplaced, evidence.Of(AttributionModel.Linear).Misplaced);
        List<Part> parts =
        [
            new("misplaced", Measure.Share, usual, evidence.Journeys, new(1, Math.Min(last, linear))),
            Part.Fact("better", usual < last && usual < linear, evidence.Journeys),
        ];

        // What telling platforms brings is no credit of a channel.
        var tests = (await lift.ListAsync(Period.Ending(scope.Today, Days), cancel: cancel)).Where(test => test.HeldOut == LiftHeldOut.Ads).ToList();
        if (await ApartAsync(scope, tests, cancel) is { Count: > 0 } apart)
            parts.Add(new("lift", Measure.Ratio, Statistics.Quantile([.. apart.Order()], 0.5), apart.Count, Bar.Exactly(0)));
        return parts;
    }

    /// <summary>How far credit lies from what each test found, as a part of it. Of one platform's test, which is not all of its channel, nothing is said.</summary>
    private async Task<List<double>> ApartAsync(CheckScope scope, IReadOnlyList<LiftTestView> tests, CancellationToken cancel)
    {
        var apart = new List<double>();
        foreach (var test in tests.Where(test => test.Incremental != 0 && test.Platform is null))
        {
            var question = new AttributionQuestion { Period = test.Period, Currency = test.Currency };
            var model = await attribution.BestChainAsync(question, cancel);

            // Attribution is of the mode that works now, and of no other.
            if (await attribution.CompareAsync(question with { Model = model }, cancel) is not { } report || report.Basis.Mode != scope.Mode)
                continue;
            var cell = report.Rows.FirstOrDefault(row => row.Channel == test.Channel)?.Models[model];
            var credit = test.Measure == LiftMeasure.Value ? cell?.Minor ?? 0 : cell?.Conversions ?? 0;
            apart.Add(Math.Abs(credit - test.Incremental) / Math.Abs(test.Incremental));
        }

        return apart;
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        scope.Db.Set<AttributionSnapshot>().Where(snapshot => snapshot.Evidence != null && snapshot.FinishedAt != null)
            .Select(snapshot => new EvidenceRow { Kind = EvidenceKind.Snapshot, Id = snapshot.Id, At = snapshot.FinishedAt!.Value, Holds = true });
}
