using Microsoft.EntityFrameworkCore;
using RevOps.Core.Pricing.Advising;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// Of the last 31 days: advice was made, a person or a rule accepted it, and the catalogue has it; no accepted price lay outside floor and ceiling or moved
/// faster than was allowed; and what advice gains against a fixed price is told with its interval.
/// </summary>
public sealed class PricesAreManaged : Check
{
    private const int Days = 31;

    public override string Id => "R18";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (since, applied) = (scope.Today.AddDays(-Days), Applied(scope));
        var (cycles, kept) = (await applied.CountAsync(cancel), await Kept(applied).CountAsync(cancel));
        var advised = await scope.Db.Set<SlotAdvice>().CountAsync(advice => advice.Mode == scope.Mode && advice.Day > since, cancel);
        var studies = await scope.Db.Set<PricingStudy>().Where(study => study.Mode == scope.Mode && study.Day > since).Select(study => study.HasGain).ToListAsync(cancel);
        return
        [
            Part.Fact("cycle", advised == 0 ? null : cycles > 0, cycles),
            Part.Share("guardrails", kept, cycles, Bar.Exactly(1)),
            Part.Fact("gain", studies.Count == 0 ? null : studies.Contains(true), studies.Count),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (applied, kept) = (Applied(scope), Kept(Applied(scope)));
        return applied.Select(advice => new EvidenceRow { Kind = EvidenceKind.Price, Id = advice.Id, At = advice.DecidedAt!.Value, Holds = kept.Any(good => good.Id == advice.Id) });
    }

    /// <summary>Undone ones as well: they were applied once.</summary>
    private static IQueryable<SlotAdvice> Applied(CheckScope scope)
    {
        var since = scope.Ago(Days);
        return scope.Db.Set<SlotAdvice>().AsNoTracking().Where(advice => advice.Mode == scope.Mode && advice.PriceVersionId != null && advice.DecidedAt >= since);
    }

    /// <summary>Floor and ceiling win over the daily change: a price that a new floor lifts may move further.</summary>
    private static IQueryable<SlotAdvice> Kept(IQueryable<SlotAdvice> applied) => applied.Where(advice => advice.AdvisedMinor >= advice.FloorMinor && advice.AdvisedMinor <= advice.CeilingMinor
        && (advice.PriceMinor < advice.FloorMinor || advice.PriceMinor > advice.CeilingMinor
            || ((advice.AdvisedMinor - advice.PriceMinor) * 10_000 <= advice.PriceMinor * advice.MostDailyChange && (advice.PriceMinor - advice.AdvisedMinor) * 10_000 <= advice.PriceMinor * advice.MostDailyChange)));
}
