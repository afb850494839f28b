using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>
/// Ends what its platform takes no more: what was held until its window had passed, and what waited that long for a platform that was not
/// connected or took nothing. Each says what it had waited for.
/// </summary>
public sealed class EndLateConversions(IDbContextFactory<RevOpsDb> databases, StageRules stages, IEnumerable<IConversionChannel> channels, AuditTrail audit, TimeProvider clock) : IOutboxJob
{
    private const int AtOnce = 500;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        foreach (var channel in channels)
        {
            foreach (var stage in StageRules.Stages)
            {
                while (await EndSomeAsync(channel, stage, cancel) == AtOnce)
                {
                }
            }
        }

        return OutboxResult.Done;
    }

    /// <returns>How many were ended.</returns>
    private async Task<int> EndSomeAsync(IConversionChannel channel, ConversionStage stage, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        var before = now - channel.Memory((await stages.OfAsync(db, stage, channel.Platform, cancel)).IsInStore);
        var late = await LateOf(db, channel, stage, before, now).OrderBy(conversion => conversion.OccurredAt).Take(AtOnce).ToListAsync(cancel);
        var lost = await LostAnswers.FirstAsync(db, [.. late.Where(conversion => conversion.Status == ConversionStatus.Queued).Select(conversion => conversion.Id)], cancel);
        foreach (var conversion in late)
        {
            var (status, reason) = (conversion.Status, conversion.Reason);

            // What the platform said last tells why nothing arrived; of what was held nothing was said.
            conversion.End(ConversionStatus.Rejected, lost.ContainsKey(conversion.Id) ? LostAnswers.Reason : LateReasons.Of(conversion), status == ConversionStatus.Queued ? conversion.Message ?? reason : null, now);
            await audit.WriteAsync(db, new(AuditTrail.System, "conversion.lapsed", nameof(Conversion), conversion.Id.ToString()) { Before = new { Status = status, Reason = reason }, After = new { conversion.Platform, conversion.EventId, conversion.Reason } }, cancel);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return late.Count;
    }

    private static IQueryable<Conversion> LateOf(RevOpsDb db, IConversionChannel channel, ConversionStage stage, DateTimeOffset before, DateTimeOffset now)
    {
        var late = db.Set<Conversion>().Where(row => row.Platform == channel.Platform && row.Stage == stage && row.OccurredAt < before && row.SentAt == null
            && (row.Status == ConversionStatus.Held || (row.Status == ConversionStatus.Queued && row.DueAt <= now)));

        // How long a conversion that the platform has may be given a new value is not documented: that goes on waiting.
        return channel.OneNamePerRequest && StageRules.ActionStageOf(stage) != stage || stage == ConversionStage.Refunded
            ? late.Where(row => !db.Set<Conversion>().Any(told => told.TransactionId == row.TransactionId && told.Platform == row.Platform && told.Id != row.Id && told.SentAt != null))
            : late;
    }
}
