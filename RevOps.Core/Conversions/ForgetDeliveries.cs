using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Retention;
using RevOps.Core.Spend;

namespace RevOps.Core.Conversions;

/// <summary>
/// Every night deletes what the feedback loop kept for longer than the company's rule says: requests to the ad platforms, what browsers reported
/// of their pixels, and the list of files of spend. Conversions, their outcomes and the spend itself stay.
/// </summary>
public sealed class ForgetDeliveries(IDbContextFactory<RevOpsDb> databases, RetentionRules rules, AuditTrail audit, TimeProvider clock) : IOutboxJob
{
    // Each is a short turn to write: a year of requests must not keep others from writing.
    private const int AtOnce = 500;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var (rule, now) = ((await rules.HistoryAsync(cancel))[0], clock.GetUtcNow());
        var requests = await ForgetRequestsAsync(now.AddMonths(-rule.MonthsOf(RetainedKind.AdRequests)), cancel);
        var browsers = now.AddMonths(-rule.MonthsOf(RetainedKind.BrowserReports));
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Together: where only one of the two were gone, a conversion would look as if the browser had not told of it.
        var reports = await db.WriteAsync(() => db.Set<BrowserEvent>().Where(seen => seen.SeenAt < browsers).ExecuteDeleteAsync(cancel), cancel)
            + await db.WriteAsync(() => db.Set<PixelReport>().Where(report => report.OccurredAt < browsers).ExecuteDeleteAsync(cancel), cancel);
        var uploads = now.AddMonths(-rule.MonthsOf(RetainedKind.SpendFiles));
        var files = await db.WriteAsync(() => db.Set<SpendUpload>().Where(upload => upload.RecordedAt < uploads).ExecuteDeleteAsync(cancel), cancel);
        if (requests + reports + files == 0)
            return OutboxResult.Done;

        await db.BeginWorkAsync(cancel);
        await audit.WriteAsync(db, new(AuditTrail.System, "retention.applied", nameof(RetentionRule), rule.Id.ToString()) { After = new { Requests = requests, Reports = reports, Files = files } }, cancel);
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }

    /// <returns>How many requests are gone, each with its list of conversions.</returns>
    private async Task<int> ForgetRequestsAsync(DateTimeOffset before, CancellationToken cancel)
    {
        for (var forgotten = 0; ;)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            await db.BeginWorkAsync(cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var old = await db.Set<ConversionBatch>().Where(batch => batch.SentAt < before).OrderBy(batch => batch.SentAt).Select(batch => batch.Id).Take(AtOnce).ToListAsync(cancel);
            await db.Set<ConversionPart>().Where(part => old.Contains(part.BatchId)).ExecuteDeleteAsync(cancel);
            await db.Set<ConversionBatch>().Where(batch => old.Contains(batch.Id)).ExecuteDeleteAsync(cancel);
            await transaction.CommitAsync(cancel);
            forgotten += old.Count;
            if (old.Count < AtOnce)
                return forgotten;
        }
    }
}
