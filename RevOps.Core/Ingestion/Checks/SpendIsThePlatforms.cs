using Microsoft.EntityFrameworkCore;
using RevOps.Core.Spend;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>What ads cost this month and the last is what the platforms' own totals say, within one percent, and no older than two days.</summary>
public sealed class SpendIsThePlatforms(SpendReconciliation reconciliation) : Check
{
    public override string Id => "M07";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var first = new DateOnly(scope.Today.Year, scope.Today.Month, 1).AddMonths(-1);
        var months = (await reconciliation.ListAsync(cancel)).Where(month => month.Mode == scope.Mode && month.Month >= first && month.Said.Minor != 0).ToList();
        var read = await Accounts(scope).Join(scope.Db.Set<SpendReading>(), account => account.Id, reading => reading.AccountId, (_, reading) => reading)
            .Where(reading => reading.State == ReadingState.Done).MaxAsync(reading => reading.TriedAt, cancel);
        return
        [
            new("difference", Measure.Share, months.Count == 0 ? null : months.Max(month => (double)Math.Abs(month.Difference.Minor) / month.Said.Minor), months.Count, new(0.1, 0.01)),
            new("age", Measure.Hours, read is { } at ? (scope.Now - at).TotalHours : null, months.Count, new(96, 48)),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from account in Accounts(scope)
        join reading in scope.Db.Set<SpendReading>() on account.Id equals reading.AccountId
        where reading.TriedAt != null
        select new EvidenceRow { Kind = EvidenceKind.Spend, Id = reading.Id, At = reading.TriedAt!.Value, Holds = reading.State == ReadingState.Done, Label = account.Platform };

    private static IQueryable<AdAccount> Accounts(CheckScope scope) => scope.Db.Set<AdAccount>().Where(account => account.Mode == scope.Mode);
}
