using Microsoft.EntityFrameworkCore;
using RevOps.Core.Spend;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>What ads cost on each day of this month and the last is what the platforms' own totals say, within one percent, and no older than two days.</summary>
public sealed class SpendIsThePlatforms : Check
{
    public override string Id => "M07";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var first = new DateOnly(scope.Today.Year, scope.Today.Month, 1).AddMonths(-1);
        var days = await SpendReconciliation.DaysAsync(scope.Db, scope.Mode, first, cancel);
        var read = await Accounts(scope).Join(scope.Db.Set<SpendReading>(), account => account.Id, reading => reading.AccountId, (_, reading) => reading)
            .Where(reading => reading.State == ReadingState.Done).MaxAsync(reading => reading.TriedAt, cancel);
        return
        [
            new("difference", Measure.Share, days.Count == 0 ? null : days.Max(day => day.Share), days.Count, new(0.1, 0.01)),
            new("age", Measure.Hours, read is { } at ? (scope.Now - at).TotalHours : null, days.Count, new(96, 48)),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from account in Accounts(scope)
        join reading in scope.Db.Set<SpendReading>() on account.Id equals reading.AccountId
        where reading.TriedAt != null
        select new EvidenceRow { Kind = EvidenceKind.Spend, Id = reading.Id, At = reading.TriedAt!.Value, Holds = reading.State == ReadingState.Done, Label = account.Platform };

    /// <summary>A reading that failed is no evidence.</summary>
    public override Task<DateTimeOffset?> NewestAsync(CheckScope scope, CancellationToken cancel) => Rows(scope).Where(row => row.Holds).MaxAsync(row => (DateTimeOffset?)row.At, cancel);

    private static IQueryable<AdAccount> Accounts(CheckScope scope) => scope.Db.Set<AdAccount>().Where(account => account.Mode == scope.Mode);
}
